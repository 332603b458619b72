"""What somebody means to buy, kept until they order it."""

from collections.abc import Collection
from uuid import UUID

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from questline_payments import tax
from questline_payments.models import Cart
from questline_payments.money import exponent
from questline_payments.quote import Quote, quote
from questline_payments.schemas import Billing, CartInput, CartLine, CartView, Obstacle
from questline_sdk import Conflict, Context, Invalid


async def read(ctx: Context) -> CartInput:
    """The reader's cart; an empty one where there is none."""
    row = await ctx.session.scalar(select(Cart).where(Cart.user_id == ctx.user.id))
    if row is None:
        return CartInput(lines=[])
    return CartInput(
        lines=msgspec.convert(row.lines, list[CartLine]),
        promotion_code=row.promotion_code,
        billing=msgspec.convert(row.billing, Billing | None),
    )


async def save(ctx: Context, data: CartInput) -> CartView:
    """Keep a cart; raises `Invalid` for a VAT id of no form."""
    billing = tax.checked(data.billing) if data.billing else None
    shown = await view(ctx, CartInput(lines=data.lines, promotion_code=data.promotion_code, billing=billing))
    values = {
        "lines": msgspec.to_builtins(data.lines),
        "promotion_code": data.promotion_code,
        "billing": msgspec.to_builtins(billing),
    }
    statement = insert(Cart).values(user_id=ctx.user.id, **values)
    await ctx.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id", "user_id"], set_=values))
    return shown


async def empty(ctx: Context, ordered: Collection[tuple[UUID, int]]) -> None:
    """Take out of the reader's cart what they ordered, by price and quantity; a cart of something else stays."""
    kept = await read(ctx)
    if {(each.price_id, each.quantity) for each in kept.lines} == set(ordered):
        await ctx.session.execute(delete(Cart).where(Cart.user_id == ctx.user.id))


async def view(ctx: Context, data: CartInput) -> CartView:
    """A cart with what it comes to, or with what is in its way."""
    problem, found = None, Quote(lines=[], products=[], currency=None, tax_inclusive=True, tax_points=0)
    try:
        found = await quote(ctx, data.lines, data.promotion_code, data.billing)
    except (Conflict, Invalid) as refusal:
        problem = Obstacle(code=refusal.code, detail=refusal.detail)
        if data.promotion_code and refusal.code.startswith("coupon"):
            found = await quote(ctx, data.lines, None, data.billing)
    return CartView(
        lines=found.lines,
        currency=found.currency,
        exponent=exponent(found.currency) if found.currency else 2,
        subtotal=found.subtotal,
        discount=found.discount,
        tax=found.tax,
        total=found.total,
        tax_inclusive=found.tax_inclusive,
        promotion_code=data.promotion_code,
        billing=data.billing,
        problem=problem,
    )
