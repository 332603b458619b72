"""The API of suggestions, under `/api/v1/p/ai/suggestions`."""

from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from questline_ai.suggestions import service
from questline_ai.suggestions.schemas import Decision, LessonCard, LessonSuggestions, SuggestionView, Wanted
from questline_ai.suggestions.service import SUGGEST
from questline_sdk import Context, Page, Permission
from questline_sdk.pages import MAX_LIMIT
from questline_sdk.permissions import ADMINS, Role

Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT)]
SUGGESTION_PERMISSIONS = (
    Permission(name=SUGGEST, title="Have AI draft texts for lessons", roles=ADMINS | {Role.AUTHOR}),
)


@get("/suggestions", operation_id="ai_list_suggestion_lessons", permission=SUGGEST, scoped=True)
async def list_suggestion_lessons(
    ctx: NamedDependency[Context], cursor: FromQuery[str | None] = None, limit: Limit = 50
) -> Page[LessonCard]:
    """The lessons that AI may draft texts for, and how many drafts wait for a decision."""
    return await service.list_lessons(ctx, cursor, limit)


@get("/suggestions/{lesson_id:uuid}", operation_id="ai_list_suggestions", permission=SUGGEST, scoped=True)
async def list_suggestions(ctx: NamedDependency[Context], lesson_id: FromPath[UUID]) -> LessonSuggestions:
    """A lesson's suggestions, the newest first."""
    return await service.of_lesson(ctx, lesson_id)


@post(
    "/suggestions/{lesson_id:uuid}",
    operation_id="ai_suggest",
    permission=SUGGEST,
    scoped=True,
    route_class="ai",
    status_code=200,
)
async def suggest(
    ctx: NamedDependency[Context], lesson_id: FromPath[UUID], data: JSONBody[Wanted]
) -> list[SuggestionView]:
    """Have AI draft texts from a lesson's own; they wait for a decision, and nothing is published."""
    return await service.suggest(ctx, lesson_id, data)


@post(
    "/suggestions/{lesson_id:uuid}/{suggestion_id:uuid}/decision",
    operation_id="ai_decide_suggestion",
    permission=SUGGEST,
    scoped=True,
    status_code=200,
)
async def decide_suggestion(
    ctx: NamedDependency[Context], lesson_id: FromPath[UUID], suggestion_id: FromPath[UUID], data: JSONBody[Decision]
) -> SuggestionView:
    """Accept or reject one suggestion."""
    return await service.decide(ctx, lesson_id, suggestion_id, accepted=data.accepted)


SUGGESTION_ROUTES = [list_suggestion_lessons, list_suggestions, suggest, decide_suggestion]
