"""What the API says of plugins' pages."""

from typing import Any

import msgspec


class UiPlugin(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin's pages: what they contribute, as data, and where their code is."""

    id: str
    version: str
    title: str
    entry: str
    css: list[str]
    integrity: str | None
    sdk: str
    contributions: dict[str, Any]


class UiPluginList(msgspec.Struct, frozen=True, kw_only=True):
    """The pages of the plugins that the tenant has on."""

    plugins: list[UiPlugin]
