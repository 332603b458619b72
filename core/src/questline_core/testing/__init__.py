"""A whole site for tests: embedded PostgreSQL and Valkey, a fresh migrated database, the real application."""

from questline_core.testing.site import Client, TestSite

__all__ = ["Client", "TestSite"]
