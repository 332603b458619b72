"""Settings: one msgspec Struct per plugin; its JSON Schema draws the admin's form."""

from typing import Annotated, Any

import msgspec


class PluginSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of a plugin's settings; every field needs a default, and `msgspec.Meta` limits and describes it.

    A rule over several fields goes into `__post_init__`; raise `ValueError("field: why")` to say it beside the field.
    """


Secret = Annotated[str, msgspec.Meta(extra_json_schema={"writeOnly": True, "format": "password"})]
"""A string that is stored, but never returned or logged."""

PER_COURSE: dict[str, Any] = {"x-questline-course": True}
"""Marks a field that a course may set for itself: `msgspec.Meta(extra_json_schema=PER_COURSE)`.

Read it with `ctx.settings(SettingsType, course_id=...)`.
"""
