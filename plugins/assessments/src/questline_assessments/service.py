"""What is known of an assessment: its rules with the learner's attempts, and its answers."""

from uuid import UUID

import msgspec
from sqlalchemy import select

from questline_assessments import attempts, queries
from questline_assessments.models import Attempt
from questline_assessments.schemas import AnswerKey, AnswerKeyItem, AssessmentSummary, AttemptLine
from questline_assessments.scoring import right_response
from questline_assessments.views import type_of
from questline_sdk import Context, NotFound


async def summary(ctx: Context, assessment_id: UUID) -> AssessmentSummary:
    """An assessment's rules and the user's attempts; one whose time is over is submitted first."""
    found = await _assessment(ctx, assessment_id)
    user_id = ctx.user.id
    open_one = await queries.open_attempt(ctx, assessment_id, user_id)
    if open_one and await attempts.is_over(ctx, open_one):
        await attempts.close(ctx, open_one.id)
    lines = await _lines(ctx, assessment_id, user_id)
    items = await queries.items(ctx, found.item_version_ids)
    rules = found.rules
    percents = [line.percent for line in lines if line.percent is not None]
    return AssessmentSummary(
        assessment_id=assessment_id,
        title=rules.title,
        graded=rules.graded,
        pass_percent=rules.pass_percent,
        time_limit_seconds=rules.time_limit_seconds,
        max_attempts=rules.max_attempts,
        attempts_left=None if rules.max_attempts is None else max(0, rules.max_attempts - len(lines)),
        feedback=rules.feedback,
        item_count=len(items),
        max_score=sum(item.content.points for item in items),
        passed=any(line.passed for line in lines),
        best_percent=max(percents, default=None),
        open_attempt_id=next((line.id for line in lines if line.status == attempts.OPEN), None),
        attempts=lines,
    )


async def key(ctx: Context, assessment_id: UUID) -> AnswerKey:
    """The answers of the current version."""
    found = await _assessment(ctx, assessment_id)
    items = await queries.items(ctx, found.item_version_ids)
    return AnswerKey(
        assessment_id=assessment_id,
        items=[
            AnswerKeyItem(
                item_id=item.id,
                type=type_of(item.content),
                points=item.content.points,
                prompt_html=item.content.prompt_html,
                response=msgspec.to_builtins(right_response(item.content)),
            )
            for item in items
        ],
    )


async def _assessment(ctx: Context, assessment_id: UUID) -> queries.AssessmentRow:
    found = await queries.current_version(ctx, assessment_id)
    if found is None:
        raise NotFound("There is no such assessment.")
    return found


async def _lines(ctx: Context, assessment_id: UUID, user_id: UUID) -> list[AttemptLine]:
    statement = (
        select(
            Attempt.id,
            Attempt.number,
            Attempt.status,
            Attempt.started_at,
            Attempt.deadline_at,
            Attempt.submitted_at,
            Attempt.percent,
            Attempt.passed,
        )
        .where(Attempt.assessment_id == assessment_id, Attempt.user_id == user_id)
        .order_by(Attempt.number.desc())
    )
    return [msgspec.convert(dict(row), AttemptLine) for row in (await ctx.session.execute(statement)).mappings()]
