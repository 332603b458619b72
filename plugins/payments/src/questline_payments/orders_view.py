"""Orders as the API shows them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import select

from questline_payments import catalogue, documents, ledger, refunds, settle
from questline_payments.models import Document, Order, OrderEvent
from questline_payments.money import exponent
from questline_payments.quote import percent
from questline_payments.schemas import (
    Billing,
    Buyer,
    DocumentPage,
    DocumentView,
    OrderCard,
    OrderLine,
    OrderView,
    RefundView,
    TimelineEntry,
)
from questline_sdk import Context, NotFound
from questline_sdk.services import UserDirectory


async def buyers(ctx: Context, rows: Sequence[Order]) -> Mapping[UUID, Buyer]:
    """Who ordered, of those who are still there."""
    cards = await ctx.service(UserDirectory).cards({row.user_id for row in rows if row.user_id is not None})
    return {id_: Buyer(id=id_, display_name=card.display_name) for id_, card in cards.items()}


def card(order: Order, buyer: Buyer | None) -> OrderCard:
    """An order in a list."""
    return OrderCard(
        id=order.id,
        number=order.number,
        state=order.state,  # type: ignore[arg-type]
        title=order.title,
        currency=order.currency,
        exponent=exponent(order.currency),
        total=order.total,
        provider=order.provider,
        created_at=order.created_at,
        buyer=buyer,
    )


def document(row: Document) -> DocumentView:
    """An invoice or a credit note in a list."""
    return DocumentView(
        id=row.id,
        kind=row.kind,  # type: ignore[arg-type]
        number=documents.number_of(row),
        issued_at=row.issued_at,
        currency=row.currency,
        exponent=exponent(row.currency),
        total=row.total,
    )


async def view(ctx: Context, order_id: UUID, *, everyones: bool) -> OrderView:
    """The acting user's own order, or anybody's; raises `NotFound`."""
    statement = select(Order).where(Order.id == order_id).execution_options(populate_existing=True)
    order = await ctx.session.scalar(statement if everyones else statement.where(Order.user_id == ctx.user.id))
    if order is None:
        raise NotFound("There is no such order.")
    found = await ledger.held(ctx, order)
    left = await settle.left_of_lines(ctx, order)
    lines = await settle.lines_of(ctx, order_id)
    names = await catalogue.course_refs(ctx, {course for line in lines for course in line.course_ids})
    events = await ctx.session.scalars(
        select(OrderEvent).where(OrderEvent.order_id == order_id).order_by(OrderEvent.occurred_at, OrderEvent.id)
    )
    surplus, free = await refunds.surplus_of(ctx, order), await refunds.free(ctx, order)
    is_open = order.state == "open"
    shown = card(order, (await buyers(ctx, [order])).get(order.user_id or order.id))
    return OrderView(
        **msgspec.structs.asdict(shown),
        lines=[
            OrderLine(
                id=line.id,
                price_id=line.price_id,
                product_id=line.product_id,
                kind=line.kind,
                title=line.title,
                quantity=line.quantity,
                unit_amount=line.unit_amount,
                interval=line.interval,  # type: ignore[arg-type]
                subtotal=line.subtotal,
                discount=line.discount,
                tax=line.tax,
                tax_percent=percent(line.tax_points),
                total=line.total,
                refunded=line.total - left[line.id],
                courses=[names[each] for each in line.course_ids if each in names],
            )
            for line in lines
        ],
        subtotal=order.subtotal,
        discount=order.discount,
        tax=order.tax,
        tax_inclusive=order.tax_inclusive,
        paid=found.amounts["paid"],
        refunded=found.amounts["refunded"],
        disputed=found.amounts["disputed"],
        refundable=max(sum(free.values()) - sum(surplus.values()), 0),
        surplus=sum(surplus.values()),
        promotion_code=order.promotion_code,
        billing=msgspec.convert(order.billing, Billing | None),
        checkout_url=order.checkout_url if is_open else None,
        expires_at=order.expires_at if is_open else None,
        can_cancel=is_open,
        documents=[document(row) for row in await documents.of_order(ctx, order_id)],
        refunds=[
            RefundView(
                id=row.id,
                amount=row.amount,
                state=row.state,  # type: ignore[arg-type]
                reason=row.reason,
                surplus=row.surplus,
                created_at=row.created_at,
            )
            for row in await settle.refunds_of(ctx, order_id)
        ],
        timeline=[
            TimelineEntry(at=row.occurred_at, event=row.event, before=row.before, after=row.after, detail=row.detail)
            for row in events
        ],
    )


async def document_page(ctx: Context, document_id: UUID, *, everyones: bool) -> DocumentPage:
    """A document of the acting user's own order, or of anybody's; raises `NotFound`."""
    found, order = await _document(ctx, document_id, everyones=everyones)
    return await documents.page(ctx, found, order, document(found))


async def may_see_document(ctx: Context, document_id: UUID, *, everyones: bool) -> None:
    """Raise `NotFound` for what is no document of the acting user's own order, or of anybody's."""
    await _document(ctx, document_id, everyones=everyones)


async def _document(ctx: Context, document_id: UUID, *, everyones: bool) -> tuple[Document, Order]:
    statement = select(Document, Order).join(Order, Order.id == Document.order_id).where(Document.id == document_id)
    row = (
        await ctx.session.execute(statement if everyones else statement.where(Order.user_id == ctx.user.id))
    ).one_or_none()
    if row is None:
        raise NotFound("There is no such document.")
    return row[0], row[1]
