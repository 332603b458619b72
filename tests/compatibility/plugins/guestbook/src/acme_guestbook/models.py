"""The guestbook's table."""

import datetime as dt
from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped

from questline_sdk.db import COLUMN_TYPES, TenantMixin, schema_metadata


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata("guestbook")
    type_annotation_map = COLUMN_TYPES


class Entry(TenantMixin, Base):
    """What somebody wrote."""

    __tablename__ = "entry"

    user_id: Mapped[UUID]
    text: Mapped[str]
    written_at: Mapped[dt.datetime]
