"""Settings: one msgspec Struct per plugin; its JSON Schema draws the admin's form."""

from typing import Annotated

import msgspec


class PluginSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of a plugin's settings; every field needs a default, and `msgspec.Meta` limits and describes it."""


Secret = Annotated[str, msgspec.Meta(extra_json_schema={"writeOnly": True, "format": "password"})]
"""A string that is stored, but never returned or logged."""
