"""The plugin: what points register with the host."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from questline_points import administration, privacy
from questline_points.api import PointsLedger
from questline_points.events import PointsAwarded
from questline_points.handlers import award
from questline_points.ledger import Ledger
from questline_points.permissions import PERMISSIONS
from questline_points.routes import ROUTES
from questline_points.settings import PointsSettings
from questline_sdk import Context, EventHandler, Permission, Plugin, PluginSettings, hookimpl
from questline_sdk.services import Service


class PointsPlugin(Plugin):
    """Points, rules and levels."""

    event_types = (PointsAwarded,)

    @hookimpl
    def register_routes(self) -> Sequence[Any]:
        """The API."""
        return ROUTES

    @hookimpl
    def register_permissions(self) -> Sequence[Permission]:
        """Who may do what."""
        return PERMISSIONS

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """The levels."""
        return PointsSettings

    @hookimpl
    def register_event_handlers(self) -> Sequence[EventHandler]:
        """Awarding."""
        return (award,)

    @hookimpl
    def register_services(self) -> Sequence[Service]:
        """The ledger, for other plugins."""
        return (Service(protocol=PointsLedger, factory=Ledger),)

    @hookimpl
    async def plugin_enabled(self, ctx: Context) -> None:
        """Seed the rules a tenant starts with."""
        await administration.seed_rules(ctx)

    @hookimpl
    async def personal_data(self, ctx: Context, user_id: UUID) -> Mapping[str, Any]:
        """A user's ledger."""
        return await privacy.export(ctx, user_id)

    @hookimpl
    async def erase_personal_data(self, ctx: Context, user_id: UUID) -> None:
        """Remove a user's ledger."""
        await privacy.erase(ctx, user_id)


plugin = PointsPlugin()
