"""The plugin: what recommendations register with the host."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from questline_recommendations import privacy
from questline_recommendations.handlers import HANDLERS
from questline_recommendations.jobs import JOBS, SCHEDULE, start_if_stale
from questline_recommendations.permissions import PERMISSIONS
from questline_recommendations.routes import ROUTES
from questline_recommendations.settings import RecommendationsSettings
from questline_sdk import Context, EventHandler, Job, Permission, Plugin, PluginSettings, Schedule, hookimpl


class RecommendationsPlugin(Plugin):
    """What to learn next, and related lessons."""

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
        """How recommendations are made and shown."""
        return RecommendationsSettings

    @hookimpl
    def register_event_handlers(self) -> Sequence[EventHandler]:
        """Following what learners do."""
        return HANDLERS

    @hookimpl
    def register_jobs(self) -> Sequence[Job]:
        """The steps of training."""
        return JOBS

    @hookimpl
    def register_schedules(self) -> Sequence[Schedule]:
        """Training, every night."""
        return (SCHEDULE,)

    @hookimpl
    async def plugin_enabled(self, ctx: Context) -> None:
        """Make recommendations from what is there already."""
        await start_if_stale(ctx)

    @hookimpl
    async def personal_data(self, ctx: Context, user_id: UUID) -> Mapping[str, Any]:
        """What is suggested to a user, and their quiz results."""
        return await privacy.export(ctx, user_id)

    @hookimpl
    async def erase_personal_data(self, ctx: Context, user_id: UUID) -> None:
        """Remove what is kept of a user."""
        await privacy.erase(ctx, user_id)


plugin = RecommendationsPlugin()
