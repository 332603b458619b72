"""The plugin: what leaderboards register with the host."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from questline_leaderboards import privacy, service
from questline_leaderboards.handlers import move
from questline_leaderboards.jobs import REFRESH
from questline_leaderboards.permissions import PERMISSIONS
from questline_leaderboards.routes import ROUTES
from questline_leaderboards.settings import LeaderboardsSettings
from questline_sdk import Context, EventHandler, Job, Permission, Plugin, PluginSettings, hookimpl


class LeaderboardsPlugin(Plugin):
    """Boards of all time, month and week."""

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
        """How much is shown."""
        return LeaderboardsSettings

    @hookimpl
    def register_event_handlers(self) -> Sequence[EventHandler]:
        """Moving users as they earn points."""
        return (move,)

    @hookimpl
    def register_jobs(self) -> Sequence[Job]:
        """Bringing one user's places up to date."""
        return (REFRESH,)

    @hookimpl
    async def plugin_enabled(self, ctx: Context) -> None:
        """Forget boards from before: while the plugin was off they missed awards."""
        await service.forget_boards(ctx)

    @hookimpl
    async def personal_data(self, ctx: Context, user_id: UUID) -> Mapping[str, Any]:
        """A user's preferences."""
        return await privacy.export(ctx, user_id)

    @hookimpl
    async def erase_personal_data(self, ctx: Context, user_id: UUID) -> None:
        """Remove a user's preferences and places."""
        await privacy.erase(ctx, user_id)


plugin = LeaderboardsPlugin()
