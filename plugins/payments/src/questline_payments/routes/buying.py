"""What buyers do: look, put into the cart, order, and see how it stands."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from litestar import Request, Response, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, FromQuery, JSONBody
from sqlalchemy import select, tuple_

from questline_payments import cart, catalogue, documents, mailing, orders, orders_view, schemas
from questline_payments.idempotency import Key, NeededKey, kept, once
from questline_payments.models import Order
from questline_payments.permissions import BUY, READ
from questline_payments.routes.parameters import Cursor, Limit
from questline_sdk import Conflict, Context, Page
from questline_sdk.pages import DEFAULT_LIMIT, decode_cursor, paginate
from questline_sdk.payments import PaymentCapability, PaymentProviders
from questline_sdk.provisioning import Accounts


@get("/offers", operation_id="payments_list_offers", permission=BUY, summary="What is sold")
async def list_offers(ctx: NamedDependency[Context], course_id: FromQuery[UUID | None] = None) -> schemas.Offers:
    """Everything, or what opens one course."""
    return schemas.Offers(items=await catalogue.offers(ctx, course_id))


@get(
    "/courses/{course_id:uuid}/access",
    operation_id="payments_get_access",
    permission=BUY,
    summary="Whether a course is sold, and held",
)
async def get_access(ctx: NamedDependency[Context], course_id: FromPath[UUID]) -> schemas.Access:
    """A course that is not sold says so, and nothing else."""
    return await catalogue.access(ctx, course_id)


@get("/providers", operation_id="payments_list_providers", permission=BUY, summary="The ways to pay")
async def list_providers(ctx: NamedDependency[Context]) -> schemas.Providers:
    """Those that are on for the site and set up."""
    found = (await ctx.service(PaymentProviders).all()).values()
    return schemas.Providers(
        items=[
            schemas.Provider(
                name=each.name,
                title=each.title,
                test=each.test,
                saves_methods=PaymentCapability.SAVED_METHODS in each.capabilities,
            )
            for each in found
            if await each.is_ready(ctx)
        ]
    )


@get("/me/cart", operation_id="payments_get_cart", permission=BUY, summary="The reader's cart")
async def get_cart(ctx: NamedDependency[Context]) -> schemas.CartView:
    """With what it comes to, or what is in its way."""
    return await cart.view(ctx, await cart.read(ctx))


@put("/me/cart", operation_id="payments_save_cart", permission=BUY, summary="Change the reader's cart")
async def save_cart(
    ctx: NamedDependency[Context], data: JSONBody[schemas.CartInput], key: Key = None
) -> schemas.CartView:
    """All of it at once."""
    return await once(ctx, key, "save_cart", data, schemas.CartView, lambda: cart.save(ctx, data))


@post("/orders", operation_id="payments_order", permission=BUY, summary="Order, and get the page to pay at")
async def order(
    ctx: NamedDependency[Context], request: Request[Any, Any, Any], data: JSONBody[schemas.OrderInput], key: NeededKey
) -> schemas.OrderView:
    """Once for a key; the same again answers with the same order."""
    site = _site(request)

    async def act() -> schemas.OrderView:
        order_id = await orders.order(ctx, data, key, site)
        return await orders_view.view(ctx, order_id, everyones=False)

    return await kept(ctx, key, "order", data, schemas.OrderView, act)


@get("/me/orders", operation_id="payments_list_my_orders", permission=BUY, summary="The reader's orders")
async def list_my_orders(
    ctx: NamedDependency[Context], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[schemas.OrderCard]:
    """Newest first."""
    statement = select(Order).where(Order.user_id == ctx.user.id)
    statement = statement.order_by(Order.created_at.desc(), Order.id.desc()).limit(limit + 1)
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        statement = statement.where(tuple_(Order.created_at, Order.id) < tuple_(before[0], before[1]))
    rows = list(await ctx.session.scalars(statement))
    page = paginate(rows, limit, lambda row: (row.created_at, row.id))
    return Page(items=[orders_view.card(row, None) for row in page.items], next_cursor=page.next_cursor)


@get("/orders/{order_id:uuid}", operation_id="payments_get_order", permission=BUY, summary="An order")
async def get_order(ctx: NamedDependency[Context], order_id: FromPath[UUID]) -> schemas.OrderView:
    """One's own, or any for those who may see all."""
    return await orders_view.view(ctx, order_id, everyones=ctx.user.may(READ))


@post(
    "/orders/{order_id:uuid}/check",
    operation_id="payments_check_order",
    permission=BUY,
    status_code=200,
    summary="Ask the provider how one's own order stands",
)
async def check_order(ctx: NamedDependency[Context], order_id: FromPath[UUID], key: Key = None) -> schemas.OrderView:
    """For the page that buyers come back to; what it finds is booked, and asking twice is harmless."""
    await orders.check(ctx, order_id)
    return await orders_view.view(ctx, order_id, everyones=False)


@post(
    "/orders/{order_id:uuid}/cancel",
    operation_id="payments_cancel_order",
    permission=BUY,
    status_code=200,
    summary="Give up one's own order",
)
async def cancel_order(ctx: NamedDependency[Context], order_id: FromPath[UUID], key: Key = None) -> schemas.OrderView:
    """As long as it is open."""

    async def act() -> schemas.OrderView:
        await orders.cancel(ctx, order_id)
        return await orders_view.view(ctx, order_id, everyones=False)

    return await once(ctx, key, "cancel_order", order_id, schemas.OrderView, act)


@get("/documents/{document_id:uuid}", operation_id="payments_get_document", permission=BUY, summary="An invoice")
async def get_document(ctx: NamedDependency[Context], document_id: FromPath[UUID]) -> schemas.DocumentPage:
    """An invoice or a credit note of one's own order, or of any for those who may see all."""
    return await orders_view.document_page(ctx, document_id, everyones=ctx.user.may(READ))


@get(
    "/documents/{document_id:uuid}/pdf",
    operation_id="payments_get_document_pdf",
    permission=BUY,
    summary="An invoice as PDF",
    media_type="application/pdf",
    responses={200: ResponseSpec(data_container=bytes, media_type="application/pdf", generate_examples=False)},
)
async def get_document_pdf(ctx: NamedDependency[Context], document_id: FromPath[UUID]) -> Response[bytes]:
    """In the site's colours and the reader's language."""
    found = await orders_view.document_page(ctx, document_id, everyones=ctx.user.may(READ))
    people = ctx.service(Accounts).table()
    locale = await ctx.session.scalar(select(people.c.locale).where(people.c.id == ctx.user.id))
    return Response(
        await documents.pdf(ctx, found, locale or "en"),
        media_type="application/pdf",
        headers={"content-disposition": f'attachment; filename="{found.number}.pdf"'},
    )


@post(
    "/documents/{document_id:uuid}/mail",
    operation_id="payments_mail_document",
    permission=BUY,
    status_code=204,
    summary="Mail an invoice to who bought",
)
async def mail_document(ctx: NamedDependency[Context], document_id: FromPath[UUID], key: Key = None) -> None:
    """Once more, to the buyer's address and nobody else's; of one's own order, or of any for those who may see all."""
    await orders_view.may_see_document(ctx, document_id, everyones=ctx.user.may(READ))

    async def act() -> None:
        if not await mailing.send(ctx, document_id):
            raise Conflict("There is nobody to mail it to any more.", code="no_buyer")

    await once(ctx, key, "mail_document", document_id, type(None), act)


def _site(request: Request[Any, Any, Any]) -> str:
    """Where the buyer is now: their browser says so, of this host and no other."""
    here, origin = request.base_url, request.headers.get("origin", "")
    if urlsplit(origin).netloc == here.netloc and urlsplit(origin).scheme in {"http", "https"}:
        return origin.rstrip("/")
    return f"{here.scheme}://{here.netloc}"


BUYING: list[Any] = [
    list_offers,
    get_access,
    list_providers,
    get_cart,
    save_cart,
    order,
    list_my_orders,
    get_order,
    check_order,
    cancel_order,
    get_document,
    get_document_pdf,
    mail_document,
]
