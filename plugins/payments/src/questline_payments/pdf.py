"""An invoice or a credit note as PDF, in the colours of the tenant's theme and the reader's language."""

import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

import msgspec
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer, Table, TableStyle

from questline_payments import typeface
from questline_payments.schemas import DocumentPage

MARGIN = 22 * mm
WIDTH = A4[0] - 2 * MARGIN
HEAD, FOOT = 34 * mm, 24 * mm
PLAIN = {"ink": "#1b1b1f", "muted": "#57575f", "line": "#dddde3", "primary": "#3b3bbf", "primary-ink": "#3030a8"}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
Cells: TypeAlias = list[list[Any]]


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What a document says in a language, and how it writes numbers."""

    invoice: str
    credit_note: str
    seller: str
    buyer: str
    date: str
    order: str
    vat_id: str
    item: str
    quantity: str
    tax: str
    amount: str
    net: str
    total: str
    page: str
    decimal: str
    thousands: str


WORDS = {
    "en": Words(
        invoice="Invoice",
        credit_note="Credit note",
        seller="From",
        buyer="To",
        date="Date",
        order="Order",
        vat_id="VAT ID",
        item="Item",
        quantity="Quantity",
        tax="Tax",
        amount="Amount",
        net="Net",
        total="Total",
        page="Page {page} of {pages}",
        decimal=".",
        thousands=",",
    ),
    "de": Words(
        invoice="Rechnung",
        credit_note="Gutschrift",
        seller="Von",
        buyer="An",
        date="Datum",
        order="Bestellung",
        vat_id="USt-IdNr.",
        item="Leistung",
        quantity="Menge",
        tax="Steuer",
        amount="Betrag",
        net="Netto",
        total="Gesamt",
        page="Seite {page} von {pages}",
        decimal=",",
        thousands=".",
    ),
}


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """What a document takes from the site: its name, and its theme's colours by the tokens' names."""

    site: str
    colors: Mapping[str, str]

    def color(self, name: str) -> Color:
        """A colour of the theme, or a plain one."""
        return HexColor(self.colors.get(name, PLAIN[name]))


def language_of(locale: str) -> str:
    """The language a document is written in for somebody with this locale."""
    code = locale.partition("-")[0].lower()
    return code if code in WORDS else "en"


def money(amount: int, page: DocumentPage, words: Words) -> str:
    """An amount in minor units, as the language writes it."""
    text = f"{Decimal(amount).scaleb(-page.exponent):,.{page.exponent}f}"
    return text.translate({ord(","): words.thousands, ord("."): words.decimal}) + f" {page.currency}"


def day(moment: dt.datetime, language: str) -> str:
    """A date, as the language writes it."""
    if language == "de":
        return f"{moment:%d.%m.%Y}"
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def render(page: DocumentPage, paper: Paper, language: str) -> bytes:
    """Write a document; the same again gives the same bytes."""
    with typeface.LOCK:
        return _Writer(page, paper, language).write()


class _Writer:
    def __init__(self, page: DocumentPage, paper: Paper, language: str) -> None:
        typeface.load()
        self._page, self._paper, self._language, self._words = page, paper, language, WORDS[language]
        self._title = f"{getattr(self._words, page.kind)} {page.number}"

    def write(self) -> bytes:
        # The number of pages stands on each of them: it is known once all are written.
        pages = [0]
        for _ in range(2):
            target = io.BytesIO()
            document = BaseDocTemplate(
                target,
                pagesize=A4,
                title=self._title,
                author=self._page.seller.name or self._paper.site,
                lang=self._language,
                invariant=1,
            )

            def decorate(canvas: Any, made: Any, last: int = pages[0]) -> None:
                pages[0] = max(pages[0], made.page)
                self._frame(canvas, made.page, last)

            body = Frame(MARGIN, FOOT, WIDTH, A4[1] - HEAD - FOOT, 0, 0, 0, 0)
            document.addPageTemplates(PageTemplate(frames=[body], onPage=decorate))
            document.build(self._story())
        return target.getvalue()

    def _frame(self, canvas: Any, number: int, last: int) -> None:
        paper = self._paper
        canvas.saveState()
        canvas.setFillColor(paper.color("primary"))
        canvas.rect(0, A4[1] - 5 * mm, A4[0], 5 * mm, stroke=0, fill=1)
        site = self._text(paper.site, size=13, bold=True, color="primary-ink")
        site.wrap(WIDTH, 12 * mm)
        site.drawOn(canvas, MARGIN, A4[1] - 20 * mm)
        counted = self._words.page.format(page=number, pages=last)
        foot = self._text(f"{self._title} · {counted}", size=8, color="muted", right=True)
        foot.wrap(WIDTH, 8 * mm)
        foot.drawOn(canvas, MARGIN, 12 * mm)
        canvas.restoreState()

    def _text(
        self, text: str, *, size: float = 10, bold: bool = False, color: str = "ink", right: bool = False
    ) -> Paragraph:
        style = ParagraphStyle(
            "text",
            fontName=typeface.BOLD if bold else typeface.REGULAR,
            fontSize=size,
            leading=size * 1.45,
            textColor=self._paper.color(color),
            alignment=TA_RIGHT if right else 0,
            splitLongWords=1,
        )
        return Paragraph(typeface.markup(text, bold=bold), style)

    def _label(self, text: str, *, right: bool = False) -> Paragraph:
        return self._text(text, size=8.5, color="muted", right=right)

    def _story(self) -> list[Any]:
        return [
            self._text(self._title, size=20, bold=True),
            Spacer(0, 8 * mm),
            self._parties(),
            Spacer(0, 9 * mm),
            self._lines(),
            Spacer(0, 4 * mm),
            self._sums(),
        ]

    def _parties(self) -> Table:
        page, words = self._page, self._words
        seller = [page.seller.name or self._paper.site, page.seller.address]
        if page.seller.vat_id:
            seller.append(f"{words.vat_id} {page.seller.vat_id}")
        buyer = []
        if page.buyer:
            buyer = [page.buyer.name, page.buyer.address, page.buyer.country]
            if page.buyer.vat_id:
                buyer.append(f"{words.vat_id} {page.buyer.vat_id}")
        cells = [
            [self._label(words.seller), self._label(words.buyer)],
            [self._text("\n".join(filter(None, each))) for each in (seller, buyer)],
            [self._label(words.date), self._label(words.order)],
            [self._text(day(page.issued_at, self._language)), self._text(page.order_number)],
        ]
        return self._table(cells, [WIDTH / 2] * 2, [("TOPPADDING", (0, 2), (-1, 2), 5 * mm)])

    def _lines(self) -> Table:
        words = self._words
        cells: Cells = [
            [
                self._label(words.item),
                self._label(words.quantity, right=True),
                self._label(words.tax, right=True),
                self._label(words.amount, right=True),
            ]
        ]
        for each in self._page.lines:
            cells.append(
                [
                    self._text(each.title),
                    self._text(str(each.quantity), right=True),
                    self._text(self._percent(each.tax_percent), right=True),
                    self._text(money(each.total, self._page, words), right=True),
                ]
            )
        line = self._paper.color("line")
        looks = [
            ("LINEBELOW", (0, 0), (-1, 0), 1, self._paper.color("primary")),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, line),
            ("TOPPADDING", (0, 1), (-1, -1), 2.2 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2 * mm),
        ]
        return self._table(cells, [WIDTH - 96 * mm, 20 * mm, 26 * mm, 50 * mm], looks, repeatRows=1)

    def _sums(self) -> Table:
        page, words = self._page, self._words
        rates: dict[str, int] = {}
        for each in page.lines:
            rates[each.tax_percent] = rates.get(each.tax_percent, 0) + each.tax
        taxed = {rate: amount for rate, amount in rates.items() if Decimal(rate)}
        rows = [(words.net, page.total - sum(rates.values()))] if taxed else []
        rows += [(f"{words.tax} {self._percent(rate)}", amount) for rate, amount in taxed.items()]
        cells = [["", self._label(name), self._label(money(amount, page, words), right=True)] for name, amount in rows]
        total = money(page.total, page, words)
        cells.append(
            ["", self._text(words.total, size=12, bold=True), self._text(total, size=12, bold=True, right=True)]
        )
        looks = [
            ("LINEABOVE", (1, -1), (-1, -1), 1, self._paper.color("primary")),
            ("TOPPADDING", (0, -1), (-1, -1), 2 * mm),
        ]
        return self._table(cells, [WIDTH - 96 * mm, 36 * mm, 60 * mm], looks)

    def _percent(self, text: str) -> str:
        return f"{Decimal(text).normalize():f}".replace(".", self._words.decimal) + " %"

    def _table(self, cells: Cells, widths: list[float], looks: list[Any], **more: Any) -> Table:
        plain = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 1 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1 * mm),
        ]
        return Table(cells, colWidths=widths, style=TableStyle([*plain, *looks]), **more)
