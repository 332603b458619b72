"""The plugin: what badges register with the host."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from questline_badges import administration, privacy
from questline_badges.events import BadgeEarned
from questline_badges.handlers import count_events
from questline_badges.permissions import PERMISSIONS
from questline_badges.routes import ROUTES
from questline_badges.settings import BadgesSettings
from questline_sdk import Context, EventHandler, Permission, Plugin, PluginSettings, hookimpl


class BadgesPlugin(Plugin):
    """Badges with criteria over events, points and streaks."""

    event_types = (BadgeEarned,)

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
        """How badges are shown."""
        return BadgesSettings

    @hookimpl
    def register_event_handlers(self) -> Sequence[EventHandler]:
        """Counting."""
        return (count_events,)

    @hookimpl
    async def plugin_enabled(self, ctx: Context) -> None:
        """Seed the badges a tenant starts with."""
        await administration.seed_definitions(ctx)

    @hookimpl
    async def personal_data(self, ctx: Context, user_id: UUID) -> Mapping[str, Any]:
        """A user's badges and progress."""
        return await privacy.export(ctx, user_id)

    @hookimpl
    async def erase_personal_data(self, ctx: Context, user_id: UUID) -> None:
        """Remove a user's badges and progress."""
        await privacy.erase(ctx, user_id)


plugin = BadgesPlugin()
