"""What payments keep of a person, for them to take along, or to have untied from the books, which are kept."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from questline_payments import periods, seats_privacy
from questline_payments.models import Cart, CouponUse, Entitlement, Order, Remembered, Subscription
from questline_sdk import Context


async def export(ctx: Context, user_id: UUID) -> dict[str, Any]:
    """A user's orders, courses and cart, as JSON."""
    orders = await ctx.session.execute(
        select(
            Order.number,
            Order.state,
            Order.title,
            Order.currency,
            Order.subtotal,
            Order.discount,
            Order.tax,
            Order.total,
            Order.billing,
            Order.created_at,
        )
        .where(Order.user_id == user_id)
        .order_by(Order.id)
    )
    courses = await ctx.session.execute(
        select(Entitlement.course_id, Entitlement.held, Entitlement.had_access).where(Entitlement.user_id == user_id)
    )
    cart = await ctx.session.execute(select(Cart.lines, Cart.billing).where(Cart.user_id == user_id))
    responses = await ctx.session.scalars(select(Remembered.response).where(Remembered.user_id == user_id))
    subscriptions = await ctx.session.execute(
        select(
            Subscription.title,
            Subscription.state,
            Subscription.failure,
            Subscription.customer_id,
            Subscription.method_id,
            Subscription.billing,
            Subscription.created_at,
            Subscription.period_end,
            Subscription.ended_at,
        )
        .where(Subscription.user_id == user_id)
        .order_by(Subscription.id)
    )
    return {
        "subscriptions": [dict(row) for row in subscriptions.mappings()],
        "orders": [dict(row) for row in orders.mappings()],
        "courses": [dict(row) for row in courses.mappings()],
        "cart": [dict(row) for row in cart.mappings()],
        "seats": await seats_privacy.export(ctx, user_id),
        "responses": [each.decode() for each in responses],
    }


async def erase(ctx: Context, user_id: UUID) -> None:
    """Untie a user from their orders, whose amounts the books keep, and remove the rest."""
    mine = select(Subscription).where(Subscription.user_id == user_id).with_for_update()
    for each in list(await ctx.session.scalars(mine)):
        await periods.move(ctx, each, "ended", why="The buyer is gone.")
        each.user_id, each.billing, each.customer_id, each.method_id = None, None, None, None
        each.failure, each.next_at, each.renewal_order_id = "", None, None
    await ctx.session.flush()
    await seats_privacy.erase(ctx, user_id)
    await ctx.session.execute(update(Order).where(Order.user_id == user_id).values(user_id=None, billing=None))
    for table, column in (
        (Entitlement, Entitlement.user_id),
        (Cart, Cart.user_id),
        (CouponUse, CouponUse.user_id),
        (Remembered, Remembered.user_id),
    ):
        await ctx.session.execute(delete(table).where(column == user_id))
