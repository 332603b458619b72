"""Reading the ledger: a user's own page, and totals for other plugins."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping, Sequence
from uuid import UUID

from questline_points import queries
from questline_points.api import UserTotal
from questline_points.schemas import Balance, EntryView, Levels
from questline_points.settings import PointsSettings
from questline_sdk import Context, Page
from questline_sdk.calendar import start_of
from questline_sdk.pages import decode_cursor, paginate
from questline_sdk.services import UserDirectory

NEWEST = (dt.datetime(9999, 12, 31, tzinfo=dt.UTC), UUID(int=2**128 - 1))


class Ledger:
    """The `PointsLedger` of one unit of work."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def totals(self, since: dt.datetime | None, *, batch: int = 5000) -> AsyncIterator[Sequence[UserTotal]]:
        """Every user's total since a moment, in batches of one snapshot."""
        statement = queries.ALL_TOTALS if since is None else queries.TOTALS_SINCE
        parameters = {} if since is None else {"since": since}
        rows = await self._ctx.session.stream(statement, parameters)
        async for part in rows.partitions(batch):
            yield [UserTotal(user_id=row.user_id, total=row.total, reached_at=row.reached_at) for row in part]

    async def totals_of(
        self, user_ids: Sequence[UUID], since: Sequence[dt.datetime | None]
    ) -> Mapping[UUID, Sequence[UserTotal | None]]:
        """Users' totals since each of these moments."""
        parameters = {"user_ids": list(user_ids), "since": list(since)}
        found: dict[UUID, list[UserTotal | None]] = {user_id: [] for user_id in user_ids}
        for row in await self._ctx.session.execute(queries.TOTALS_OF, parameters):
            total = row.reached_at and UserTotal(user_id=row.user_id, total=int(row.total), reached_at=row.reached_at)
            found[row.user_id].append(total)
        return found


async def balance_of(ctx: Context, user_id: UUID) -> Balance:
    """Where a user stands now."""
    time_zone = await ctx.service(UserDirectory).time_zone(user_id)
    (sums,) = await ctx.fetch(
        queries.SUMS,
        user_id=user_id,
        today=start_of("day", ctx.now, time_zone),
        week=start_of("week", ctx.now, time_zone),
    )
    settings = await ctx.settings(PointsSettings)
    return Balance(
        balance=sums.balance,
        level=settings.level_at(sums.balance),
        next_level=settings.next_after(sums.balance),
        today=sums.today,
        week=sums.week,
    )


async def levels(ctx: Context) -> Levels:
    """The tenant's levels."""
    return Levels(levels=(await ctx.settings(PointsSettings)).levels)


async def entries_of(ctx: Context, user_id: UUID, *, cursor: str | None, limit: int) -> Page[EntryView]:
    """A page of a user's ledger, newest first."""
    before, before_id = decode_cursor(cursor, tuple[dt.datetime, UUID]) if cursor else NEWEST
    rows = await ctx.fetch(queries.ENTRIES, user_id=user_id, before=before, before_id=before_id, limit=limit + 1)
    return paginate(rows, limit, lambda row: (row.occurred_at, row.id))
