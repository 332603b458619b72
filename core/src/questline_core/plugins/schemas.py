"""What the API says of plugins."""

from typing import Any, Literal

import msgspec

from questline_core.plugins.registry import State


class InstalledPlugin(msgspec.Struct, frozen=True, kw_only=True):
    """An installed plugin as a tenant's admin sees it; `reason` says why it, or its pages, are out of service."""

    id: str
    title: str
    version: str
    summary: str
    state: State
    reason: str | None
    enabled: bool
    scope: Literal["system", "tenant"]
    requires: list[str]
    permissions: list[str]
    has_settings: bool


class PluginList(msgspec.Struct, frozen=True, kw_only=True):
    """Every installed plugin, by id."""

    plugins: list[InstalledPlugin]


class SetPluginEnabled(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the tenant has the plugin on."""

    enabled: bool


class PluginSettingsForm(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin's settings: the JSON Schema that draws the form, and the tenant's values (secrets blanked)."""

    schema: dict[str, Any]
    values: dict[str, Any]


class PluginsChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Live message `plugins.changed`: a plugin was switched for the tenant."""

    plugin_id: str
    enabled: bool
