"""Invoices and credit notes: one when something is sold, one whenever some of it is taken back, none with a gap."""

import asyncio
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from questline_payments.mail_job import MAIL, MailDocument
from questline_payments.models import Document, Line, Order, Series
from questline_payments.money import share
from questline_payments.schemas import Billing, DocumentLine, DocumentPage, DocumentView, Seller
from questline_payments.settings import PaymentsSettings
from questline_sdk import Context
from questline_sdk.services import SiteLook

INVOICE, CREDIT_NOTE = "invoice", "credit_note"
PREFIX = {INVOICE: "INV", CREDIT_NOTE: "CN"}


def number_of(document: Document) -> str:
    """A document's number as people read it."""
    return f"{PREFIX[document.kind]}-{document.number:06d}"


async def next_number(ctx: Context, series: str) -> int:
    """The next number of a series; others wait for this transaction, so that none is left out."""
    new = insert(Series).values(name=series, last=1)
    statement = new.on_conflict_do_update(
        index_elements=["tenant_id", "name"], set_={"last": Series.last + 1}
    ).returning(Series.last)
    return int((await ctx.session.execute(statement)).scalar_one())


async def issue(ctx: Context, order: Order, worth: Mapping[UUID, int]) -> None:
    """Write the document that brings what was invoiced to what the lines of an order are worth now, and mail it."""
    lines = list(await ctx.session.scalars(select(Line).where(Line.order_id == order.id).order_by(Line.position)))
    before = await _invoiced(ctx, order)
    now = sum(worth.values())
    delta = {line.id: worth[line.id] - before.get(str(line.id), 0) for line in lines}
    first = not before
    if not (first or any(delta.values())):
        return
    kind = INVOICE if first or now > sum(before.values()) else CREDIT_NOTE
    settings = await ctx.settings(PaymentsSettings)
    made = Document(
        order_id=order.id,
        kind=kind,
        series=kind,
        number=await next_number(ctx, kind),
        currency=order.currency,
        total=sum(delta.values()),
        content={
            "lines": {str(line): amount for line, amount in delta.items()},
            "seller": msgspec.to_builtins(_seller(settings)),
        },
        issued_at=ctx.now,
    )
    ctx.session.add(made)
    await ctx.session.flush()
    if settings.mail_documents and order.user_id is not None:
        await ctx.enqueue(MAIL, MailDocument(document_id=made.id))


def _seller(settings: PaymentsSettings) -> Seller:
    return Seller(name=settings.seller, address=settings.address, vat_id=settings.vat_id)


async def _invoiced(ctx: Context, order: Order) -> dict[str, int]:
    sums: dict[str, int] = {}
    for document in await of_order(ctx, order.id):
        for line, amount in document.content["lines"].items():
            sums[line] = sums.get(line, 0) + amount
    return sums


async def of_order(ctx: Context, order_id: UUID) -> list[Document]:
    """An order's documents, oldest first."""
    statement = select(Document).where(Document.order_id == order_id).order_by(Document.issued_at, Document.id)
    return list(await ctx.session.scalars(statement))


async def page(ctx: Context, document: Document, order: Order, card: DocumentView) -> DocumentPage:
    """A document with all it says."""
    settings = await ctx.settings(PaymentsSettings)
    lines = {
        str(line.id): line for line in await ctx.session.scalars(select(Line).where(Line.order_id == document.order_id))
    }
    said = [(lines[line], amount) for line, amount in document.content["lines"].items()]
    return DocumentPage(
        **msgspec.structs.asdict(card),
        order_id=order.id,
        order_number=order.number,
        tax_inclusive=order.tax_inclusive,
        seller=msgspec.convert(document.content.get("seller"), Seller | None) or _seller(settings),
        buyer=msgspec.convert(order.billing, Billing | None),
        lines=[
            DocumentLine(
                title=line.title,
                quantity=line.quantity,
                total=amount,
                tax=share(line.tax, amount, line.total) if amount >= 0 else -share(line.tax, -amount, line.total),
                tax_percent=str(Decimal(line.tax_points).scaleb(-2)),
            )
            for line, amount in sorted(said, key=lambda each: each[0].position)
            if amount or document.kind == INVOICE
        ],
    )


async def pdf(ctx: Context, shown: DocumentPage, locale: str) -> bytes:
    """A document as PDF, in the tenant's colours."""
    from questline_payments.pdf import Paper, language_of, render  # draws in a library that takes a while to load

    look = await ctx.service(SiteLook).tokens("light")
    paper = Paper(site=look.site_name, colors=look.colors)
    return await asyncio.to_thread(render, shown, paper, language_of(locale))


async def count(ctx: Context, series: str) -> int:
    """How many documents a series has."""
    return int(await ctx.session.scalar(select(func.count()).where(Document.series == series)) or 0)
