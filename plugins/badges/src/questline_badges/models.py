"""The tables of badges, in the schema `badges`."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, Created, TenantMixin, personal, schema_metadata
from questline_sdk.db.base import TENANT

SCHEMA = "badges"
PROGRESS = personal(category="activity", purpose="shows how far it is to the next badge")
EARNED = personal(category="performance", purpose="shows the badges that were earned")


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata(SCHEMA)
    type_annotation_map = COLUMN_TYPES


class Definition(TenantMixin, Base):
    """A badge there is to earn; `event` and `target` repeat what its criterion says, to be found by."""

    __tablename__ = "definition"

    slug: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    icon: Mapped[str]
    tier: Mapped[str]
    hint: Mapped[str]
    criterion: Mapped[dict[str, Any]]
    event: Mapped[str]
    target: Mapped[int]
    position: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[Created]


class Progress(Base):
    """How far a user has come to a badge; `last_day` is the last day of a streak, in the user's time zone."""

    __tablename__ = "progress"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    definition_id: Mapped[UUID] = mapped_column(primary_key=True)
    current: Mapped[int] = mapped_column(BigInteger, info=PROGRESS)
    last_day: Mapped[dt.date | None] = mapped_column(info=PROGRESS)


class Award(Base):
    """A badge that a user has earned, once and for good."""

    __tablename__ = "award"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    definition_id: Mapped[UUID] = mapped_column(primary_key=True)
    earned_at: Mapped[dt.datetime] = mapped_column(info=EARNED)
