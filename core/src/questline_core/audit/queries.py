"""Reading the audit log: pages, newest first, and the whole of it in order for exports."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from questline_core.access.models import ServiceAccount
from questline_core.audit.models import AuditEntry
from questline_core.audit.schemas import AuditFilter, AuditRecord
from questline_core.auth.models import User
from questline_sdk import Context, Page
from questline_sdk.pages import decode_cursor, paginate

EXPORT_ROWS = 1000
Represented = aliased(User)


async def list_entries(ctx: Context, wanted: AuditFilter, *, cursor: str | None, limit: int) -> Page[AuditRecord]:
    """The newest entries first."""
    statement = _entries(wanted).order_by(AuditEntry.number.desc()).limit(limit + 1)
    if cursor is not None:
        (number,) = decode_cursor(cursor, tuple[int])
        statement = statement.where(AuditEntry.number < number)
    return paginate(await _read(ctx, statement), limit, key=lambda entry: (entry.number,))


async def all_entries(ctx: Context, wanted: AuditFilter) -> AsyncIterator[AuditRecord]:
    """Every entry from the oldest on, a thousand at a time."""
    last = 0
    while True:
        statement = _entries(wanted).where(AuditEntry.number > last).order_by(AuditEntry.number).limit(EXPORT_ROWS)
        entries = await _read(ctx, statement)
        for entry in entries:
            yield entry
        if len(entries) < EXPORT_ROWS:
            return
        last = entries[-1].number


async def entries_after(ctx: Context, number: int, *, limit: int) -> list[AuditRecord]:
    """The entries that follow one, the oldest first."""
    statement = _entries(AuditFilter()).where(AuditEntry.number > number).order_by(AuditEntry.number)
    return await _read(ctx, statement.limit(limit))


def _entries(wanted: AuditFilter) -> Select[*tuple[Any, ...]]:
    statement = select(
        AuditEntry.number,
        AuditEntry.at,
        AuditEntry.actor_id,
        func.coalesce(User.display_name, ServiceAccount.name).label("actor_name"),
        AuditEntry.on_behalf_of,
        Represented.display_name.label("on_behalf_of_name"),
        AuditEntry.action,
        AuditEntry.subject_type,
        AuditEntry.subject_id,
        AuditEntry.details,
        AuditEntry.address,
        AuditEntry.request_id,
        func.encode(AuditEntry.hash, "hex").label("hash"),
    )
    statement = statement.outerjoin(User, (User.tenant_id == AuditEntry.tenant_id) & (User.id == AuditEntry.actor_id))
    statement = statement.outerjoin(
        ServiceAccount,
        (ServiceAccount.tenant_id == AuditEntry.tenant_id) & (ServiceAccount.id == AuditEntry.actor_id),
    )
    represented = (Represented.tenant_id == AuditEntry.tenant_id) & (Represented.id == AuditEntry.on_behalf_of)
    statement = statement.outerjoin(Represented, represented)
    for name in ("actor_id", "action", "subject_type", "subject_id"):
        value = getattr(wanted, name)
        if value is not None:
            statement = statement.where(getattr(AuditEntry, name) == value)
    if wanted.since is not None:
        statement = statement.where(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(AuditEntry.at < wanted.until)
    return statement


async def _read(ctx: Context, statement: Select[*tuple[Any, ...]]) -> list[AuditRecord]:
    return [AuditRecord(**row._mapping) for row in (await ctx.session.execute(statement)).all()]
