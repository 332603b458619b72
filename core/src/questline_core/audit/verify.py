"""Checking that a tenant's audit log is what was written: nothing altered, removed, added or reordered."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from questline_core.audit.schemas import Flaw, Verification

SIDE_BY_SIDE = 2
"""Connections that check."""
STEP = 50_000
"""Entries checked by one statement."""

START = text("SELECT encode(sha256(convert_to(:tenant, 'UTF8')), 'hex')")
HEAD = text("SELECT number, encode(hash, 'hex') AS hash FROM core.audit_head WHERE tenant_id = CAST(:tenant AS uuid)")
CHECK = text("""
SELECT number, hash, intact, linked, following, total, last FROM (
    SELECT entry.number, encode(entry.hash, 'hex') AS hash,
        core.audit_intact(entry) AS intact,
        entry.previous = lag(entry.hash, 1, decode(:before, 'hex')) OVER (ORDER BY entry.number) AS linked,
        entry.number = lag(entry.number, 1, CAST(:after AS bigint)) OVER (ORDER BY entry.number) + 1 AS following,
        count(*) OVER () AS total,
        entry.number = max(entry.number) OVER () AS last
    FROM core.audit_entry AS entry
    WHERE entry.tenant_id = CAST(:tenant AS uuid) AND entry.number > :after AND entry.number <= :until
) AS checked WHERE last OR NOT (intact AND linked AND following) ORDER BY number
""")
BEFORE = text("""
SELECT encode(hash, 'hex') FROM core.audit_entry
WHERE tenant_id = CAST(:tenant AS uuid) AND number > 0 AND number <= :after ORDER BY number DESC LIMIT 1
""")
BEYOND = text("SELECT count(*) FROM core.audit_entry WHERE tenant_id = CAST(:tenant AS uuid) AND number > :total")

Progress = Callable[[int, int], None]


class Stretch(NamedTuple):
    """What was found in consecutive entries."""

    flaws: list[Flaw]
    entries: int
    last: str | None
    """The hash of the last one; None where there is none."""


async def verify(
    engine: AsyncEngine, tenant_id: UUID, slug: str, *, on_step: Progress = lambda _done, _total: None
) -> Verification:
    """Check a tenant's whole log; calls `on_step(checked, total)` on the way.

    Stretches are checked side by side: each begins with the hash that is stored before it, which another one checks.
    """
    tenant = str(tenant_id)
    async with _connected(engine, tenant_id) as connection:
        start = str(await connection.scalar(START, {"tenant": tenant}))
        head = (await connection.execute(HEAD, {"tenant": tenant})).one_or_none()
        total, wanted = (head.number, head.hash) if head else (0, start)
        beyond = await connection.scalar(BEYOND, {"tenant": tenant, "total": total})
    begins = list(range(0, total, STEP))
    found: dict[int, Stretch] = {}
    waiting = iter(begins)

    async def work() -> None:
        async with _connected(engine, tenant_id) as connection:
            for after in waiting:
                found[after] = await _check(connection, tenant, after, min(after + STEP, total), start)
                on_step(min(len(found) * STEP, total), total)

    await asyncio.gather(*(work() for _ in range(min(SIDE_BY_SIDE, len(begins)))))
    flaws = [flaw for after in begins for flaw in found[after].flaws]
    last = next((found[after].last for after in reversed(begins) if found[after].last), start)
    if last != wanted and not flaws:
        flaws.append(Flaw(number=total, problem="the last entry is not the one that was written last"))
    if beyond:
        flaws.append(Flaw(number=total + 1, problem=f"{beyond} entries were added behind the last one"))
    entries = sum(stretch.entries for stretch in found.values())
    return Verification(tenant=slug, entries=entries, head=str(wanted), flaws=flaws)


@asynccontextmanager
async def _connected(engine: AsyncEngine, tenant_id: UUID) -> AsyncIterator[AsyncConnection]:
    async with engine.connect() as connection:
        await connection.execute(text(f"SET LOCAL questline.tenant_id = '{tenant_id!s}'"))
        yield connection


async def _check(connection: AsyncConnection, tenant: str, after: int, until: int, start: str) -> Stretch:
    before = await connection.scalar(BEFORE, {"tenant": tenant, "after": after}) or start
    parameters = {"tenant": tenant, "before": before, "after": after, "until": until}
    rows = (await connection.execute(CHECK, parameters)).all()
    flaws = [Flaw(number=row.number, problem=_problem(row)) for row in rows if _problem(row)]
    reached = rows[-1].number if rows else after
    if reached < until:
        flaws.append(Flaw(number=reached + 1, problem=f"entries {reached + 1} to {until} are missing"))
    return Stretch(flaws, rows[-1].total if rows else 0, rows[-1].hash if rows else None)


def _problem(row: Any) -> str:
    if not row.following:
        return "entries before it are missing, or it was moved"
    if not row.intact:
        return "it was altered"
    if not row.linked:
        return "it does not follow from the entry before it"
    return ""
