"""What the plugin contributes."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from questline_ai import privacy
from questline_ai.alerts import tell
from questline_ai.assistant.prompt import ASSISTANT_TEMPLATE
from questline_ai.assistant.routes import ASSISTANT_PERMISSIONS
from questline_ai.evaluation.run import GRADE
from questline_ai.events import BudgetReached
from questline_ai.jobs import SCHEDULES, SWEEP, TIDY
from questline_ai.permissions import PERMISSIONS
from questline_ai.routes import ROUTES
from questline_ai.service import Orchestrator
from questline_ai.settings import AISettings
from questline_ai.suggestions.prompt import SUGGEST_TEMPLATE
from questline_ai.suggestions.routes import SUGGESTION_PERMISSIONS
from questline_sdk import Context, EventHandler, Job, Permission, Plugin, PluginSettings, Schedule, hookimpl
from questline_sdk.ai_calls import AI, PromptTemplate, TemplateVariable
from questline_sdk.services import Service

TRY = PromptTemplate(
    id="ai.try",
    version=1,
    title="Try a model",
    placement="try",
    variables=(TemplateVariable(name="text", description="What to ask"),),
    user={"en": "{{ text }}"},
)


class AIPlugin(Plugin):
    """Calls of AI for every placement, and their accounts."""

    event_types = (BudgetReached,)

    @hookimpl
    def register_routes(self) -> Sequence[Any]:
        """The API."""
        return ROUTES

    @hookimpl
    def register_permissions(self) -> Sequence[Permission]:
        """Who may do what."""
        return [*PERMISSIONS, *ASSISTANT_PERMISSIONS, *SUGGESTION_PERMISSIONS]

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """Order of providers, privacy and limits."""
        return AISettings

    @hookimpl
    def register_services(self) -> Sequence[Service]:
        """What placements call."""
        return [Service(protocol=AI, factory=lambda _ctx: Orchestrator())]

    @hookimpl
    def register_ai_templates(self) -> Sequence[PromptTemplate]:
        """The prompts of the assistant, of the grader, of suggestions, and a plain one to try models with."""
        return [ASSISTANT_TEMPLATE, TRY, GRADE, SUGGEST_TEMPLATE]

    @hookimpl
    def register_event_handlers(self) -> Sequence[EventHandler]:
        """Telling of budgets."""
        return [tell]

    @hookimpl
    def register_jobs(self) -> Sequence[Job]:
        """Ending what was left behind, and forgetting in time."""
        return [SWEEP, TIDY]

    @hookimpl
    def register_schedules(self) -> Sequence[Schedule]:
        """When."""
        return SCHEDULES

    @hookimpl
    async def personal_data(self, ctx: Context, user_id: UUID) -> Mapping[str, Any]:
        """A person's calls."""
        return await privacy.export(ctx, user_id)

    @hookimpl
    async def erase_personal_data(self, ctx: Context, user_id: UUID) -> None:
        """Take a person out of the records."""
        await privacy.erase(ctx, user_id)


plugin = AIPlugin()
