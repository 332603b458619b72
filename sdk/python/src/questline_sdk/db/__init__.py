"""Database building blocks: declarative bases with row-level security, references into core, hot reads."""

from questline_sdk.db.base import COLUMN_TYPES, Created, TenantMixin, schema_metadata
from questline_sdk.db.hot import HotQuery, hot

__all__ = ["COLUMN_TYPES", "Created", "HotQuery", "TenantMixin", "hot", "schema_metadata"]
