"""The tables of points, in the schema `points`."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, Created, TenantMixin, not_personal, personal, schema_metadata
from questline_sdk.db.base import TENANT

SCHEMA = "points"
BALANCE = personal(category="performance", purpose="shows the balance and the level")
LEDGER = personal(category="activity", purpose="says what each point was awarded for, and when")


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata(SCHEMA)
    type_annotation_map = COLUMN_TYPES


class Rule(TenantMixin, Base):
    """What awards points: an event type, perhaps a condition, an amount and its limits."""

    __tablename__ = "rule"

    key: Mapped[str | None]
    """Stable name of a rule that this package seeds."""
    name: Mapped[str]
    event: Mapped[str]
    condition: Mapped[dict[str, Any] | None]
    amount: Mapped[int]
    cap: Mapped[dict[str, Any] | None]
    cooldown_seconds: Mapped[int | None]
    enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[Created]


class Account(Base):
    """A user's balance, always the sum of their entries; `reached_at` is the time of the latest."""

    __tablename__ = "account"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    balance: Mapped[int] = mapped_column(BigInteger, server_default=text("0"), info=BALANCE)
    reached_at: Mapped[dt.datetime | None] = mapped_column(info=BALANCE)


class Entry(TenantMixin, Base):
    """One award, written once and never changed; at most one for each rule and event."""

    __tablename__ = "entry"

    user_id: Mapped[UUID]
    amount: Mapped[int] = mapped_column(info=LEDGER)
    rule_id: Mapped[UUID]
    rule: Mapped[str] = mapped_column(info=not_personal("names a rule that the tenant wrote"))
    """The rule's key, or its id where it has none; the rule itself may be gone."""
    reason: Mapped[str] = mapped_column(info=LEDGER)
    event_id: Mapped[UUID]
    occurred_at: Mapped[dt.datetime] = mapped_column(info=LEDGER)
