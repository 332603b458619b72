"""The plugin: what assessments register with the host."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from questline_assessments import completion, privacy
from questline_assessments.events import AttemptSubmitted
from questline_assessments.jobs import CLOSE_OVERDUE, SCHEDULE
from questline_assessments.permissions import PERMISSIONS
from questline_assessments.publishing import BLOCK_TYPE
from questline_assessments.routes import ROUTES
from questline_assessments.running import Questions, RunningAttempts
from questline_assessments.settings import AssessmentsSettings
from questline_sdk import Context, Job, Permission, Plugin, PluginSettings, Schedule, hookimpl
from questline_sdk.blocks import Block, BlockType
from questline_sdk.hooks import Veto
from questline_sdk.services import CourseQuestions, OpenAttempts, Service


class AssessmentsPlugin(Plugin):
    """Quizzes and checks."""

    event_types = (AttemptSubmitted,)

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
        """Pass mark and grace."""
        return AssessmentsSettings

    @hookimpl
    def register_jobs(self) -> Sequence[Job]:
        """Submitting what is overdue."""
        return (CLOSE_OVERDUE,)

    @hookimpl
    def register_schedules(self) -> Sequence[Schedule]:
        """When it is submitted."""
        return (SCHEDULE,)

    @hookimpl
    def register_block_types(self) -> Sequence[BlockType]:
        """The quiz."""
        return (BLOCK_TYPE,)

    @hookimpl
    def register_services(self) -> Sequence[Service]:
        """What runs now, and what is asked."""
        return (
            Service(protocol=OpenAttempts, factory=RunningAttempts),
            Service(protocol=CourseQuestions, factory=Questions),
        )

    @hookimpl
    async def check_lesson_completion(self, ctx: Context, user_id: UUID, blocks: Sequence[Block]) -> Veto | None:
        """A quiz lesson is completed by passing."""
        return await completion.veto_of(ctx, user_id, blocks)

    @hookimpl
    async def personal_data(self, ctx: Context, user_id: UUID) -> Mapping[str, Any]:
        """A user's attempts and answers."""
        return await privacy.export(ctx, user_id)

    @hookimpl
    async def erase_personal_data(self, ctx: Context, user_id: UUID) -> None:
        """Remove a user's attempts and answers."""
        await privacy.erase(ctx, user_id)


plugin = AssessmentsPlugin()
