"""Promotion codes: what they take off, and who may still use them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, select

from questline_payments.models import Coupon, CouponUse
from questline_payments.money import allot, share
from questline_sdk import Conflict, Context


async def find(ctx: Context, code: str, *, lock: bool = False) -> Coupon:
    """A coupon that is offered now; raises `Conflict`. Locked, nobody else takes its last use."""
    statement = select(Coupon).where(Coupon.code == code.upper(), Coupon.active)
    found = await ctx.session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise Conflict("There is no such promotion code.", code="coupon_unknown")
    if (found.starts_at and found.starts_at > ctx.now) or (found.ends_at and found.ends_at <= ctx.now):
        raise Conflict("This promotion code is not valid now.", code="coupon_not_now")
    return found


async def check_uses(ctx: Context, coupon: Coupon, user_id: UUID) -> None:
    """Raise `Conflict` where a coupon, or the buyer's part of it, is used up."""
    mine = func.count().filter(CouponUse.user_id == user_id)
    row = (await ctx.session.execute(select(func.count(), mine).where(CouponUse.coupon_id == coupon.id))).one()
    if coupon.max_uses is not None and row[0] >= coupon.max_uses:
        raise Conflict("This promotion code is used up.", code="coupon_used_up")
    if coupon.max_uses_per_buyer is not None and row[1] >= coupon.max_uses_per_buyer:
        raise Conflict("You have used this promotion code.", code="coupon_used_up")


def takes(coupon: Coupon, currency: str, subtotals: Mapping[UUID, tuple[UUID, int]]) -> dict[UUID, int]:
    """What a coupon takes off each line: of `{key: (product, subtotal)}`. Raises `Conflict` where it fits none."""
    fits = {
        key: amount
        for key, (product, amount) in subtotals.items()
        if not coupon.product_ids or product in coupon.product_ids
    }
    if not fits:
        raise Conflict("This promotion code is for something else.", code="coupon_not_for_this")
    if coupon.percent is not None:
        return {key: share(amount, coupon.percent, 100) for key, amount in fits.items()}
    if coupon.currency != currency:
        raise Conflict("This promotion code is for another currency.", code="coupon_not_for_this")
    return allot(min(coupon.amount or 0, sum(fits.values())), fits)
