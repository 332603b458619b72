"""From the cart to the provider's page: the order is committed before anybody else hears of it."""

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from questline_payments import access, cart, catalogue, coupons, settle, tax
from questline_payments.documents import next_number
from questline_payments.idempotency import asked_for
from questline_payments.models import CouponUse, Line, Order, Product, Subscription
from questline_payments.quote import Quote, quote
from questline_payments.schemas import CartInput, OrderInput
from questline_payments.states import OrderChanged, move, note
from questline_sdk import Conflict, Context, NotFound
from questline_sdk.payments import (
    Checkout,
    CheckoutLine,
    CheckoutRequest,
    Money,
    PaymentCapability,
    PaymentNotFound,
    PaymentProvider,
    PaymentProviders,
)
from questline_sdk.provisioning import Accounts
from questline_sdk.services import Transactions

PAGE = "/x/payments/orders/"


async def provider_of(ctx: Context, name: str) -> PaymentProvider:
    """A provider by its name; raises `NotFound`."""
    found = (await ctx.service(PaymentProviders).all()).get(name)
    if found is None:
        raise NotFound("There is no such way to pay.", code="provider_not_found")
    return found


async def order(ctx: Context, data: OrderInput, key: str, site: str) -> UUID:
    """Order once for a key, and open the provider's page for it; the same again goes on where it stopped."""
    adapter = await provider_of(ctx, data.provider)
    async with ctx.service(Transactions).begin() as own:
        order_id = await _place(own, data, key, site)
    await _open_checkout(ctx, order_id, adapter)
    if data.lines is None:  # only now: where the provider has no page for it, the cart is as it was
        async with ctx.service(Transactions).begin() as own:
            await cart.empty(own, [(each.price_id, each.quantity) for each in await settle.lines_of(own, order_id)])
    return order_id


async def _place(ctx: Context, data: OrderInput, key: str, site: str) -> UUID:
    asked = asked_for("order", data)
    user_id = ctx.user.id
    known = await _known(ctx, user_id, key)
    if known is None:
        wanted = await cart.read(ctx) if data.lines is None else CartInput(lines=data.lines)
        code = data.promotion_code or wanted.promotion_code
        billing = data.billing or wanted.billing
        billing = tax.checked(billing) if billing else None
        found = await quote(ctx, wanted.lines, code, billing)
        if not found.lines or found.currency is None:
            raise Conflict("There is nothing to order.", code="cart_empty")
        if found.interval and not found.total:
            raise Conflict("A subscription is paid for from its first period on.", code="coupon_not_for_this")
        await _not_owned(ctx, found)
        values = {
            "number": f"O-{await next_number(ctx, 'order'):06d}",
            "user_id": user_id,
            "key": key,
            "asked": asked,
            "provider": data.provider if found.total else None,
            "state": "open",
            "title": ", ".join(each.title for each in found.lines)[:300],
            "currency": found.currency,
            "subtotal": found.subtotal,
            "discount": found.discount,
            "tax": found.tax,
            "total": found.total,
            "tax_inclusive": found.tax_inclusive,
            "billing": msgspec.to_builtins(billing),
            "promotion_code": code.upper() if code else None,
            "site": site,
            "created_at": ctx.now,
        }
        statement = (
            insert(Order).values(**values).on_conflict_do_nothing(index_elements=["tenant_id", "user_id", "key"])
        )
        order_id: UUID | None = await ctx.session.scalar(statement.returning(Order.id))
        if order_id is not None:
            await fill(ctx, order_id, found, code)
            return order_id
        known = await _known(ctx, user_id, key)
    if known is None or known.asked != asked:
        raise Conflict("This Idempotency-Key was used for another order.", code="idempotency_conflict")
    return known.id


async def _known(ctx: Context, user_id: UUID, key: str) -> Order | None:
    found: Order | None = await ctx.session.scalar(select(Order).where(Order.user_id == user_id, Order.key == key))
    return found


async def _not_owned(ctx: Context, found: Quote) -> None:
    mine = await catalogue.held(ctx, ctx.user.id)
    courses = await catalogue.courses_of(ctx, [each.id for each in found.products])
    for product in found.products:
        if product.kind == "seats":
            await _not_subscribed(ctx, found, product)
        elif courses[product.id] and set(courses[product.id]) <= mine:
            raise Conflict(f"You have {product.title} already.", code="already_owned")


async def _not_subscribed(ctx: Context, found: Quote, product: Product) -> None:
    mine = (Subscription.user_id == ctx.user.id) & (Subscription.product_id == product.id)
    live = select(Subscription.id).where(mine, Subscription.state != "ended")
    if found.interval and await ctx.session.scalar(live) is not None:
        raise Conflict(f"You subscribe to {product.title} already.", code="already_owned")


async def fill(ctx: Context, order_id: UUID, found: Quote, code: str | None) -> None:
    """Put the lines into an order that was just made, and sell them where there is nothing to pay."""
    if code:
        coupon = await coupons.find(ctx, code, lock=True)
        await coupons.check_uses(ctx, coupon, ctx.user.id)
        ctx.session.add(CouponUse(tenant_id=ctx.tenant_id, order_id=order_id, coupon_id=coupon.id, user_id=ctx.user.id))
    courses = await catalogue.courses_of(ctx, [each.id for each in found.products])
    for position, (each, product) in enumerate(zip(found.lines, found.products, strict=True)):
        ctx.session.add(
            Line(
                order_id=order_id,
                price_id=each.price_id,
                product_id=each.product_id,
                position=position,
                kind=product.kind,
                title=each.title,
                quantity=each.quantity,
                unit_amount=each.unit_amount,
                subtotal=each.subtotal,
                discount=each.discount,
                tax=each.tax,
                tax_points=found.tax_points,
                total=each.total,
                course_ids=courses[product.id],
                interval=found.interval,
            )
        )
    await ctx.session.flush()
    made = await settle.locked(ctx, order_id)
    assert made is not None  # noqa: S101  just made in this transaction
    note(ctx, made, "ordered", after="open")
    await ctx.publish(OrderChanged(order_id=order_id, user_id=made.user_id, before="", after="open"))
    if made.total == 0:
        await settle.settle(ctx, made, cause="sale")


async def _open_checkout(ctx: Context, order_id: UUID, adapter: PaymentProvider) -> None:
    """Ask the provider for its page, with no row locked meanwhile; the order's own key makes it one page."""
    async with ctx.service(Transactions).begin() as own:
        made = (await own.session.scalars(select(Order).where(Order.id == order_id))).one()
        if made.state != "open" or made.checkout_url is not None or made.provider is None:
            return
    await checkout(ctx, order_id, adapter)


async def checkout(
    ctx: Context, order_id: UUID, adapter: PaymentProvider, *, again: dt.datetime | None = None
) -> Checkout:
    """Ask the provider for the page of an order and keep its address; `again` opens another, one in an hour."""
    async with ctx.service(Transactions).begin() as own:
        made = (await own.session.scalars(select(Order).where(Order.id == order_id))).one()
        request = await _request(own, made, adapter)
        if again is not None:
            key = f"{request.idempotency_key}-{again:%Y%m%d%H}"
            request = msgspec.structs.replace(request, idempotency_key=key)
    async with ctx.service(Transactions).begin() as own:
        opened = await adapter.start_checkout(own, request)
    async with ctx.service(Transactions).begin() as own:
        locked = await settle.locked(own, order_id)
        if locked is not None and (locked.checkout_id is None or again is not None):
            locked.checkout_id, locked.checkout_url = opened.id, opened.url
            locked.expires_at = opened.expires_at
    return opened


async def _request(ctx: Context, made: Order, adapter: PaymentProvider) -> CheckoutRequest:
    people = ctx.service(Accounts).table()
    buyer = (
        await ctx.session.execute(select(people.c.email, people.c.locale).where(people.c.id == made.user_id))
    ).one()
    total = Money(amount=made.total, currency=made.currency)
    page = f"{made.site}{PAGE}{made.id}"
    lines = await settle.lines_of(ctx, made.id)
    return CheckoutRequest(
        reference=str(made.id),
        idempotency_key=f"order-{made.id}",
        lines=[
            CheckoutLine(
                title=each.title, quantity=each.quantity, total=Money(amount=each.total, currency=made.currency)
            )
            for each in lines
            if each.total
        ],
        total=total,
        customer_email=buyer.email,
        return_url=page,
        cancel_url=page,
        locale=buyer.locale,
        save_method=PaymentCapability.SAVED_METHODS in adapter.capabilities and any(each.interval for each in lines),
    )


async def own_order(ctx: Context, order_id: UUID) -> Order:
    """The acting user's own order; raises `NotFound`."""
    found = await ctx.session.scalar(select(Order).where(Order.id == order_id, Order.user_id == ctx.user.id))
    if found is None:
        raise NotFound("There is no such order.")
    return found


async def check(ctx: Context, order_id: UUID) -> None:
    """Ask the provider how the acting user's order stands: the return page's question."""
    async with ctx.service(Transactions).begin() as own:
        found = await own_order(own, order_id)
        name, checkout_id = found.provider, found.checkout_id
    if name is None or checkout_id is None:
        return
    await look(ctx, name, checkout_id)


async def look(ctx: Context, name: str, payment_id: str) -> bool:
    """Ask a provider for a payment and book what it says; says whether anything changed."""
    adapter = await provider_of(ctx, name)
    async with ctx.service(Transactions).begin() as own:
        try:
            payment = await adapter.find_payment(own, payment_id)
        except PaymentNotFound:
            return False
    async with ctx.service(Transactions).begin() as own:
        return await settle.apply(own, name, payment)


async def cancel(ctx: Context, order_id: UUID) -> None:
    """Give up an order that is not paid; what is paid for it all the same is still booked."""
    await own_order(ctx, order_id)
    found = await settle.locked(ctx, order_id)
    if found is None or found.state != "open":
        raise Conflict("Only an order that is open can be cancelled.", code="not_open")
    await move(ctx, found, "cancelled")
    await access.release_coupon(ctx, found)
