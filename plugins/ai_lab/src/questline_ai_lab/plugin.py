"""The plugin: what the lab registers with the host."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from questline_ai_lab import privacy
from questline_ai_lab.appeals.routes import APPEAL_ROUTES
from questline_ai_lab.asking import TEMPLATES
from questline_ai_lab.events import ExerciseAnswered, ExerciseRegraded
from questline_ai_lab.library.routes import LIBRARY_ROUTES
from questline_ai_lab.permissions import PERMISSIONS
from questline_ai_lab.publishing import BLOCK_TYPES
from questline_ai_lab.routes import ROUTES
from questline_sdk import Context, Permission, Plugin, hookimpl
from questline_sdk.ai_calls import PromptTemplate
from questline_sdk.blocks import BlockType


class AILabPlugin(Plugin):
    """Copywriting practice."""

    event_types = (ExerciseAnswered, ExerciseRegraded)

    @hookimpl
    def register_routes(self) -> Sequence[Any]:
        """The API."""
        return [*ROUTES, *LIBRARY_ROUTES, *APPEAL_ROUTES]

    @hookimpl
    def register_permissions(self) -> Sequence[Permission]:
        """Who may practise, keep prompts and decide on appeals."""
        return PERMISSIONS

    @hookimpl
    def register_block_types(self) -> Sequence[BlockType]:
        """Critiques, duels and prompt exercises."""
        return BLOCK_TYPES

    @hookimpl
    def register_ai_templates(self) -> Sequence[PromptTemplate]:
        """Running and grading a prompt."""
        return TEMPLATES

    @hookimpl
    async def personal_data(self, ctx: Context, user_id: UUID) -> Mapping[str, Any]:
        """A user's answers, appeals and prompts."""
        return await privacy.export(ctx, user_id)

    @hookimpl
    async def erase_personal_data(self, ctx: Context, user_id: UUID) -> None:
        """Remove a user's answers, appeals and prompts."""
        await privacy.erase(ctx, user_id)


plugin = AILabPlugin()
