"""Monthly recurring revenue and churn, by month and currency."""

import datetime as dt
from collections.abc import Iterator

import msgspec
from sqlalchemy import case, func, select

from questline_payments.models import Subscription
from questline_payments.money import share
from questline_payments.periods import MONTHS, after_months
from questline_sdk import Context


class Recurring(msgspec.Struct, frozen=True, kw_only=True):
    """What the subscriptions at a month's end pay per month without tax, in minor units, and how many ended in it."""

    mrr: int = 0
    churned: int = 0


async def recurring(ctx: Context, begin: dt.datetime, end: dt.datetime) -> dict[tuple[str, str], Recurring]:
    """By month (UTC) and currency; a year's price counts by a twelfth, and the current month as it stands."""
    found: dict[tuple[str, str], Recurring] = {}
    first = await ctx.session.scalar(select(func.min(Subscription.created_at)))
    if first is None:
        return found
    for start, after in _months(max(begin, first), end):
        over = func.coalesce(Subscription.ended_at < after, False)
        statement = (
            select(
                Subscription.currency,
                *(
                    func.sum(case((~over & (Subscription.interval == interval), Subscription.net), else_=0))
                    for interval in MONTHS
                ),
                func.count().filter(over),
            )
            .where(
                Subscription.created_at < after,
                Subscription.ended_at.is_(None) | (Subscription.ended_at >= start),
            )
            .group_by(Subscription.currency)
        )
        for currency, *by_interval, churned in await ctx.session.execute(statement):
            mrr = sum(share(int(net), 1, months) for net, months in zip(by_interval, MONTHS.values(), strict=True))
            found[f"{start:%Y-%m}", currency] = Recurring(mrr=mrr, churned=churned)
    return found


def _months(begin: dt.datetime, end: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    start = begin.astimezone(dt.UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while start < end:
        after = after_months(start, 1)
        yield start, after
        start = after
