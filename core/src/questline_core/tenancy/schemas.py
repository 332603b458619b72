"""What the API says of tenants."""

import datetime as dt
from typing import Annotated
from uuid import UUID

import msgspec

from questline_core.auth.external.schemas import SignInWith
from questline_core.auth.policy import SignInPolicy, SignUpMode
from questline_core.edge.policy import EdgePolicy

Slug = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Amount = Annotated[int, msgspec.Meta(ge=0, le=2**62)]


class Limits(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The most that a tenant may use; what is left out is the site's default, or has no limit."""

    users: Amount | None = None
    storage_bytes: Amount | None = None
    requests_per_minute: Amount | None = None
    ai_micros_per_month: Amount | None = None
    """Millionths of the unit that the site accounts AI in."""


class DomainInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A host name that leads to a tenant."""

    host: str
    is_primary: bool = False
    redirects: bool = False


class TenantInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant as the host keeps it in memory."""

    id: UUID
    slug: str
    name: str
    host: str | None
    """The host name its links lead to."""
    sign_up: str
    theme: str
    sign_in: SignInPolicy = SignInPolicy()
    edge: EdgePolicy = EdgePolicy()
    given_host: str | None = None
    """The host name that the operator gave it."""
    domains: tuple[DomainInfo, ...] = ()
    state: str = "active"
    state_reason: str | None = None
    state_since: dt.datetime | None = None
    delete_at: dt.datetime | None = None
    limits: Limits = Limits()
    """Its own limits, without the site's defaults."""
    shard: str | None = None
    read_only: bool = False
    created_at: dt.datetime | None = None

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every host name that leads to it."""
        return (*((self.given_host,) if self.given_host else ()), *(domain.host for domain in self.domains))


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What anybody may know of the site they are on."""

    name: str
    slug: str
    sign_up: SignUpMode
    sends_mail: bool
    """Whether links reach their readers; else the operator has to hand them on."""
    theme: str
    sign_in_with: list[SignInWith]
    """Accounts elsewhere that people may sign in with."""
    version: str
    delete_at: dt.datetime | None = None
    """When it will be deleted, once that is scheduled."""
