"""What a tenant may set."""

from typing import Annotated

from msgspec import Meta

from questline_sdk import PluginSettings


class BadgesSettings(PluginSettings, frozen=True, kw_only=True):
    """How badges are shown."""

    show_locked: Annotated[
        bool, Meta(title="Show badges not yet earned", description="Off: the gallery shows only what was earned.")
    ] = True
