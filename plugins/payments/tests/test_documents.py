"""Invoices and credit notes: numbers without gaps, a PDF in the site's colours, and mails with it."""

import datetime as dt
import io
from uuid import UUID, uuid4

import msgspec
import pytest
from pypdf import PdfReader
from sqlalchemy import select

from questline_core.mail.models import Mail
from questline_core.mail.server import MailServer
from questline_payments import mailing
from questline_payments.models import Order
from questline_payments.pdf import Paper, render
from questline_payments.schemas import Billing, DocumentLine, DocumentPage, Seller

API = "/api/v1/p/payments"
NAMES = "Łukasz Żółć, Ελένη, Дмитрий, Ağça <b>&"
SELLER = {"seller": "Tea & Co", "address": "Harbour 1\nHamburg", "vat_id": "DE123456789", "country": "DE"}


def page(**more):
    lines = [
        DocumentLine(title=f"Course {number}", quantity=1, total=5950, tax=950, tax_percent="19.00")
        for number in range(more.pop("lines", 1))
    ]
    return DocumentPage(
        id=uuid4(),
        kind=more.pop("kind", "invoice"),
        number="INV-000042",
        issued_at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC),
        currency="EUR",
        exponent=2,
        total=sum(each.total for each in lines),
        order_id=uuid4(),
        order_number="O-000077",
        tax_inclusive=True,
        seller=Seller(name="Tea & Co", address="Harbour 1", vat_id="DE123456789"),
        buyer=Billing(name=NAMES, country="PL", address="Ulica 1\nKraków"),
        lines=lines,
        **more,
    )


def text_of(content):
    reader = PdfReader(io.BytesIO(content))
    return reader, "\n".join(each.extract_text() for each in reader.pages)


async def paid(shop, **more):
    settings = await shop.admin.put("/api/v1/plugins/payments/settings", json=SELLER | more)
    assert settings.status_code == 200, settings.text
    order = await shop.order(billing={"name": NAMES, "country": "PL"})
    await shop.press(order, "pay")
    return await shop.check(order)


async def mails(shop):
    async with shop.site.context(shop.tenant.id) as ctx:
        statement = select(Mail).where(Mail.kind.like("payments.%")).order_by(Mail.created_at, Mail.id)
        return list(await ctx.session.scalars(statement))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Invoice INV-000042", "3 November 2026", "1,190.00 EUR", "19 %", "Net", "VAT ID DE123456789")),
        ("de", ("Rechnung INV-000042", "03.11.2026", "1.190,00 EUR", "19 %", "Netto", "USt-IdNr. DE123456789")),
    ],
)
def test_a_pdf_says_everything_in_the_readers_language(language, words):
    shown = page(lines=20)
    paper = Paper(site="Tea School", colors={"primary": "#a1b2c3"})
    content = render(shown, paper, language)
    reader, text = text_of(content)
    flat = " ".join(text.split())
    for each in (*words, NAMES, "Kraków", "Course 19", "O-000077", "Tea School"):
        assert each in flat
    assert len(reader.pages) == 2
    assert f"2 {'of' if language == 'en' else 'von'} 2" in flat
    assert reader.metadata.title == words[0]
    assert b" ".join(f"{int(each, 16) / 255:.6g}".lstrip("0").encode() for each in ("a1", "b2", "c3")) in (
        reader.pages[0].get_contents().get_data()
    )
    assert render(shown, paper, language) == content


def test_names_in_any_script_are_printed():
    buyer = Billing(name="山田太郎 김철수 \U0001f600\x07", country="JP")
    _, text = text_of(render(msgspec.structs.replace(page(), buyer=buyer), Paper(site="S", colors={}), "en"))
    assert "山田太郎" in text
    assert "김철수" in text
    assert "?" in text


async def test_a_buyer_downloads_the_invoice_and_nobody_else_does(shop, as_user):
    order = await paid(shop)
    (invoice,) = order["documents"]
    path = f"{API}/documents/{invoice['id']}/pdf"
    answer = await shop.buyer.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert invoice["number"] in answer.headers["content-disposition"]
    _, text = text_of(answer.content)
    assert "Tea & Co" in text
    assert NAMES in " ".join(text.split())
    assert (await shop.admin.get(path)).status_code == 200
    other = await as_user("learner")
    assert (await other.get(path)).status_code == 404
    assert (await other.post(f"{API}/documents/{invoice['id']}/mail")).status_code == 404
    changed = await shop.admin.put("/api/v1/plugins/payments/settings", json=SELLER | {"seller": "Somebody else"})
    assert changed.status_code == 200
    assert "Somebody else" not in text_of((await shop.buyer.get(path)).content)[1]


async def test_each_document_is_mailed_once_and_again_when_asked(shop):
    order = await paid(shop)
    await shop.site.drain()
    (receipt,) = await mails(shop)
    assert (receipt.kind, receipt.user_id) == ("payments.invoice", UUID(str(shop.buyer.user_id)))
    assert order["documents"][0]["number"] in receipt.content.subject
    assert "50.00 EUR" in receipt.content.text
    assert f"/x/payments/orders/{order['id']}" in receipt.content.text
    await shop.refund(order, amount=2000)
    await shop.site.drain()
    assert [each.kind for each in await mails(shop)] == ["payments.invoice", "payments.credit_note"]
    path = f"{API}/documents/{order['documents'][0]['id']}/mail"
    for key in ("again-1-again", "again-1-again", "again-2-again"):
        assert (await shop.buyer.post(path, headers={"idempotency-key": key})).status_code == 204
    assert (await shop.admin.post(path)).status_code == 204
    found = await mails(shop)
    assert len(found) == 5
    assert {each.user_id for each in found} == {receipt.user_id}


async def test_no_mail_where_the_seller_wants_none_or_the_buyer_is_gone(shop):
    order = await paid(shop, mail_documents=False)
    await shop.site.drain()
    assert await mails(shop) == []
    async with shop.site.context(shop.tenant.id) as ctx:
        found = await ctx.session.get(Order, (shop.tenant.id, UUID(order["id"])))
        found.user_id = None
    answer = await shop.admin.post(f"{API}/documents/{order['documents'][0]['id']}/mail")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_buyer")


async def test_the_file_goes_with_the_mail(shop, monkeypatch):
    order = await paid(shop, mail_documents=False)
    await shop.site.drain()
    monkeypatch.setattr(shop.site.host, "mail_server", MailServer.parse("smtp+plain://127.0.0.1:9"))
    async with shop.site.context(shop.tenant.id) as ctx:
        assert await mailing.send(ctx, UUID(order["documents"][0]["id"]))
    (mail,) = await mails(shop)
    (file,) = mail.content.files
    assert (file.name, file.media_type) == (f"{order['documents'][0]['number']}.pdf", "application/pdf")
    assert NAMES in " ".join(text_of(file.content)[1].split())
