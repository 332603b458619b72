"""What is sold, and at what price."""

import datetime as dt
from typing import Any
from uuid import UUID

from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy import select, tuple_

from questline_payments import catalogue, schemas, selling
from questline_payments.idempotency import Key, once
from questline_payments.models import Coupon, Product
from questline_payments.permissions import SELL
from questline_payments.routes.parameters import Cursor, Limit
from questline_sdk import Context, Page
from questline_sdk.pages import DEFAULT_LIMIT, decode_cursor, paginate


@get("/products", operation_id="payments_list_products", permission=SELL, summary="All products")
async def list_products(
    ctx: NamedDependency[Context], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[schemas.Product]:
    """Newest first, those that are not sold now among them."""
    statement = select(Product).order_by(Product.created_at.desc(), Product.id.desc()).limit(limit + 1)
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        statement = statement.where(tuple_(Product.created_at, Product.id) < tuple_(before[0], before[1]))
    page = paginate(list(await ctx.session.scalars(statement)), limit, lambda row: (row.created_at, row.id))
    return Page(items=await catalogue.products(ctx, page.items), next_cursor=page.next_cursor)


@post("/products", operation_id="payments_add_product", permission=SELL, summary="Sell something new")
async def add_product(
    ctx: NamedDependency[Context], data: JSONBody[schemas.ProductInput], key: Key = None
) -> schemas.Product:
    """A course, or several."""
    return await once(ctx, key, "add_product", data, schemas.Product, lambda: catalogue.add_product(ctx, data))


@put("/products/{product_id:uuid}", operation_id="payments_change_product", permission=SELL, summary="Change a product")
async def change_product(
    ctx: NamedDependency[Context],
    product_id: FromPath[UUID],
    data: JSONBody[schemas.ProductInput],
    key: Key = None,
) -> schemas.Product:
    """What was ordered stays as it was."""
    return await once(
        ctx,
        key,
        "change_product",
        (product_id, data),
        schemas.Product,
        lambda: catalogue.change_product(ctx, product_id, data),
    )


@post(
    "/products/{product_id:uuid}/prices",
    operation_id="payments_add_price",
    permission=SELL,
    summary="Offer a product at a price",
)
async def add_price(
    ctx: NamedDependency[Context],
    product_id: FromPath[UUID],
    data: JSONBody[schemas.PriceInput],
    key: Key = None,
) -> schemas.Price:
    """In minor units of a currency."""
    return await once(
        ctx,
        key,
        "add_price",
        (product_id, data),
        schemas.Price,
        lambda: catalogue.add_price(ctx, product_id, data),
    )


@put("/prices/{price_id:uuid}", operation_id="payments_change_price", permission=SELL, summary="Offer a price, or not")
async def change_price(
    ctx: NamedDependency[Context],
    price_id: FromPath[UUID],
    data: JSONBody[schemas.PriceChange],
    key: Key = None,
) -> schemas.Price:
    """Its amount never changes: add another."""
    return await once(
        ctx,
        key,
        "change_price",
        (price_id, data),
        schemas.Price,
        lambda: catalogue.change_price(ctx, price_id, active=data.active),
    )


@get("/coupons", operation_id="payments_list_coupons", permission=SELL, summary="All promotion codes")
async def list_coupons(
    ctx: NamedDependency[Context], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[schemas.Coupon]:
    """Newest first."""
    statement = select(Coupon).order_by(Coupon.created_at.desc(), Coupon.id.desc()).limit(limit + 1)
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        statement = statement.where(tuple_(Coupon.created_at, Coupon.id) < tuple_(before[0], before[1]))
    page = paginate(list(await ctx.session.scalars(statement)), limit, lambda row: (row.created_at, row.id))
    return Page(items=await selling.coupons(ctx, page.items), next_cursor=page.next_cursor)


@post("/coupons", operation_id="payments_add_coupon", permission=SELL, summary="Offer a promotion code")
async def add_coupon(
    ctx: NamedDependency[Context], data: JSONBody[schemas.CouponInput], key: Key = None
) -> schemas.Coupon:
    """An amount or a percentage, for all products or some."""
    return await once(ctx, key, "add_coupon", data, schemas.Coupon, lambda: selling.add_coupon(ctx, data))


@put("/coupons/{coupon_id:uuid}", operation_id="payments_change_coupon", permission=SELL, summary="Change a code")
async def change_coupon(
    ctx: NamedDependency[Context],
    coupon_id: FromPath[UUID],
    data: JSONBody[schemas.CouponInput],
    key: Key = None,
) -> schemas.Coupon:
    """Orders keep what it took off."""
    return await once(
        ctx,
        key,
        "change_coupon",
        (coupon_id, data),
        schemas.Coupon,
        lambda: selling.change_coupon(ctx, coupon_id, data),
    )


@get("/tax-rates", operation_id="payments_list_tax_rates", permission=SELL, summary="Tax by country and customer")
async def list_tax_rates(ctx: NamedDependency[Context]) -> schemas.TaxRates:
    """All of them."""
    return await selling.tax_rates(ctx)


@put("/tax-rates", operation_id="payments_save_tax_rates", permission=SELL, summary="Set all tax rates")
async def save_tax_rates(
    ctx: NamedDependency[Context], data: JSONBody[schemas.TaxRates], key: Key = None
) -> schemas.TaxRates:
    """Orders keep theirs."""
    return await once(ctx, key, "save_tax_rates", data, schemas.TaxRates, lambda: selling.save_tax_rates(ctx, data))


SELLING: list[Any] = [
    list_products,
    add_product,
    change_product,
    add_price,
    change_price,
    list_coupons,
    add_coupon,
    change_coupon,
    list_tax_rates,
    save_tax_rates,
]
