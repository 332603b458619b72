"""The plugin: what SCIM registers with the host."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from questline_scim import privacy
from questline_scim.permissions import PERMISSIONS
from questline_scim.routes import ROUTES
from questline_scim.settings import ScimSettings
from questline_sdk import Context, Permission, Plugin, PluginSettings, hookimpl


class ScimPlugin(Plugin):
    """The people and groups of a site, kept by another system."""

    @hookimpl
    def register_routes(self) -> Sequence[Any]:
        """The service."""
        return ROUTES

    @hookimpl
    def register_permissions(self) -> Sequence[Permission]:
        """Who may use it."""
        return PERMISSIONS

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """What becomes of new accounts."""
        return ScimSettings

    @hookimpl
    async def personal_data(self, ctx: Context, user_id: UUID) -> Mapping[str, Any]:
        """What a directory said of a user."""
        return await privacy.export(ctx, user_id)

    @hookimpl
    async def erase_personal_data(self, ctx: Context, user_id: UUID) -> None:
        """Remove it."""
        await privacy.erase(ctx, user_id)


plugin = ScimPlugin()
