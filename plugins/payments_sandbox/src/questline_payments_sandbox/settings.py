"""What a tenant sets of the test bank."""

from typing import Annotated

from msgspec import Meta

from questline_sdk import PluginSettings


class SandboxSettings(PluginSettings, frozen=True, kw_only=True):
    """How the bank behaves."""

    late_seconds: Annotated[
        int, Meta(title="How late a late message comes, in seconds", ge=0, le=3600, description="After the payment.")
    ] = 30
