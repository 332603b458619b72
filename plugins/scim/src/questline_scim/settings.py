"""What a tenant decides about accounts that come by SCIM."""

from typing import Annotated, Literal

from msgspec import Meta

from questline_sdk import PluginSettings


class ScimSettings(PluginSettings, frozen=True, kw_only=True):
    """What becomes of accounts that come by SCIM."""

    role: Annotated[
        Literal["guest", "learner", "instructor", "author"],
        Meta(title="Role of new accounts", description="Owners and administrators are made by hand."),
    ] = "learner"
