"""Looking after what was left: orders nobody came back to, messages of providers that were off, old responses."""

import datetime as dt

import msgspec
from sqlalchemy import delete, select

from questline_payments import access, intake, orders, settle
from questline_payments.models import Order, Remembered, Subscription
from questline_payments.processing import ACT, Act
from questline_payments.states import move
from questline_sdk import Context, Job, Schedule
from questline_sdk.errors import QuestlineError
from questline_sdk.services import Transactions

KEPT = dt.timedelta(days=30)
BATCH = 100
GRACE = dt.timedelta(hours=1)
LONGEST_OPEN = dt.timedelta(days=30)


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """No arguments."""


async def look_after(ctx: Context, _: Nothing) -> None:
    """Ask once more about orders whose page has expired, and end those that nobody paid."""
    await intake.check_waiting(ctx)
    await ctx.enqueue(ACT, Act())
    renewal = select(Subscription.id).where(Subscription.renewal_order_id == Order.id).exists()
    statement = (
        select(Order.id, Order.provider, Order.checkout_id)
        .where(
            Order.state == "open",
            ~renewal,
            (Order.expires_at < ctx.now - GRACE) | (Order.created_at < ctx.now - LONGEST_OPEN),
        )
        .order_by(Order.created_at)
        .limit(BATCH)
    )
    for order_id, provider, checkout_id in list(await ctx.session.execute(statement)):
        try:
            if provider and checkout_id:
                await orders.look(ctx, provider, checkout_id)
        except QuestlineError:
            continue
        async with ctx.service(Transactions).begin() as own:
            found = await settle.locked(own, order_id)
            if found is not None and found.state == "open":
                await move(own, found, "expired")
                await access.release_coupon(own, found)
    await ctx.session.execute(delete(Remembered).where(Remembered.created_at < ctx.now - KEPT))


LOOK_AFTER = Job(name="look_after", function=look_after, args=Nothing)
JOBS = (LOOK_AFTER,)
SCHEDULES = (Schedule(cron="*/15 * * * *", job=LOOK_AFTER, args=Nothing()),)
