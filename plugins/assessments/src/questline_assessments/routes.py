"""The API of assessments, under `/api/v1/p/assessments`."""

from uuid import UUID

from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from questline_assessments import attempts, service
from questline_assessments.permissions import MANAGE, TAKE
from questline_assessments.schemas import (
    AnswerKey,
    AnswerView,
    AssessmentSummary,
    AttemptResult,
    AttemptView,
    ItemFeedback,
    SaveAnswer,
)
from questline_sdk import Context


@get("/{assessment_id:uuid}", operation_id="assessments_get", permission=TAKE)
async def get_assessment(ctx: NamedDependency[Context], assessment_id: FromPath[UUID]) -> AssessmentSummary:
    """An assessment's rules and your attempts at it."""
    return await service.summary(ctx, assessment_id)


@get("/{assessment_id:uuid}/key", operation_id="assessments_get_key", permission=MANAGE)
async def get_key(ctx: NamedDependency[Context], assessment_id: FromPath[UUID]) -> AnswerKey:
    """The response to each item that earns full marks."""
    return await service.key(ctx, assessment_id)


@post("/{assessment_id:uuid}/attempts", operation_id="assessments_start", permission=TAKE)
async def start_attempt(ctx: NamedDependency[Context], assessment_id: FromPath[UUID]) -> AttemptView:
    """Begin an attempt, or go on with the one that is open."""
    return await attempts.start(ctx, assessment_id)


@get("/attempts/{attempt_id:uuid}", operation_id="assessments_get_attempt", permission=TAKE)
async def get_attempt(ctx: NamedDependency[Context], attempt_id: FromPath[UUID]) -> AttemptView:
    """Your attempt, with its result once it was submitted."""
    return await attempts.read(ctx, attempt_id)


@put("/attempts/{attempt_id:uuid}/answers/{item_id:uuid}", operation_id="assessments_save_answer", permission=TAKE)
async def save_answer(
    ctx: NamedDependency[Context], attempt_id: FromPath[UUID], item_id: FromPath[UUID], data: JSONBody[SaveAnswer]
) -> AnswerView:
    """Save your response to an item."""
    return await attempts.save_answer(ctx, attempt_id, item_id, data.response)


@post(
    "/attempts/{attempt_id:uuid}/answers/{item_id:uuid}/check",
    operation_id="assessments_check_answer",
    permission=TAKE,
    status_code=200,
)
async def check_answer(
    ctx: NamedDependency[Context], attempt_id: FromPath[UUID], item_id: FromPath[UUID]
) -> ItemFeedback:
    """Lock your saved response to an item and learn how good it is."""
    return await attempts.check_answer(ctx, attempt_id, item_id)


@post("/attempts/{attempt_id:uuid}/submission", operation_id="assessments_submit", permission=TAKE, status_code=200)
async def submit_attempt(ctx: NamedDependency[Context], attempt_id: FromPath[UUID]) -> AttemptResult:
    """End your attempt and see its score."""
    return await attempts.submit(ctx, attempt_id)


ROUTES = [get_assessment, get_key, start_attempt, get_attempt, save_answer, check_answer, submit_attempt]
