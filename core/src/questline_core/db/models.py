"""The declarative base of core's own tables, in the schema `core`."""

from sqlalchemy.orm import DeclarativeBase

from questline_sdk.db import COLUMN_TYPES, schema_metadata

SCHEMA = "core"


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata(SCHEMA)
    type_annotation_map = COLUMN_TYPES
