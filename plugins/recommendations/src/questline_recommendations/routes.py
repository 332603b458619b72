"""The API of recommendations, under `/api/v1/p/recommendations`."""

from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from questline_recommendations import service
from questline_recommendations.permissions import READ, TRAIN
from questline_recommendations.schemas import LatestTraining, Recommendations, TrainingStatus
from questline_sdk import Context

Limit = Annotated[int | None, QueryParameter(ge=1, le=20, description="How many; the tenant's setting if left out.")]


@get("/next", operation_id="recommendations_list_next", permission=READ)
async def list_next(ctx: NamedDependency[Context], limit: Limit = None) -> Recommendations:
    """What to learn next, the best first, each with its reason."""
    return await service.next_for(ctx, limit)


@get("/lessons/{lesson_id:uuid}", operation_id="recommendations_list_related", permission=READ)
async def list_related(
    ctx: NamedDependency[Context], lesson_id: FromPath[UUID], limit: Limit = None
) -> Recommendations:
    """The lessons related to one, without those you have completed; empty for an unknown lesson."""
    return await service.related_to(ctx, lesson_id, limit)


@get("/training", operation_id="recommendations_get_training", permission=TRAIN)
async def get_training(ctx: NamedDependency[Context]) -> LatestTraining:
    """How far the latest making of recommendations has come."""
    return await service.latest_training(ctx)


@post("/training", operation_id="recommendations_start_training", permission=TRAIN, status_code=202)
async def start(ctx: NamedDependency[Context]) -> TrainingStatus:
    """Make all recommendations anew, in the background; one that is under way ends."""
    return await service.train(ctx)


ROUTES: list[Any] = [list_next, list_related, get_training, start]
