"""Renewing subscriptions on the platform's clock: each period is one order, and each charge of it has its own key.

A charge whose outcome nobody recorded is asked for again under the same key, so that a worker which is killed between
the provider's answer and the commit takes the money once; only a charge that was declined for certain gets a new key.
"""

import datetime as dt
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import select

from questline_payments import orders, periods, settle
from questline_payments.documents import next_number
from questline_payments.models import Line, Order, Subscription
from questline_payments.quote import quote
from questline_payments.renewal_mail import MAIL_DUE, Due
from questline_payments.schemas import Billing, CartLine
from questline_payments.settings import PaymentsSettings
from questline_payments.states import move
from questline_sdk import Context, Job, NotFound, Schedule
from questline_sdk.errors import QuestlineError
from questline_sdk.jobs import RetryPolicy
from questline_sdk.payments import ChargeRequest, Money, PaymentCapability, PaymentProvider, PaymentState
from questline_sdk.services import Transactions

BATCH = 500
RETRY_AFTER = (dt.timedelta(days=1), dt.timedelta(days=2), dt.timedelta(days=3))
"""How long after each declined charge the next one is made; those that would come after the grace are not."""
log = structlog.get_logger()


class Renew(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription whose time has come."""

    subscription_id: UUID


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """No arguments."""


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """A renewal that is to be charged."""

    order_id: UUID
    provider: str
    attempt: int
    request: ChargeRequest


async def due(ctx: Context, _: Nothing) -> None:
    """Queue every subscription whose time has come; one that is queued twice is renewed once."""
    statement = select(Subscription.id).where(Subscription.next_at <= ctx.now).order_by(Subscription.next_at)
    for subscription_id in list(await ctx.session.scalars(statement.limit(BATCH))):
        await ctx.enqueue(RENEW, Renew(subscription_id=subscription_id))


async def renew(ctx: Context, args: Renew) -> None:
    """Do what is due for a subscription now: end it, or order its next period and charge for it."""
    async with ctx.service(Transactions).begin() as own:
        charge = await _prepare(own, args.subscription_id)
    if charge is None:
        return
    try:
        adapter: PaymentProvider | None = await orders.provider_of(ctx, charge.provider)
    except NotFound:
        adapter = None
    if adapter is None or not charge.request.method_id or PaymentCapability.SAVED_METHODS not in adapter.capabilities:
        async with ctx.service(Transactions).begin() as own:
            await _unpaid(own, args.subscription_id, charge, "")
        return
    async with ctx.service(Transactions).begin() as own:
        payment = await adapter.charge(own, charge.request)
    if payment.state == PaymentState.PAID:
        async with ctx.service(Transactions).begin() as own:
            await settle.apply(own, charge.provider, payment)
    elif payment.state == PaymentState.FAILED:
        async with ctx.service(Transactions).begin() as own:
            await _unpaid(own, args.subscription_id, charge, payment.failure or "The charge was declined.")


async def with_order(ctx: Context, subscription_id: UUID) -> tuple[Subscription | None, Order | None]:
    """A subscription and the order of its renewal, locked in the order in which everybody locks them."""
    renewal = await ctx.session.scalar(select(Subscription.renewal_order_id).where(Subscription.id == subscription_id))
    order = await settle.locked(ctx, renewal) if renewal else None
    found = await periods.locked(ctx, subscription_id)
    if found is not None and found.renewal_order_id != renewal:  # another has renewed it meanwhile
        return None, None
    return found, order


async def _prepare(ctx: Context, subscription_id: UUID) -> Charge | None:
    found, order = await with_order(ctx, subscription_id)
    if found is None or found.next_at is None or found.next_at > ctx.now or found.period_end is None:
        return None
    if found.state == "ended":
        found.next_at = None
        await periods.follow(ctx, found)
        return None
    if found.state == "ending" or found.user_id is None:
        await periods.end(ctx, found, why="The last period is over.", at_once=False)
        return None
    if found.state == "past_due" and ctx.now >= await grace_end(ctx, found):
        await stop(ctx, found, order, why="The renewal was not paid in time.", at_once=False)
        return None
    if order is None:
        try:
            order = await _order(ctx, found)
        except QuestlineError as error:  # its tax or its product is not there any more: somebody has to look
            log.warning("a renewal cannot be ordered", subscription=str(found.id), why=error.detail)
            raise
        found.renewal_order_id = order.id
        await ctx.session.flush()
    return Charge(
        order_id=order.id,
        provider=found.provider,
        attempt=found.attempts,
        request=ChargeRequest(
            reference=str(order.id),
            idempotency_key=f"renewal-{order.id}-{found.attempts}",
            money=Money(amount=order.total, currency=order.currency),
            customer_id=found.customer_id or "",
            method_id=found.method_id or "",
            title=found.title,
        ),
    )


async def _order(ctx: Context, found: Subscription) -> Order:
    """The order of the next period, at today's tax; its key makes it one, whoever else tries."""
    billing = msgspec.convert(found.billing, Billing | None)
    last = select(Line.quantity).where(Line.subscription_id == found.id, Line.period_end == found.period_end)
    lines = [CartLine(price_id=found.price_id, quantity=await ctx.session.scalar(last.limit(1)) or 1)]
    asked = await quote(ctx, lines, None, billing, renewal=True)
    made = Order(
        number=f"O-{await next_number(ctx, 'order'):06d}",
        user_id=found.user_id,
        key=f"renewal-{found.id}-{found.periods}",
        asked="",
        provider=found.provider,
        state="open",
        title=found.title[:300],
        currency=found.currency,
        subtotal=asked.subtotal,
        discount=0,
        tax=asked.tax,
        total=asked.total,
        tax_inclusive=asked.tax_inclusive,
        billing=found.billing,
        site=found.site,
        created_at=ctx.now,
    )
    ctx.session.add(made)
    await ctx.session.flush()
    await orders.fill(ctx, made.id, asked, None)
    line = (await ctx.session.scalars(select(Line).where(Line.order_id == made.id))).one()
    line.subscription_id = found.id
    await ctx.session.flush()
    return made


async def grace_end(ctx: Context, found: Subscription) -> dt.datetime:
    """Until when an unpaid subscription still grants."""
    assert found.period_end is not None  # noqa: S101  it has begun
    return found.period_end + dt.timedelta(days=(await ctx.settings(PaymentsSettings)).grace_days)


async def _unpaid(ctx: Context, subscription_id: UUID, charge: Charge, why: str) -> None:
    """Note that a renewal is not paid, once for a charge, tell the buyer, and say when to try again or to end it."""
    found, order = await with_order(ctx, subscription_id)
    if found is None or order is None or order.id != charge.order_id or order.sold_at is not None:
        return
    if found.attempts != charge.attempt:
        return
    first = found.state != "past_due"
    if why:
        found.attempts += 1
    last = await grace_end(ctx, found)
    pause = RETRY_AFTER[min(found.attempts, len(RETRY_AFTER)) - 1]
    found.failure, found.next_at = why, min(ctx.now + pause, last) if why else last
    await periods.move(ctx, found, "past_due", why=why or "The renewal waits to be paid.")
    if first or why:
        await ctx.enqueue(MAIL_DUE, Due(subscription_id=found.id))


async def stop(ctx: Context, found: Subscription, order: Order | None, *, why: str, at_once: bool) -> None:
    """End a locked subscription, and give up the order of its renewal."""
    if order is not None and order.state == "open":
        await move(ctx, order, "cancelled")
    await periods.end(ctx, found, why=why, at_once=at_once)


RENEW = Job(
    name="renew", function=renew, args=Renew, retry=RetryPolicy(max_attempts=6, initial_delay=30, max_delay=900)
)
RENEW_DUE = Job(name="renew_due", function=due, args=Nothing)
JOBS = (RENEW, RENEW_DUE, MAIL_DUE)
SCHEDULES = (Schedule(cron="*/10 * * * *", job=RENEW_DUE, args=Nothing()),)
