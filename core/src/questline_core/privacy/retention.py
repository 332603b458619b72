"""Deleting what is past its time: by what tables declare, or sooner where the tenant says so."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import Table, delete, func, select, tuple_

from questline_core.context import HostContext
from questline_core.plugins.personal import mapped_tables
from questline_core.privacy.register import packages
from questline_core.privacy.settings import PrivacyRules, rules_of
from questline_sdk import Invalid
from questline_sdk.db.retention import KEY, Retention

if TYPE_CHECKING:
    from questline_core.plugins.registry import Registry

BATCH = 5000


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """How long a table's rows are kept: as declared, and as the tenant has it; and how many are past their time."""

    table: str
    owner: str
    after: str
    declared_days: int
    days: int
    due: int = 0


def declared(registry: "Registry") -> Iterator[tuple[str, str, Table, Retention]]:
    """Every table that declares how long its rows are kept, with its owner and its name."""
    for owner, package in packages(registry).items():
        for name, table in sorted(mapped_tables(package).items()):
            said = table.info.get(KEY)
            if isinstance(said, Retention) and table.schema == owner:
                yield owner, name, table, said


def check_shortened(registry: "Registry", rules: PrivacyRules) -> None:
    """Raise `Invalid` where a tenant would keep something longer than declared, or names what there is not."""
    known = {name: said.days for _, name, _, said in declared(registry)}
    for name, days in rules.retention.items():
        if name not in known:
            raise Invalid.field("retention", f"{name} is not a table that is cleared by time")
        if days > known[name]:
            raise Invalid.field("retention", f"{name} is kept for {known[name]} days at most")


async def schedules(ctx: HostContext) -> list[Schedule]:
    """What is kept how long, and how many rows would be deleted now."""
    rules, found = await rules_of(ctx), []
    for owner, name, table, said in declared(ctx.host.registry):
        days = min(said.days, rules.retention.get(name, said.days))
        past = table.c[said.after] < ctx.now - dt.timedelta(days=days)
        due = await ctx.session.scalar(select(func.count()).select_from(table).where(past))
        found.append(
            Schedule(table=name, owner=owner, after=said.after, declared_days=said.days, days=days, due=int(due or 0))
        )
    return found


async def clear(ctx: HostContext) -> dict[str, int]:
    """Delete what is past its time, a batch a transaction; returns how many rows by table."""
    rules, deleted = await rules_of(ctx), {}
    for _, name, table, said in declared(ctx.host.registry):
        days = min(said.days, rules.retention.get(name, said.days))
        deleted[name] = await _clear(ctx, table, said.after, ctx.now - dt.timedelta(days=days))
    gone = {name: count for name, count in deleted.items() if count}
    if gone:
        await ctx.audit("privacy.retention.applied", subject=("tenant", ctx.tenant_id), after=gone)
    return gone


async def _clear(ctx: HostContext, table: Table, after: str, before: dt.datetime) -> int:
    count = 0
    while True:
        async with ctx.host.context(ctx.tenant_id) as own:
            keys = list(table.primary_key)
            some = select(*keys).where(table.c[after] < before).limit(BATCH)
            result = await own.session.execute(delete(table).where(tuple_(*keys).in_(some)))
            count += int(result.rowcount)  # type: ignore[attr-defined]
            if result.rowcount < BATCH:  # type: ignore[attr-defined]
                return count
