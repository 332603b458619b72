"""Subscriptions: their states, the only moves between them, and what a paid period does to one.

The platform keeps the clock: a period is an order like any other, and it grants until its end. A subscription that is
to go on grants its last period until it is renewed or ended, which is the grace it has.
"""

import calendar
import datetime as dt
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from questline_payments import access, seats
from questline_payments.models import Line, Order, Subscription, SubscriptionEvent
from questline_sdk import Conflict, Context, EventData
from questline_sdk.payments import ProviderPayment

MOVES: dict[str, frozenset[str]] = {
    "active": frozenset({"ending", "past_due", "ended"}),
    "ending": frozenset({"active", "ended"}),
    "past_due": frozenset({"active", "ended"}),
    "ended": frozenset(),
}
MONTHS = {"month": 1, "year": 12}


class SubscriptionChanged(EventData, frozen=True, kw_only=True):
    """A subscription went from one state to another; `before` is empty for a new one."""

    event_type = "payments.subscription.changed.v1"
    subscription_id: UUID
    user_id: UUID | None
    before: str
    after: str


async def move(ctx: Context, found: Subscription, after: str, *, why: str) -> None:
    """Put a locked subscription into a state; the same again changes nothing. Raises `Conflict` for no such move."""
    before = found.state
    if after == before:
        return
    if after not in MOVES[before]:
        raise Conflict(f"A subscription cannot go from {before} to {after}.", code="no_such_move")
    found.state = after
    if after == "ended":
        found.ended_at = ctx.now
    await _note(ctx, found, before, why)


async def _note(ctx: Context, found: Subscription, before: str, why: str) -> None:
    ctx.session.add(
        SubscriptionEvent(
            subscription_id=found.id, before=before or None, after=found.state, detail=why[:500], occurred_at=ctx.now
        )
    )
    await ctx.publish(
        SubscriptionChanged(subscription_id=found.id, user_id=found.user_id, before=before, after=found.state)
    )


async def locked(ctx: Context, subscription_id: UUID) -> Subscription | None:
    """A subscription that nobody else changes until the end of this transaction; its order is locked before it."""
    statement = select(Subscription).where(Subscription.id == subscription_id).with_for_update()
    found: Subscription | None = await ctx.session.scalar(statement.execution_options(populate_existing=True))
    return found


def after_months(start: dt.datetime, months: int) -> dt.datetime:
    """The same day some months later, or the last one of a month that is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start.replace(year=year, month=month + 1, day=min(start.day, calendar.monthrange(year, month + 1)[1]))


async def sold(ctx: Context, order: Order, payment: ProviderPayment | None) -> None:
    """Begin the subscription that a locked order was for, or go on with it: once, as the order is sold once."""
    statement = select(Line).where(Line.order_id == order.id, Line.interval.is_not(None))
    line = await ctx.session.scalar(statement)
    if line is None or order.user_id is None:
        return
    found = await locked(ctx, line.subscription_id) if line.subscription_id else await _begin(ctx, order, line)
    if found is None or found.state == "ended":
        line.period_start, line.period_end = ctx.now, after_months(ctx.now, MONTHS[line.interval or "month"])
        if found is not None:  # paid after the end: the period is theirs, and nothing follows it
            found.next_at = line.period_end
        return
    start = found.period_end or found.anchor
    found.periods += 1
    line.subscription_id, line.period_start = found.id, start
    line.period_end = after_months(found.anchor, found.periods * MONTHS[found.interval])
    found.period_start, found.period_end, found.next_at = start, line.period_end, line.period_end
    found.net = line.total - line.tax
    found.attempts, found.failure, found.renewal_order_id = 0, "", None
    if payment is not None and payment.method_id:
        found.customer_id, found.method_id = payment.customer_id or found.customer_id, payment.method_id
    if found.state == "past_due":
        await move(ctx, found, "active", why="The renewal was paid.")
    await ctx.session.flush()


async def _begin(ctx: Context, order: Order, line: Line) -> Subscription:
    """A new subscription, or the one that the buyer has to the product already, which a second payment prolongs."""
    values = {
        "user_id": order.user_id,
        "product_id": line.product_id,
        "price_id": line.price_id,
        "first_order_id": order.id,
        "state": "active",
        "title": line.title,
        "interval": line.interval,
        "currency": order.currency,
        "net": 0,
        "provider": order.provider or "",
        "billing": order.billing,
        "site": order.site,
        "anchor": ctx.now,
        "periods": 0,
        "attempts": 0,
        "failure": "",
        "created_at": ctx.now,
    }
    live = Subscription.state != "ended"
    statement = insert(Subscription).values(**values)
    statement = statement.on_conflict_do_nothing(
        index_elements=["tenant_id", "user_id", "product_id"], index_where=live
    )
    new = await ctx.session.scalar(statement.returning(Subscription.id))
    mine = (Subscription.user_id == order.user_id) & (Subscription.product_id == line.product_id) & live
    found = (
        await ctx.session.scalars(
            select(Subscription).where(mine).with_for_update().execution_options(populate_existing=True)
        )
    ).one()
    if new is not None:
        await _note(ctx, found, "", "The first period was paid.")
    return found


async def end(ctx: Context, found: Subscription, *, why: str, at_once: bool) -> None:
    """End a locked subscription, whose courses go with its last period; `at_once` cuts that short, too."""
    of_it = select(Line).where(Line.subscription_id == found.id, Line.period_end.is_not(None))
    if at_once:
        for line in await ctx.session.scalars(of_it.where(Line.period_end > ctx.now)):
            line.period_end = ctx.now
    left = await ctx.session.scalar(
        select(func.max(Line.period_end)).where(Line.subscription_id == found.id, Line.period_end > ctx.now)
    )
    await move(ctx, found, "ended", why=why)
    found.renewal_order_id, found.next_at = None, left
    found.customer_id = found.method_id = None
    await follow(ctx, found)


async def follow(ctx: Context, found: Subscription) -> None:
    """Grant and take what a subscription's periods say now."""
    await ctx.session.flush()
    await seats.follow_subscription(ctx, found)
    if found.user_id is None:
        return
    courses = await ctx.session.scalars(
        select(func.unnest(Line.course_ids)).where(Line.subscription_id == found.id, Line.kind != seats.KIND).distinct()
    )
    for course_id in sorted(courses):
        await access.derive(ctx, found.user_id, course_id)
