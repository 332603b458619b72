"""What lines come to: discounts first, then tax, line by line, so that what is shown sums to what is paid."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

import msgspec
from sqlalchemy import select

from questline_payments import coupons, tax
from questline_payments.models import Price, Product
from questline_payments.money import taxed, total
from questline_payments.schemas import Billing, CartLine, QuotedLine
from questline_sdk import Conflict, Context, Invalid


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Lines with their amounts; empty ones have no currency."""

    lines: list[QuotedLine]
    products: list[Product]
    currency: str | None
    tax_inclusive: bool
    tax_points: int
    coupon_id: UUID | None = None
    interval: str | None = None

    @property
    def subtotal(self) -> int:
        """Before the discount."""
        return sum(each.subtotal for each in self.lines)

    @property
    def discount(self) -> int:
        """What the promotion code takes off."""
        return sum(each.discount for each in self.lines)

    @property
    def tax(self) -> int:
        """Added, or in it."""
        return sum(each.tax for each in self.lines)

    @property
    def total(self) -> int:
        """What is to be paid."""
        return sum(each.total for each in self.lines)


def percent(points: int) -> str:
    """A rate for people: `19.00`."""
    return str(Decimal(points).scaleb(-2))


async def quote(
    ctx: Context, lines: Sequence[CartLine], code: str | None, billing: Billing | None, *, renewal: bool = False
) -> Quote:
    """Work out what lines come to for a buyer; raises `Conflict` or `Invalid` where they cannot be ordered so.

    A subscription is ordered alone, and renewed at its price also where that is not offered any more.
    """
    if not lines:
        return Quote(lines=[], products=[], currency=None, tax_inclusive=True, tax_points=0)
    found = await _offered(ctx, lines, renewal=renewal)
    if len(found) > 1 and any(price.interval for price, _ in found):
        raise Conflict("A subscription is ordered alone.", code="subscription_alone")
    currencies, ways = {price.currency for price, _ in found}, {price.tax_inclusive for price, _ in found}
    if len(currencies) > 1 or len(ways) > 1:
        raise Conflict("Prices of several currencies, or with and without tax, are ordered apart.", code="mixed_prices")
    currency, inclusive = currencies.pop(), ways.pop()
    points = await tax.points(ctx, billing)
    subtotals = {
        each.price_id: (product.id, price.amount * each.quantity)
        for each, (price, product) in zip(lines, found, strict=True)
    }
    coupon = await coupons.find(ctx, code) if code else None
    off = coupons.takes(coupon, currency, subtotals) if coupon else {}
    quoted = []
    for each, (price, product) in zip(lines, found, strict=True):
        subtotal, discount = subtotals[each.price_id][1], off.get(each.price_id, 0)
        due = taxed(subtotal - discount, points, inclusive=inclusive)
        quoted.append(
            QuotedLine(
                price_id=price.id,
                product_id=product.id,
                kind=product.kind,
                title=product.title,
                quantity=each.quantity,
                unit_amount=price.amount,
                interval=price.interval,  # type: ignore[arg-type]
                subtotal=subtotal,
                discount=discount,
                tax=due,
                tax_percent=percent(points),
                total=subtotal - discount + (0 if inclusive else due),
            )
        )
    total([each.subtotal + each.tax for each in quoted])
    return Quote(
        lines=quoted,
        products=[product for _, product in found],
        interval=found[0][0].interval,
        currency=currency,
        tax_inclusive=inclusive,
        tax_points=points,
        coupon_id=coupon.id if coupon else None,
    )


async def _offered(ctx: Context, lines: Sequence[CartLine], *, renewal: bool) -> list[tuple[Price, Product]]:
    ids = [each.price_id for each in lines]
    if len(set(ids)) != len(ids):
        raise Invalid.field("lines", "name a price twice; say how often instead")
    statement = (
        select(Price, Product)
        .join(Product, (Product.tenant_id == Price.tenant_id) & (Product.id == Price.product_id))
        .where(Price.id.in_(ids))
    )
    if not renewal:
        statement = statement.where(Price.active, Product.active)
    rows = {price.id: (price, product) for price, product in await ctx.session.execute(statement)}
    if len(rows) != len(ids):
        raise Conflict("Something in the order is not offered any more.", code="not_offered")
    if any(each.quantity != 1 and rows[each.price_id][1].kind != "seats" for each in lines):
        raise Invalid.field("lines", "are bought once each; a course is held or not")
    return [rows[each.price_id] for each in lines]
