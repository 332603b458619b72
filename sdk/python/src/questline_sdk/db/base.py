"""Declarative bases: every table of a plugin lies in the plugin's own schema and leads its key with the tenant."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import DateTime, MetaData, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

TENANT = "nullif(current_setting('questline.tenant_id', true), '')::uuid"
"""SQL for the tenant of this transaction; null, and so no row, where none is set."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Created = Annotated[dt.datetime, mapped_column(DateTime(timezone=True), server_default=text("now()"))]
"""A UTC time the database fills in when the row is inserted."""


class TenantMixin:
    """The two leading key columns of a tenant's row: `tenant_id` (filled in by the database) and `id` (UUIDv7)."""

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT), sort_order=-20)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"), sort_order=-19)


COLUMN_TYPES: dict[Any, Any] = {
    dt.datetime: DateTime(timezone=True),
    dict[str, Any]: JSONB,
    list[str]: JSONB,
    list[Any]: JSONB,
}
"""The column types of annotations: times with their zone, containers as JSON."""


def schema_metadata(schema: str) -> MetaData:
    """The metadata of one owner's tables: their schema, and constraint names that migrations can rely on.

    Example:
        class Base(DeclarativeBase):
            metadata = schema_metadata("points")
            type_annotation_map = COLUMN_TYPES


        class Account(TenantMixin, Base):
            __tablename__ = "account"
    """
    return MetaData(schema=schema, naming_convention=NAMING)
