"""What SCIM says of people beyond their accounts, in the schema `scim`."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, personal, schema_metadata
from questline_sdk.db.base import TENANT

SCHEMA = "scim"
NAMED = personal(category="identity", purpose="finds the account that the company's directory means")
REACHED = personal(category="contact", purpose="repeats to the company's directory what it said")
CHOSEN = personal(category="profile", purpose="repeats to the company's directory what it said")
SEEN = personal(category="activity", purpose="says that the company's directory has removed the person")


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata(SCHEMA)
    type_annotation_map = COLUMN_TYPES


class Person(Base):
    """What the directory said of an account; everything else is the account's own."""

    __tablename__ = "person"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_name: Mapped[str] = mapped_column(info=NAMED)
    name_key: Mapped[str] = mapped_column(info=NAMED)
    """The user name as it is compared."""
    emails: Mapped[list[Any]] = mapped_column(info=REACHED)
    preferred_language: Mapped[str | None] = mapped_column(info=CHOSEN)
    locale: Mapped[str | None] = mapped_column(info=CHOSEN)
    time_zone: Mapped[str | None] = mapped_column(info=CHOSEN)
    removed_at: Mapped[dt.datetime | None] = mapped_column(info=SEEN)
    """When the directory removed the person; the account is suspended, and comes back with them."""
