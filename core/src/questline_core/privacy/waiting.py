"""What waits somewhere with a person's data in it: queued and parked messages, dead letters, mails, links, imports."""

from uuid import UUID

from sqlalchemy import Table, delete, text

from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_core.db.models import Base
from questline_core.events.queue import SCHEMA
from questline_sdk.db.personal import PersonalData, declaration

ADDRESSES = ("email", "recipient")
"""Columns that reach a person who need not have an account."""
OF_THE_PERSON = """
CASE WHEN convert_from({payload}, 'UTF8') IS JSON OBJECT THEN
    convert_from({payload}, 'UTF8')::jsonb ->> 'tenant_id' = :tenant AND (
        convert_from({payload}, 'UTF8')::jsonb -> 'data' ->> 'user_id' = :person
        OR position(:email IN convert_from({payload}, 'UTF8')) > 0)
ELSE false END
"""
QUEUED = text(f"DELETE FROM {SCHEMA}.pgqueuer WHERE status <> 'picked' AND {OF_THE_PERSON.format(payload='payload')}")  # noqa: S608
PARKED = text(f"DELETE FROM core.parked_job WHERE {OF_THE_PERSON.format(payload='payload')}")  # noqa: S608
TRACES = text(
    f"DELETE FROM {SCHEMA}.pgqueuer_log WHERE traceback IS NOT NULL"  # noqa: S608
    " AND (position(:email IN traceback::text) > 0 OR position(:person IN traceback::text) > 0)"
)
WEBHOOKS = text(
    "DELETE FROM core.webhook_delivery WHERE event_id IN (SELECT id FROM core.event WHERE data ->> 'user_id' = :person)"
)
IMPORTS = text(
    "UPDATE core.user_import SET content = NULL"
    " WHERE state <> 'running' AND position(convert_to(:email, 'UTF8') IN content) > 0"
)


async def remove_waiting(ctx: HostContext, user_id: UUID, email: str) -> dict[str, int]:
    """Remove what waits with a person's data in it, in this transaction; returns how much by place."""
    values = {"tenant": str(ctx.tenant_id), "person": str(user_id), "email": email}
    removed = {}
    for place, statement in (
        ("queue", QUEUED),
        ("parked", PARKED),
        ("failures", TRACES),
        ("webhooks", WEBHOOKS),
        ("imports", IMPORTS),
    ):
        wanted = {name: value for name, value in values.items() if f":{name}" in statement.text}
        removed[place] = int((await ctx.session.execute(statement, wanted)).rowcount)  # type: ignore[attr-defined]
    removed["addresses"] = 0
    for table in Base.metadata.sorted_tables:
        removed["addresses"] += await _remove_address(ctx, table, email)
    return removed


async def _remove_address(ctx: HostContext, table: Table, email: str) -> int:
    count = 0
    for column in table.c if table is not User.__table__ else ():
        if column.name in ADDRESSES and isinstance(declaration(column.info), PersonalData):
            result = await ctx.session.execute(delete(table).where(column == email))
            count += int(result.rowcount)  # type: ignore[attr-defined]
    return count
