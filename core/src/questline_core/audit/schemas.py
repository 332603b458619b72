"""What the audit log looks like from outside."""

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec


class AuditRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the audit log.

    Args:
        number: Its place in the tenant's log, from 1, without gaps.
        actor_id: Who did it; null for the system, e.g. the command line or a schedule.
        actor_name: Their name as it is now; null once the account is gone.
        on_behalf_of: Whom the actor stood for, e.g. while impersonating.
        on_behalf_of_name: Their name as it is now; null once the account is gone.
        action: What was done, e.g. `tenant.theme.changed`.
        details: `before` and `after` of what changed, without secrets.
        hash: Of this entry and, through it, of all before; hexadecimal SHA-256.
    """

    number: int
    at: dt.datetime
    actor_id: UUID | None
    actor_name: str | None
    on_behalf_of: UUID | None
    action: str
    subject_type: str
    subject_id: str | None
    details: dict[str, Any]
    address: str | None
    request_id: str | None
    hash: str
    on_behalf_of_name: str | None = None


class AuditFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries are wanted; what is None does not matter."""

    actor_id: UUID | None = None
    action: str | None = None
    subject_type: str | None = None
    subject_id: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


class Flaw(msgspec.Struct, frozen=True, kw_only=True):
    """A place where the log is not what was written."""

    number: int
    problem: str


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """What a check of a tenant's log found; `head` can be kept elsewhere and compared later."""

    tenant: str
    entries: int
    head: str
    flaws: list[Flaw]
