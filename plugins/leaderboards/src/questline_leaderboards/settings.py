"""What a tenant may set: how much of a board is shown, and under which names."""

from typing import Annotated

from msgspec import Meta

from questline_sdk import PluginSettings


class LeaderboardsSettings(PluginSettings, frozen=True, kw_only=True):
    """The lengths of what a page shows, and the names on it."""

    top: Annotated[int, Meta(title="Places at the top", ge=3, le=100)] = 10
    neighbours: Annotated[
        int, Meta(title="Places around oneself", description="So many above and below.", ge=0, le=50)
    ] = 5
    pseudonymous: Annotated[
        bool,
        Meta(
            title="Made-up names",
            description="Nobody is shown under their own name; who has chosen no pseudonym gets one.",
        ),
    ] = False
