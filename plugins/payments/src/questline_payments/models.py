"""The tables of payments, in the schema `payments`."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, LargeBinary, SmallInteger, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, TenantMixin, not_personal, personal, schema_metadata
from questline_sdk.db.base import TENANT

SCHEMA = "payments"
BOUGHT = personal(category="financial", purpose="what the buyer ordered, and how it stands")
BOOKED = not_personal("the books keep it; whose it was is in user_id, which is emptied when the buyer is erased")
SAVED = personal(category="financial", purpose="renews what the buyer subscribed to")
BILLED = personal(category="contact", purpose="whom the invoice is made out to, and which tax applies")


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata(SCHEMA)
    type_annotation_map = COLUMN_TYPES


class Product(TenantMixin, Base):
    """What is sold: one course, several, or seats for others."""

    __tablename__ = "product"

    kind: Mapped[str]
    title: Mapped[str] = mapped_column(info=not_personal("the title of a product"))
    summary: Mapped[str] = mapped_column(info=not_personal("what a product is, written by the tenant"))
    active: Mapped[bool]
    created_at: Mapped[dt.datetime]


class ProductCourse(Base):
    """A course that a product opens."""

    __tablename__ = "product_course"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(primary_key=True)


class Price(TenantMixin, Base):
    """What a product costs in a currency; its amount never changes."""

    __tablename__ = "price"

    product_id: Mapped[UUID]
    currency: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    tax_inclusive: Mapped[bool]
    interval: Mapped[str | None]
    trial_days: Mapped[int]
    tiers: Mapped[list[Any]]
    active: Mapped[bool]
    created_at: Mapped[dt.datetime]


class Coupon(TenantMixin, Base):
    """A promotion code and what it takes off."""

    __tablename__ = "coupon"

    code: Mapped[str] = mapped_column(info=not_personal("a promotion code, made by the tenant"))
    percent: Mapped[int | None] = mapped_column(SmallInteger)
    amount: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None]
    product_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    starts_at: Mapped[dt.datetime | None]
    ends_at: Mapped[dt.datetime | None]
    max_uses: Mapped[int | None]
    max_uses_per_buyer: Mapped[int | None]
    active: Mapped[bool]
    created_at: Mapped[dt.datetime]


class CouponUse(Base):
    """An order that holds one of a coupon's uses, until it is cancelled or expires."""

    __tablename__ = "coupon_use"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    order_id: Mapped[UUID] = mapped_column(primary_key=True)
    coupon_id: Mapped[UUID]
    user_id: Mapped[UUID]


class TaxRate(Base):
    """What is added to, or is in, prices for buyers of a country; in hundredths of a per cent."""

    __tablename__ = "tax_rate"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    country: Mapped[str] = mapped_column(primary_key=True, info=not_personal("the country of a tax"))
    customer_type: Mapped[str] = mapped_column(primary_key=True)
    points: Mapped[int]


class Cart(Base):
    """What somebody means to buy."""

    __tablename__ = "cart"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    lines: Mapped[list[Any]] = mapped_column(info=BOUGHT)
    promotion_code: Mapped[str | None] = mapped_column(info=not_personal("a promotion code, made by the tenant"))
    billing: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), info=BILLED)


class Order(TenantMixin, Base):
    """What a buyer ordered; `state` follows from the ledger once money has moved."""

    __tablename__ = "purchase"

    number: Mapped[str] = mapped_column(info=not_personal("the number of an order"))
    user_id: Mapped[UUID | None]
    key: Mapped[str] = mapped_column(info=not_personal("the caller's idempotency key"))
    asked: Mapped[str] = mapped_column(info=not_personal("a hash of what was asked under the key"))
    provider: Mapped[str | None] = mapped_column(info=not_personal("the name of a plugin"))
    state: Mapped[str] = mapped_column(info=BOOKED)
    title: Mapped[str] = mapped_column(info=BOOKED)
    currency: Mapped[str] = mapped_column(info=BOOKED)
    subtotal: Mapped[int] = mapped_column(BigInteger, info=BOOKED)
    discount: Mapped[int] = mapped_column(BigInteger, info=BOOKED)
    tax: Mapped[int] = mapped_column(BigInteger, info=BOOKED)
    total: Mapped[int] = mapped_column(BigInteger, info=BOOKED)
    tax_inclusive: Mapped[bool]
    billing: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), info=BILLED)
    promotion_code: Mapped[str | None] = mapped_column(info=not_personal("a promotion code, made by the tenant"))
    site: Mapped[str] = mapped_column(info=not_personal("the address of the site it was ordered on"))
    checkout_id: Mapped[str | None] = mapped_column(info=not_personal("the provider's id of its page"))
    checkout_url: Mapped[str | None] = mapped_column(info=not_personal("the address of the provider's page"))
    expires_at: Mapped[dt.datetime | None]
    sold_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]


class Line(TenantMixin, Base):
    """A product in an order, with the numbers it was sold at and the courses it opens."""

    __tablename__ = "line"

    order_id: Mapped[UUID]
    price_id: Mapped[UUID]
    product_id: Mapped[UUID]
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(info=not_personal("what kind of product it is"))
    title: Mapped[str] = mapped_column(info=not_personal("the title of a product"))
    quantity: Mapped[int]
    unit_amount: Mapped[int] = mapped_column(BigInteger)
    subtotal: Mapped[int] = mapped_column(BigInteger)
    discount: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    tax_points: Mapped[int]
    total: Mapped[int] = mapped_column(BigInteger)
    course_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    interval: Mapped[str | None] = mapped_column(info=not_personal("how often a price is paid"))
    subscription_id: Mapped[UUID | None]
    period_start: Mapped[dt.datetime | None]
    period_end: Mapped[dt.datetime | None]


class Subscription(TenantMixin, Base):
    """What is paid for again every month or year until it is ended; its periods are orders."""

    __tablename__ = "subscription"

    user_id: Mapped[UUID | None]
    product_id: Mapped[UUID]
    price_id: Mapped[UUID]
    first_order_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(info=BOOKED)
    title: Mapped[str] = mapped_column(info=not_personal("the title of a product"))
    interval: Mapped[str] = mapped_column(info=not_personal("how often a price is paid"))
    currency: Mapped[str] = mapped_column(info=BOOKED)
    net: Mapped[int] = mapped_column(BigInteger, info=BOOKED)
    provider: Mapped[str] = mapped_column(info=not_personal("the name of a plugin"))
    customer_id: Mapped[str | None] = mapped_column(info=SAVED)
    method_id: Mapped[str | None] = mapped_column(info=SAVED)
    billing: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), info=BILLED)
    site: Mapped[str] = mapped_column(info=not_personal("the address of the site it was ordered on"))
    anchor: Mapped[dt.datetime]
    periods: Mapped[int]
    period_start: Mapped[dt.datetime | None]
    period_end: Mapped[dt.datetime | None]
    next_at: Mapped[dt.datetime | None]
    renewal_order_id: Mapped[UUID | None]
    attempts: Mapped[int]
    failure: Mapped[str] = mapped_column(info=BOUGHT)
    created_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]


class SubscriptionEvent(TenantMixin, Base):
    """A move of a subscription from one state to another; none is ever changed."""

    __tablename__ = "subscription_event"

    subscription_id: Mapped[UUID]
    before: Mapped[str | None]
    after: Mapped[str]
    detail: Mapped[str] = mapped_column(info=not_personal("why a subscription went into a state"))
    occurred_at: Mapped[dt.datetime]


class OrderEvent(TenantMixin, Base):
    """What happened to an order, as its timeline shows it; none is ever changed."""

    __tablename__ = "order_event"

    order_id: Mapped[UUID]
    event: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    detail: Mapped[str] = mapped_column(info=not_personal("what happened, in amounts and ids of payments"))
    occurred_at: Mapped[dt.datetime]


class Posting(TenantMixin, Base):
    """A line of the ledger; those of an entry sum to zero, and none is ever changed."""

    __tablename__ = "posting"

    entry_id: Mapped[UUID]
    order_id: Mapped[UUID]
    line_id: Mapped[UUID | None]
    payment_id: Mapped[str | None] = mapped_column(info=not_personal("the provider's id of a payment"))
    kind: Mapped[str]
    account: Mapped[str] = mapped_column(info=not_personal("an account of the books"))
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    occurred_at: Mapped[dt.datetime]


class Refund(TenantMixin, Base):
    """Money that is to go back, or has gone: the intent, with what it takes off each line."""

    __tablename__ = "refund"

    order_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(info=not_personal("the caller's idempotency key"))
    asked: Mapped[str] = mapped_column(info=not_personal("a hash of what was asked under the key"))
    payment_id: Mapped[str] = mapped_column(info=not_personal("the provider's id of a payment"))
    amount: Mapped[int] = mapped_column(BigInteger)
    shares: Mapped[dict[str, Any]] = mapped_column(info=not_personal("amounts by the id of a line"))
    surplus: Mapped[bool]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(info=not_personal("why it went back, written by an admin about an order"))
    created_at: Mapped[dt.datetime]


class Entitlement(Base):
    """Whether somebody holds a course by what they paid: derived from the ledger, kept for the check at enrolment."""

    __tablename__ = "entitlement"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(primary_key=True)
    held: Mapped[bool] = mapped_column(info=BOUGHT)
    had_access: Mapped[bool] = mapped_column(info=BOUGHT)
    changed_at: Mapped[dt.datetime]


class Message(TenantMixin, Base):
    """A provider's message as it came: kept first, then checked, then acted on."""

    __tablename__ = "message"

    provider: Mapped[str] = mapped_column(info=not_personal("the name of a plugin"))
    state: Mapped[str]
    event_id: Mapped[str | None] = mapped_column(info=not_personal("the provider's id of the message"))
    type: Mapped[str | None]
    payment_id: Mapped[str | None] = mapped_column(info=not_personal("the provider's id of a payment"))
    times: Mapped[int]
    attempts: Mapped[int]
    next_at: Mapped[dt.datetime]
    error: Mapped[str] = mapped_column(info=not_personal("why the message could not be acted on"))
    headers: Mapped[dict[str, Any]] = mapped_column(info=not_personal("a provider's signature"))
    body: Mapped[bytes] = mapped_column(LargeBinary, info=not_personal("what the provider says of a payment"))
    received_at: Mapped[dt.datetime]
    done_at: Mapped[dt.datetime | None]


class Remembered(Base):
    """The response to a write, kept with the key it came under."""

    __tablename__ = "remembered"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True, info=not_personal("the caller's idempotency key"))
    asked: Mapped[str] = mapped_column(info=not_personal("a hash of what was asked"))
    response: Mapped[bytes] = mapped_column(
        LargeBinary, info=personal(category="financial", purpose="answers a repeated request as the first was")
    )
    created_at: Mapped[dt.datetime]


class Document(TenantMixin, Base):
    """An invoice or credit note: a number without gaps, and what it says, never changed."""

    __tablename__ = "document"

    order_id: Mapped[UUID]
    kind: Mapped[str]
    series: Mapped[str]
    number: Mapped[int]
    currency: Mapped[str]
    total: Mapped[int] = mapped_column(BigInteger)
    content: Mapped[dict[str, Any]] = mapped_column(
        info=not_personal("the seller and the lines of a document, in products and amounts")
    )
    issued_at: Mapped[dt.datetime]


class Series(Base):
    """The last number given in a series of documents."""

    __tablename__ = "series"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    name: Mapped[str] = mapped_column(primary_key=True, info=not_personal("the name of a series of documents"))
    last: Mapped[int]
