"""Database building blocks: declarative bases with row-level security, references into core, hot reads."""

from questline_sdk.db.base import COLUMN_TYPES, Created, TenantMixin, schema_metadata
from questline_sdk.db.hot import HotQuery, hot
from questline_sdk.db.personal import not_personal, personal
from questline_sdk.db.retention import keep_for
from questline_sdk.db.sealed import Sealed, SealedError

__all__ = [
    "COLUMN_TYPES",
    "Created",
    "HotQuery",
    "Sealed",
    "SealedError",
    "TenantMixin",
    "hot",
    "keep_for",
    "not_personal",
    "personal",
    "schema_metadata",
]
