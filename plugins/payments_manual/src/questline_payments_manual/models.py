"""The tables of bank transfers, in the schema `payments_manual`."""

import datetime as dt
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, Created, TenantMixin, not_personal, schema_metadata

SCHEMA = "payments_manual"


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata(SCHEMA)
    type_annotation_map = COLUMN_TYPES


class Transfer(TenantMixin, Base):
    """An order that is to be paid by bank transfer."""

    __tablename__ = "transfer"

    key: Mapped[str] = mapped_column(info=not_personal("the caller's idempotency key"))
    asked: Mapped[str] = mapped_column(info=not_personal("a digest of what was asked for under the key"))
    reference: Mapped[str] = mapped_column(info=not_personal("the caller's id of the order"))
    purpose: Mapped[str] = mapped_column(info=not_personal("a random code that the buyer writes on the transfer"))
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]
    titles: Mapped[list[str]] = mapped_column(info=not_personal("titles of products"))
    locale: Mapped[str] = mapped_column(info=not_personal("the language of the page"))
    return_url: Mapped[str] = mapped_column(info=not_personal("a page of the site"))
    created_at: Mapped[Created]
    paid_at: Mapped[dt.datetime | None]
    cancelled_at: Mapped[dt.datetime | None]


class Refund(TenantMixin, Base):
    """Money of a transfer that is to go back, and has once it is settled."""

    __tablename__ = "refund"

    transfer_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(info=not_personal("the caller's idempotency key"))
    amount: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[Created]
    settled_at: Mapped[dt.datetime | None]
