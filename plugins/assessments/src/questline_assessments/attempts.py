"""Attempts: begun, answered, checked and submitted, each step the same when it is repeated."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from questline_assessments import queries
from questline_assessments.content import KeptItem
from questline_assessments.events import AttemptSubmitted
from questline_assessments.feedback import feedback_on, is_revealed, result_of, score_attempt
from questline_assessments.models import Answer, Attempt
from questline_assessments.queries import AnswerRow, AttemptRow
from questline_assessments.responses import read_response
from questline_assessments.schemas import AnswerView, AttemptResult, AttemptView, ItemFeedback
from questline_assessments.settings import AssessmentsSettings
from questline_assessments.views import item_views
from questline_sdk import Conflict, Context, NotFound
from questline_sdk.services import Enrolments

OPEN = "open"


async def start(ctx: Context, assessment_id: UUID) -> AttemptView:
    """Begin an attempt, or go on with the open one. Raises `NotFound`, or `Conflict` where none may be begun."""
    assessment = await queries.current_version(ctx, assessment_id)
    if assessment is None:
        raise NotFound("There is no such assessment.")
    await _require_enrolment(ctx, assessment.course_id)
    user_id = ctx.user.id
    limit = assessment.rules.time_limit_seconds
    while True:
        open_one = await queries.open_attempt(ctx, assessment_id, user_id)
        if open_one and not await is_over(ctx, open_one):
            return await view(ctx, open_one)
        if open_one:
            await close(ctx, open_one.id)
        count = await queries.attempt_count(ctx, assessment_id, user_id)
        if assessment.rules.max_attempts is not None and count >= assessment.rules.max_attempts:
            raise Conflict("You have used all of your attempts.", code="no_attempts_left")
        # Of two requests at the same time one inserts; the other waits for it here and then finds its attempt.
        await ctx.session.execute(
            insert(Attempt)
            .values(
                assessment_id=assessment_id,
                version_id=assessment.version_id,
                user_id=user_id,
                number=count + 1,
                status=OPEN,
                started_at=ctx.now,
                deadline_at=ctx.now + dt.timedelta(seconds=limit) if limit else None,
            )
            .on_conflict_do_nothing()
        )


async def read(ctx: Context, attempt_id: UUID) -> AttemptView:
    """The user's attempt; one whose time is over is submitted first. Raises `NotFound`."""
    found = await _own(ctx, attempt_id)
    if found.status == OPEN and await is_over(ctx, found):
        found = await close(ctx, attempt_id)
    return await view(ctx, found)


async def save_answer(ctx: Context, attempt_id: UUID, item_id: UUID, response: dict[str, Any]) -> AnswerView:
    """Keep a response to an item of an open attempt; the same again changes nothing but its time."""
    found = await _answerable(ctx, attempt_id)
    item = await _item(ctx, found, item_id)
    value = msgspec.to_builtins(read_response(item.content, response))
    changing = {"response": value, "saved_at": ctx.now}
    statement = (
        insert(Answer)
        .values(attempt_id=attempt_id, item_id=item_id, **changing)
        .on_conflict_do_update(
            index_elements=["tenant_id", "attempt_id", "item_id"], set_=changing, where=Answer.checked_at.is_(None)
        )
        .returning(Answer.item_id)
    )
    if await ctx.session.scalar(statement) is not None:
        return AnswerView(response=value, saved_at=ctx.now)
    kept = await _answer(ctx, attempt_id, item_id)
    if kept is None or kept.response != value:
        raise Conflict("This answer was checked and can no longer be changed.", code="answer_locked")
    return AnswerView(response=kept.response, saved_at=kept.saved_at, checked=feedback_on(item, kept.response))


async def check_answer(ctx: Context, attempt_id: UUID, item_id: UUID) -> ItemFeedback:
    """Lock the saved answer to an item and say how good it is; only with immediate feedback."""
    found = await _answerable(ctx, attempt_id)
    if found.rules.feedback != "immediate":
        raise Conflict("This assessment gives its feedback after you submit it.", code="feedback_after")
    item = await _item(ctx, found, item_id)
    kept = await _answer(ctx, attempt_id, item_id)
    if kept is None:
        raise Conflict("Answer the item first.", code="not_answered")
    if kept.checked_at is None:
        await ctx.session.execute(
            update(Answer)
            .where(Answer.attempt_id == attempt_id, Answer.item_id == item_id)
            .values(checked_at=ctx.now)
            .execution_options(synchronize_session=False)
        )
    return feedback_on(item, kept.response)


async def submit(ctx: Context, attempt_id: UUID) -> AttemptResult:
    """End an attempt and score what was saved; a submitted one answers the same result again."""
    found = await _own(ctx, attempt_id, lock=True)
    if found.status == OPEN:
        found = await close(ctx, attempt_id)
    items = await queries.items(ctx, found.item_version_ids)
    answers = await queries.answers(ctx, attempt_id)
    return await _result(ctx, found, items, {answer.item_id: answer.response for answer in answers})


async def close(ctx: Context, attempt_id: UUID) -> AttemptRow:
    """Submit an attempt with what was saved, unless it is: scores it and publishes that it was submitted."""
    found = await queries.attempt(ctx, attempt_id, None, lock=True)
    if found is None:
        raise NotFound("There is no such attempt.")
    if found.status != OPEN:
        return found
    items = await queries.items(ctx, found.item_version_ids)
    answers = await queries.answers(ctx, attempt_id)
    score = score_attempt(found.rules, items, {answer.item_id: answer.response for answer in answers})
    ended = min(ctx.now, found.deadline_at) if found.deadline_at else ctx.now
    await ctx.session.execute(
        update(Attempt)
        .where(Attempt.id == attempt_id)
        .values(status="submitted", submitted_at=ended, **msgspec.structs.asdict(score))
        .execution_options(synchronize_session=False)
    )
    if found.rules.graded:
        repeated = score.passed and await queries.has_passed(
            ctx, found.assessment_id, found.user_id, besides=attempt_id
        )
        await ctx.publish(
            AttemptSubmitted(
                attempt_id=attempt_id,
                assessment_id=found.assessment_id,
                assessment_slug=found.slug,
                user_id=found.user_id,
                course_id=found.course_id,
                lesson_id=found.lesson_id,
                percent=score.percent,
                passed=score.passed,
                first_pass=score.passed and not repeated,
            )
        )
    return msgspec.structs.replace(found, status="submitted", submitted_at=ended)


async def is_over(ctx: Context, attempt: AttemptRow) -> bool:
    """Say whether an attempt's time is over, with the tenant's grace."""
    if attempt.deadline_at is None or ctx.now <= attempt.deadline_at:
        return False
    return ctx.now > attempt.deadline_at + await grace(ctx)


async def grace(ctx: Context) -> dt.timedelta:
    """How long after a time limit answers are still taken."""
    return dt.timedelta(seconds=(await ctx.settings(AssessmentsSettings)).grace_seconds)


async def view(ctx: Context, found: AttemptRow) -> AttemptView:
    """An attempt as its learner sees it."""
    items = await queries.items(ctx, found.item_version_ids)
    answers = await queries.answers(ctx, found.id)
    result = None
    if found.status != OPEN:
        result = await _result(ctx, found, items, {answer.item_id: answer.response for answer in answers})
    by_id = {item.id: item for item in items}
    return AttemptView(
        id=found.id,
        assessment_id=found.assessment_id,
        number=found.number,
        title=found.rules.title,
        status=found.status,
        started_at=found.started_at,
        deadline_at=found.deadline_at,
        submitted_at=found.submitted_at,
        now=ctx.now,
        graded=found.rules.graded,
        pass_percent=found.rules.pass_percent,
        feedback=found.rules.feedback,
        items=item_views(found.id, found.rules, items),
        answers={answer.item_id: _answer_view(by_id[answer.item_id], answer) for answer in answers},
        result=result,
    )


def _answer_view(item: KeptItem, answer: AnswerRow) -> AnswerView:
    checked = feedback_on(item, answer.response) if answer.checked_at else None
    return AnswerView(response=answer.response, saved_at=answer.saved_at, checked=checked)


async def _result(
    ctx: Context, found: AttemptRow, items: Sequence[KeptItem], answers: Mapping[UUID, dict[str, Any]]
) -> AttemptResult:
    score = score_attempt(found.rules, items, answers)
    limit = found.rules.max_attempts
    left = None
    if limit is not None:
        left = max(0, limit - await queries.attempt_count(ctx, found.assessment_id, found.user_id))
    revealed = is_revealed(found.rules, passed=score.passed, attempts_left=left)
    return result_of(score, items, answers, revealed=revealed, attempts_left=left)


async def _own(ctx: Context, attempt_id: UUID, *, lock: bool = False) -> AttemptRow:
    found = await queries.attempt(ctx, attempt_id, ctx.user.id, lock=lock)
    if found is None:
        raise NotFound("You have no such attempt.")
    return found


async def _answerable(ctx: Context, attempt_id: UUID) -> AttemptRow:
    """The user's attempt, locked, if it still takes answers."""
    found = await _own(ctx, attempt_id, lock=True)
    if await is_over(ctx, found):
        raise Conflict("Your time is over; what you had saved counts.", code="time_over")
    if found.status != OPEN:
        raise Conflict("This attempt was submitted.", code="attempt_submitted")
    await _require_enrolment(ctx, found.course_id)
    return found


async def _require_enrolment(ctx: Context, course_id: UUID) -> None:
    if not await ctx.service(Enrolments).is_enrolled(ctx.user.id, course_id):
        raise Conflict("Enrol in the course first.", code="not_enrolled")


async def _item(ctx: Context, found: AttemptRow, item_id: UUID) -> KeptItem:
    item = await queries.one_item(ctx, found.item_version_ids, item_id)
    if item is None:
        raise NotFound("This attempt has no such item.")
    return item


async def _answer(ctx: Context, attempt_id: UUID, item_id: UUID) -> AnswerRow | None:
    statement = select(Answer.item_id, Answer.response, Answer.saved_at, Answer.checked_at).where(
        Answer.attempt_id == attempt_id, Answer.item_id == item_id
    )
    row = (await ctx.session.execute(statement)).mappings().one_or_none()
    return msgspec.convert(dict(row), AnswerRow) if row else None
