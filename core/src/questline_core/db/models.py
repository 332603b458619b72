"""The declarative base of core's own tables, in the schema `core`."""

from questline_sdk.db import plugin_base

SCHEMA = "core"

Base = plugin_base(SCHEMA)
