"""What subscribers and admins see and do of subscriptions."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from questline_payments import orders, periods, renewals
from questline_payments.models import Order, Price, Subscription
from questline_payments.money import exponent
from questline_payments.schemas import Buyer
from questline_payments.subscription_schemas import PayPage, SubscriptionView
from questline_sdk import Conflict, Context, NotFound
from questline_sdk.services import Transactions, UserDirectory


async def views(ctx: Context, rows: Sequence[Subscription]) -> list[SubscriptionView]:
    """Subscriptions as the API shows them."""
    cards = await ctx.service(UserDirectory).cards({row.user_id for row in rows if row.user_id is not None})
    prices = {
        price.id: price
        for price in await ctx.session.scalars(select(Price).where(Price.id.in_([row.price_id for row in rows])))
    }
    return [
        SubscriptionView(
            id=row.id,
            product_id=row.product_id,
            price_id=row.price_id,
            state=row.state,  # type: ignore[arg-type]
            title=row.title,
            interval=row.interval,  # type: ignore[arg-type]
            currency=row.currency,
            exponent=exponent(row.currency),
            amount=prices[row.price_id].amount,
            provider=row.provider,
            charged=row.method_id is not None,
            period_start=row.period_start,
            period_end=row.period_end,
            grace_until=await renewals.grace_end(ctx, row) if row.state == "past_due" else None,
            failure=row.failure,
            created_at=row.created_at,
            ended_at=row.ended_at,
            buyer=Buyer(id=row.user_id, display_name=cards[row.user_id].display_name)
            if row.user_id is not None and row.user_id in cards
            else None,
        )
        for row in rows
    ]


async def mine(ctx: Context) -> list[SubscriptionView]:
    """The reader's subscriptions, newest first."""
    statement = select(Subscription).where(Subscription.user_id == ctx.user.id)
    statement = statement.order_by(Subscription.created_at.desc(), Subscription.id.desc()).limit(100)
    return await views(ctx, list(await ctx.session.scalars(statement)))


async def _own(ctx: Context, subscription_id: UUID) -> tuple[Subscription, Order | None]:
    known = select(Subscription.id).where(Subscription.id == subscription_id, Subscription.user_id == ctx.user.id)
    if await ctx.session.scalar(known) is None:
        raise NotFound("There is no such subscription.")
    found, order = await renewals.with_order(ctx, subscription_id)
    if found is None:
        raise Conflict("The subscription has just been renewed; look again.", code="just_renewed")
    return found, order


async def cancel(ctx: Context, subscription_id: UUID, *, at_end: bool) -> SubscriptionView:
    """End one's own subscription now, or with the period that is paid."""
    found, order = await _own(ctx, subscription_id)
    if found.state == "ended":
        raise Conflict("This subscription has ended.", code="ended")
    over = found.period_end is None or found.period_end <= ctx.now
    if at_end and not over:
        await periods.move(ctx, found, "ending", why="The buyer cancelled it.")
    else:
        await renewals.stop(ctx, found, order, why="The buyer ended it.", at_once=True)
    await ctx.session.flush()
    return (await views(ctx, [found]))[0]


async def keep(ctx: Context, subscription_id: UUID) -> SubscriptionView:
    """Go on with one's own subscription that was to end."""
    found, _ = await _own(ctx, subscription_id)
    if found.state != "ending":
        raise Conflict("Only a subscription that is about to end can be kept.", code="not_ending")
    await periods.move(ctx, found, "active", why="The buyer keeps it.")
    await ctx.session.flush()
    return (await views(ctx, [found]))[0]


async def pay(ctx: Context, subscription_id: UUID) -> PayPage:
    """The provider's page where one's own unpaid renewal can be paid, with a new card where it keeps one."""
    async with ctx.service(Transactions).begin() as own:
        found, order = await _own(own, subscription_id)
        if found.state != "past_due" or order is None or order.sold_at is not None:
            raise Conflict("There is nothing to pay now.", code="nothing_to_pay")
        provider, order_id, url = found.provider, order.id, order.checkout_url
        if url and (order.expires_at is None or order.expires_at > own.now + dt.timedelta(minutes=5)):
            return PayPage(order_id=order_id, url=url)
    adapter = await orders.provider_of(ctx, provider)
    checkout = await orders.checkout(ctx, order_id, adapter, again=ctx.now)
    return PayPage(order_id=order_id, url=checkout.url)
