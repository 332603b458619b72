"""What a tenant may set: how much of a board is shown."""

from typing import Annotated

from msgspec import Meta

from questline_sdk import PluginSettings


class LeaderboardsSettings(PluginSettings, frozen=True, kw_only=True):
    """The lengths of what a page shows."""

    top: Annotated[int, Meta(title="Places at the top", ge=3, le=100)] = 10
    neighbours: Annotated[
        int, Meta(title="Places around oneself", description="So many above and below.", ge=0, le=50)
    ] = 5
