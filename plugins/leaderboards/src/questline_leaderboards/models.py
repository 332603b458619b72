"""The tables of leaderboards, in the schema `leaderboards`; the boards themselves lie in Valkey."""

import datetime as dt
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, personal, schema_metadata
from questline_sdk.db.base import TENANT

SCHEMA = "leaderboards"
APPEARANCE = personal(category="profile", purpose="says how the user wants to appear on the boards")


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata(SCHEMA)
    type_annotation_map = COLUMN_TYPES


class Preference(Base):
    """How a user appears: not at all, under a pseudonym, or (no row) under their name."""

    __tablename__ = "preference"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    opted_out: Mapped[bool] = mapped_column(server_default=text("false"), info=APPEARANCE)
    pseudonym: Mapped[str | None] = mapped_column(info=APPEARANCE)
    changed_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))
