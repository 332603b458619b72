"""What the API takes and gives."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

Amount = Annotated[int, Meta(gt=0, le=10**12)]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$")]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
Title = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]
Words = Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")]
Code = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{2,40}$")]
Kind = Literal["course", "bundle", "seats"]
Interval = Literal["month", "year"]
Customer = Literal["person", "company"]
State = Literal["open", "expired", "cancelled", "review", "paid", "partly_refunded", "refunded", "disputed"]


class ProductInput(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sold."""

    kind: Kind
    title: Title
    summary: Words = ""
    course_ids: Annotated[list[UUID], Meta(min_length=1, max_length=100)]
    active: bool = True


class PriceInput(msgspec.Struct, frozen=True, kw_only=True):
    """What a product is to cost in a currency, in minor units: once, or every month or year."""

    currency: Currency
    amount: Amount
    tax_inclusive: bool = True
    interval: Interval | None = None


class PriceChange(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a price is offered; its amount never changes."""

    active: bool


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """What a product costs in a currency."""

    id: UUID
    product_id: UUID
    currency: str
    exponent: int
    amount: int
    tax_inclusive: bool
    interval: Interval | None
    active: bool


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """What is sold, as admins see it."""

    id: UUID
    kind: str
    title: str
    summary: str
    course_ids: list[UUID]
    active: bool
    prices: list[Price]
    created_at: dt.datetime


class CourseRef(msgspec.Struct, frozen=True, kw_only=True):
    """A course that a product opens."""

    id: UUID
    slug: str
    title: str


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """What is sold, as buyers see it."""

    product_id: UUID
    kind: str
    title: str
    summary: str
    courses: list[CourseRef]
    prices: list[Price]
    owned: bool


class Offers(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is sold."""

    items: list[Offer]


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a course is sold, and whether the reader holds it."""

    for_sale: bool
    entitled: bool
    offers: list[Offer]


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """A way to pay."""

    name: str
    title: str
    test: bool
    saves_methods: bool


class Providers(msgspec.Struct, frozen=True, kw_only=True):
    """The ways to pay."""

    items: list[Provider]


class CartLine(msgspec.Struct, frozen=True, kw_only=True):
    """A price and how often."""

    price_id: UUID
    quantity: Annotated[int, Meta(ge=1, le=1000)] = 1


class Billing(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an invoice is made out to."""

    name: Annotated[str, Meta(max_length=200, pattern=r"^[^\x00]*$")] = ""
    country: Country
    customer_type: Customer = "person"
    vat_id: Annotated[str, Meta(max_length=20, pattern=r"^[A-Za-z0-9 .-]*$")] | None = None
    address: Annotated[str, Meta(max_length=500, pattern=r"^[^\x00]*$")] = ""


class CartInput(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody means to buy."""

    lines: Annotated[list[CartLine], Meta(max_length=20)]
    promotion_code: Code | None = None
    billing: Billing | None = None


class QuotedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line with what it comes to."""

    price_id: UUID
    product_id: UUID
    kind: str
    title: str
    quantity: int
    unit_amount: int
    interval: Interval | None = None
    subtotal: int
    discount: int
    tax: int
    tax_percent: str
    total: int


class Obstacle(msgspec.Struct, frozen=True, kw_only=True):
    """Why a cart cannot be ordered as it is."""

    code: str
    detail: str


class CartView(msgspec.Struct, frozen=True, kw_only=True):
    """A cart with what it comes to."""

    lines: list[QuotedLine]
    currency: str | None
    exponent: int
    subtotal: int
    discount: int
    tax: int
    total: int
    tax_inclusive: bool
    promotion_code: str | None
    billing: Billing | None
    problem: Obstacle | None


class OrderInput(msgspec.Struct, frozen=True, kw_only=True):
    """What to buy and where to pay; without lines, what is in the cart."""

    provider: Annotated[str, Meta(max_length=100, pattern="^[a-z0-9_.]+$")]
    lines: Annotated[list[CartLine], Meta(min_length=1, max_length=20)] | None = None
    promotion_code: Code | None = None
    billing: Billing | None = None


class Buyer(msgspec.Struct, frozen=True, kw_only=True):
    """Who ordered."""

    id: UUID
    display_name: str


class OrderCard(msgspec.Struct, frozen=True, kw_only=True):
    """An order in a list."""

    id: UUID
    number: str
    state: State
    title: str
    currency: str
    exponent: int
    total: int
    provider: str | None
    created_at: dt.datetime
    buyer: Buyer | None


class OrderLine(QuotedLine, frozen=True, kw_only=True):
    """A line of an order."""

    id: UUID
    refunded: int
    courses: list[CourseRef]


class RefundView(msgspec.Struct, frozen=True, kw_only=True):
    """Money that goes back."""

    id: UUID
    amount: int
    state: Literal["requested", "done", "failed"]
    reason: str
    surplus: bool
    created_at: dt.datetime


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to an order."""

    at: dt.datetime
    event: str
    before: str | None
    after: str | None
    detail: str


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice or a credit note."""

    id: UUID
    kind: Literal["invoice", "credit_note"]
    number: str
    issued_at: dt.datetime
    currency: str
    exponent: int
    total: int


class OrderView(OrderCard, frozen=True, kw_only=True):
    """An order with everything about it."""

    lines: list[OrderLine]
    subtotal: int
    discount: int
    tax: int
    tax_inclusive: bool
    paid: int
    refunded: int
    disputed: int
    refundable: int
    surplus: int
    promotion_code: str | None
    billing: Billing | None
    checkout_url: str | None
    expires_at: dt.datetime | None
    can_cancel: bool
    documents: list[DocumentView]
    refunds: list[RefundView]
    timeline: list[TimelineEntry]


class ShareInput(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a line goes back."""

    line_id: UUID
    amount: Amount


class RefundInput(msgspec.Struct, frozen=True, kw_only=True):
    """How much goes back: an amount, or parts of lines, or all that is left."""

    amount: Amount | None = None
    lines: Annotated[list[ShareInput], Meta(min_length=1, max_length=20)] | None = None
    surplus: bool = False
    reason: Annotated[str, Meta(max_length=500, pattern=r"^[^\x00]*$")] = ""


class CouponInput(msgspec.Struct, frozen=True, kw_only=True):
    """A promotion code: what it takes off, for what, when, and how often."""

    code: Code
    percent: Annotated[int, Meta(ge=1, le=100)] | None = None
    amount: Amount | None = None
    currency: Currency | None = None
    product_ids: Annotated[list[UUID], Meta(max_length=100)] = []
    starts_at: Annotated[dt.datetime, Meta(tz=True)] | None = None
    ends_at: Annotated[dt.datetime, Meta(tz=True)] | None = None
    max_uses: Annotated[int, Meta(ge=1, le=10**6)] | None = None
    max_uses_per_buyer: Annotated[int, Meta(ge=1, le=1000)] | None = None
    active: bool = True


class Coupon(msgspec.Struct, frozen=True, kw_only=True):
    """A promotion code, and how often it is used."""

    id: UUID
    code: str
    percent: int | None
    amount: int | None
    currency: str | None
    exponent: int | None
    product_ids: list[UUID]
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    max_uses: int | None
    max_uses_per_buyer: int | None
    active: bool
    uses: int
    created_at: dt.datetime


class TaxRate(msgspec.Struct, frozen=True, kw_only=True):
    """What buyers of a country pay: per cent as text, with two decimals."""

    country: Country
    customer_type: Customer
    percent: Annotated[str, Meta(pattern=r"^[0-9]{1,3}(\.[0-9]{1,2})?$")]


class TaxRates(msgspec.Struct, frozen=True, kw_only=True):
    """All rates."""

    items: Annotated[list[TaxRate], Meta(max_length=600)]


class Seller(msgspec.Struct, frozen=True, kw_only=True):
    """Who sells."""

    name: str
    address: str
    vat_id: str


class DocumentLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a document says of a product; less than nothing where it was taken back."""

    title: str
    quantity: int
    total: int
    tax: int
    tax_percent: str


class DocumentPage(DocumentView, frozen=True, kw_only=True):
    """An invoice or a credit note with all it says."""

    order_id: UUID
    order_number: str
    tax_inclusive: bool
    seller: Seller
    buyer: Billing | None
    lines: list[DocumentLine]
