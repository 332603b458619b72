"""What a tenant sets of the sample provider."""

from typing import Annotated

from msgspec import Meta

from questline_sdk import PluginSettings


class SandboxSettings(PluginSettings, frozen=True, kw_only=True):
    """How the writer behaves."""

    words_per_second: Annotated[
        float, Meta(title="Words per second", ge=0, le=1000, description="How fast it writes; 0 for at once.")
    ] = 0
