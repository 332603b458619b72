"""Mails to buyers: the receipt with the invoice, and credit notes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from questline_payments import documents
from questline_payments.models import Document, Order
from questline_payments.money import shown
from questline_payments.orders_view import document as card_of
from questline_sdk import Context
from questline_sdk.mail import MailFile, Mails, MailWords

INVOICE = {
    "en": MailWords(
        subject="Your receipt from {{ site }}: {{ number }}",
        paragraphs=(
            "Thank you. Order {{ order }} is paid: {{ title }}, {{ amount }}.",
            "The invoice {{ number }} goes with this mail; you find it with your order, too.",
        ),
        button="See the order",
    ),
    "de": MailWords(
        subject="Deine Quittung von {{ site }}: {{ number }}",
        paragraphs=(
            "Danke. Die Bestellung {{ order }} ist bezahlt: {{ title }}, {{ amount }}.",
            "Die Rechnung {{ number }} hängt an dieser Mail; du findest sie auch bei deiner Bestellung.",
        ),
        button="Zur Bestellung",
    ),
}
CREDIT_NOTE = {
    "en": MailWords(
        subject="A credit note from {{ site }}: {{ number }}",
        paragraphs=(
            "Something of order {{ order }} was taken back: {{ title }}, {{ amount }}.",
            "The credit note {{ number }} goes with this mail; you find it with your order, too.",
        ),
        button="See the order",
    ),
    "de": MailWords(
        subject="Eine Gutschrift von {{ site }}: {{ number }}",
        paragraphs=(
            "Von der Bestellung {{ order }} wurde etwas zurückgenommen: {{ title }}, {{ amount }}.",
            "Die Gutschrift {{ number }} hängt an dieser Mail; du findest sie auch bei deiner Bestellung.",
        ),
        button="Zur Bestellung",
    ),
}


async def send(ctx: Context, document_id: UUID) -> bool:
    """Mail a document to who bought; says whether there is somebody to mail it to."""
    statement = select(Document, Order).join(Order, Order.id == Document.order_id).where(Document.id == document_id)
    row = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        return False
    document, order = row
    if order.user_id is None:
        return False
    number = documents.number_of(document)

    async def files(language: str) -> Sequence[MailFile]:
        page = await documents.page(ctx, document, order, card_of(document))
        content = await documents.pdf(ctx, page, language)
        return [MailFile(name=f"{number}.pdf", media_type="application/pdf", content=content)]

    return await ctx.service(Mails).to_user(
        order.user_id,
        f"payments.{document.kind}",
        INVOICE if document.kind == documents.INVOICE else CREDIT_NOTE,
        path=f"/x/payments/orders/{order.id}",
        files=files,
        number=number,
        order=order.number,
        title=order.title,
        amount=shown(abs(document.total), order.currency),
    )
