"""The states of a tenant, and what a closed one answers."""

import datetime as dt
from typing import ClassVar, Literal

from questline_core.tenancy.schemas import TenantInfo
from questline_sdk import QuestlineError

StateName = Literal["active", "suspended", "deleting"]


class TenantClosedError(QuestlineError):
    """The tenant's site is closed: suspended, or being deleted. Its data are kept while it is suspended."""

    status: ClassVar[int] = 403
    title: ClassVar[str] = "Site closed"
    default_code: ClassVar[str] = "tenant_suspended"


def is_closed(tenant: TenantInfo, now: dt.datetime) -> bool:
    """Say whether nobody may use the tenant: a deletion that is scheduled closes it only when its time has come."""
    if tenant.state == "suspended":
        return True
    return tenant.state == "deleting" and tenant.delete_at is not None and tenant.delete_at <= now


def require_open(tenant: TenantInfo, now: dt.datetime) -> None:
    """Raise `TenantClosedError` where nobody may use the tenant."""
    if not is_closed(tenant, now):
        return
    if tenant.state == "deleting":
        raise TenantClosedError("This site is being deleted.", code="tenant_deleted")
    raise TenantClosedError(
        "This site is suspended. Everything is kept; whoever runs the installation can open it again."
    )
