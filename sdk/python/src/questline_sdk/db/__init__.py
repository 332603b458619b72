"""Database building blocks: declarative bases with row-level security, references into core, hot reads."""

from questline_sdk.db.base import Created, TenantMixin, plugin_base
from questline_sdk.db.hot import HotQuery, hot

__all__ = ["Created", "HotQuery", "TenantMixin", "hot", "plugin_base"]
