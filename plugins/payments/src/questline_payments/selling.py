"""Coupons and tax rates, as admins set them."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import cast
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from questline_payments import schemas
from questline_payments.models import Coupon, CouponUse, Product, TaxRate
from questline_payments.money import WHOLE, exponent
from questline_payments.quote import percent
from questline_sdk import Conflict, Context, Invalid, NotFound


async def add_coupon(ctx: Context, data: schemas.CouponInput) -> schemas.Coupon:
    """Offer a promotion code."""
    await _checked(ctx, data)
    coupon = Coupon(created_at=ctx.now, **_values(data))
    try:
        async with ctx.session.begin_nested():
            ctx.session.add(coupon)
    except IntegrityError as error:
        raise Conflict("There is such a promotion code already.", code="code_taken") from error
    await ctx.audit("payments.coupon.added", subject=("coupon", coupon.id), after={"code": coupon.code})
    return (await coupons(ctx, [coupon]))[0]


async def change_coupon(ctx: Context, coupon_id: UUID, data: schemas.CouponInput) -> schemas.Coupon:
    """Change a promotion code; orders keep what it took off."""
    await _checked(ctx, data)
    coupon = await ctx.session.scalar(select(Coupon).where(Coupon.id == coupon_id).with_for_update())
    if coupon is None:
        raise NotFound("There is no such promotion code.")
    before = {"code": coupon.code, "active": coupon.active}
    try:
        async with ctx.session.begin_nested():
            for name, value in _values(data).items():
                setattr(coupon, name, value)
    except IntegrityError as error:
        raise Conflict("There is such a promotion code already.", code="code_taken") from error
    after = {"code": coupon.code, "active": coupon.active}
    await ctx.audit("payments.coupon.changed", subject=("coupon", coupon_id), before=before, after=after)
    return (await coupons(ctx, [coupon]))[0]


async def _checked(ctx: Context, data: schemas.CouponInput) -> None:
    if (data.percent is None) == (data.amount is None):
        raise Invalid.field("percent", "or amount: exactly one of them")
    if (data.amount is None) != (data.currency is None):
        raise Invalid.field("currency", "belongs to an amount")
    if data.currency is not None:
        exponent(data.currency)
    if data.starts_at and data.ends_at and data.ends_at <= data.starts_at:
        raise Invalid.field("ends_at", "is before it starts")
    wanted = set(data.product_ids)
    known = await ctx.session.scalar(select(func.count()).where(Product.id.in_(wanted)))
    if known != len(wanted):
        raise Invalid.field("product_ids", "name a product that does not exist")


def _values(data: schemas.CouponInput) -> dict[str, object]:
    return {
        "code": data.code.upper(),
        "percent": data.percent,
        "amount": data.amount,
        "currency": data.currency,
        "product_ids": sorted(set(data.product_ids)),
        "starts_at": data.starts_at,
        "ends_at": data.ends_at,
        "max_uses": data.max_uses,
        "max_uses_per_buyer": data.max_uses_per_buyer,
        "active": data.active,
    }


async def coupons(ctx: Context, rows: Sequence[Coupon]) -> list[schemas.Coupon]:
    """Promotion codes with how often they are used."""
    statement = (
        select(CouponUse.coupon_id, func.count())
        .where(CouponUse.coupon_id.in_([row.id for row in rows]))
        .group_by(CouponUse.coupon_id)
    )
    uses = {row[0]: row[1] for row in await ctx.session.execute(statement)}
    return [
        schemas.Coupon(
            id=row.id,
            code=row.code,
            percent=row.percent,
            amount=row.amount,
            currency=row.currency,
            exponent=exponent(row.currency) if row.currency else None,
            product_ids=row.product_ids,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            max_uses=row.max_uses,
            max_uses_per_buyer=row.max_uses_per_buyer,
            active=row.active,
            uses=uses.get(row.id, 0),
            created_at=row.created_at,
        )
        for row in rows
    ]


async def tax_rates(ctx: Context) -> schemas.TaxRates:
    """All rates, by country."""
    rows = await ctx.session.scalars(select(TaxRate).order_by(TaxRate.country, TaxRate.customer_type))
    return schemas.TaxRates(
        items=[
            schemas.TaxRate(
                country=row.country,
                customer_type=cast("schemas.Customer", row.customer_type),
                percent=percent(row.points),
            )
            for row in rows
        ]
    )


async def save_tax_rates(ctx: Context, data: schemas.TaxRates) -> schemas.TaxRates:
    """Set all rates at once; orders keep theirs."""
    wanted = {(each.country, each.customer_type): _points(each.percent) for each in data.items}
    if len(wanted) != len(data.items):
        raise Invalid.field("items", "name a country and a kind of customer twice")
    before = {f"{each.country} {each.customer_type}": each.percent for each in (await tax_rates(ctx)).items}
    await ctx.session.execute(delete(TaxRate))
    for (country, customer), points in wanted.items():
        ctx.session.add(TaxRate(tenant_id=ctx.tenant_id, country=country, customer_type=customer, points=points))
    await ctx.session.flush()
    after = {f"{country} {customer}": percent(points) for (country, customer), points in wanted.items()}
    await ctx.audit("payments.tax.changed", subject=("tax", None), before=before, after=after)
    return await tax_rates(ctx)


def _points(text: str) -> int:
    try:
        points = Decimal(text).scaleb(2)
    except InvalidOperation as error:
        raise Invalid.field("percent", "is not a number") from error
    if points != points.to_integral_value() or not 0 <= points <= WHOLE:
        raise Invalid.field("percent", "is between 0 and 100, with two decimals at most")
    return int(points)
