"""What a tenant may set."""

from typing import Annotated

from msgspec import Meta

from questline_sdk import PluginSettings
from questline_sdk.settings import PER_COURSE


class AssessmentsSettings(PluginSettings, frozen=True, kw_only=True):
    """What holds where an author has said nothing, and how long after the end answers are still taken."""

    default_pass_percent: Annotated[
        int,
        Meta(
            title="Pass mark",
            description="Per cent of the points that pass a quiz whose author has set no mark. "
            "It holds from the next time the course is published.",
            ge=1,
            le=100,
            extra_json_schema=PER_COURSE,
        ),
    ] = 70
    grace_seconds: Annotated[
        int,
        Meta(
            title="Grace",
            description="Seconds after a time limit in which answers that were on their way are still taken.",
            ge=0,
            le=120,
        ),
    ] = 10
