"""Answering exercises."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import and_, func, select
from sqlalchemy.dialects.postgresql import insert

from questline_ai_lab.appeals import service as appeals
from questline_ai_lab.authored import Critique, Duel
from questline_ai_lab.checking import run_checks, score_of
from questline_ai_lab.events import ExerciseAnswered
from questline_ai_lab.models import Answer, Appeal, Exercise
from questline_ai_lab.schemas import AnswerView, ExerciseView
from questline_ai_lab.tone import tone_distance
from questline_sdk import Conflict, Context, Invalid, NotFound
from questline_sdk.services import Enrolments, Transactions

MOST_REVISIONS = 50


async def read(ctx: Context, exercise_id: UUID) -> ExerciseView:
    """An exercise and the user's answers. Raises `NotFound`, or `Conflict` without an enrolment."""
    found = await exercise_of(ctx, exercise_id)
    return ExerciseView(id=found.id, kind=found.kind, answers=await answers_of(ctx, exercise_id))


async def answers_of(ctx: Context, exercise_id: UUID) -> list[AnswerView]:
    """The user's answers, the newest first, with the scores that count since their appeals."""
    rows = await ctx.session.execute(
        select(Answer, Appeal)
        .outerjoin(Appeal, and_(Appeal.tenant_id == Answer.tenant_id, Appeal.answer_id == Answer.id))
        .where(Answer.exercise_id == exercise_id, Answer.user_id == ctx.user.id)
        .order_by(Answer.number.desc())
    )
    return [_view(*row) for row in rows]


async def revise(ctx: Context, exercise_id: UUID, text: str) -> AnswerView:
    """Check and keep a revision. Raises `NotFound`, `Invalid`, or `Conflict` where none may be added."""
    if not text.strip() or "\0" in text:
        raise Invalid.field("text", "must be a text that can be read")
    async with ctx.service(Transactions).begin() as own:  # so that no connection is held while the tone is measured
        found = await exercise_of(own, exercise_id, "critique")
        count = await count_answers(own, exercise_id)
        own.session.expunge_all()
    if count >= MOST_REVISIONS:
        raise Conflict(f"You have kept {MOST_REVISIONS} revisions, the most there may be.", code="no_revisions_left")
    checks = msgspec.convert(found.content, Critique).checks
    results = run_checks(checks, text, await tone_distance(ctx, checks.tone, text, found.course_id))
    kept = await keep(ctx, found, count + 1, text, {"checks": msgspec.to_builtins(results)}, score_of(results))
    if kept is None:
        raise Conflict("Another revision arrived at the same time; send this one again.", code="revision_conflict")
    return kept


async def pick(ctx: Context, exercise_id: UUID, choice: str) -> AnswerView:
    """Keep a pick and tell how the duel ended; a later pick changes nothing. Raises `NotFound` or `Conflict`."""
    found = await exercise_of(ctx, exercise_id, "duel")
    duel = msgspec.convert(found.content, Duel)
    correct = choice == duel.winner
    result = {"correct": correct, "winner": duel.winner, "result": duel.result, "reason": duel.reason}
    kept = await keep(ctx, found, 1, choice, result, 100 if correct else 0)
    if kept is not None:
        return kept
    first = select(Answer).where(Answer.exercise_id == exercise_id, Answer.user_id == ctx.user.id, Answer.number == 1)
    return _view((await ctx.session.scalars(first)).one())


async def exercise_of(ctx: Context, exercise_id: UUID, kind: str | None = None) -> Exercise:
    """An exercise, of a kind; raises `NotFound`, or `Conflict` without an enrolment."""
    found = (await ctx.session.scalars(select(Exercise).where(Exercise.id == exercise_id))).one_or_none()
    if found is None or kind not in {None, found.kind}:
        raise NotFound("There is no such exercise.")
    if not await ctx.service(Enrolments).is_enrolled(ctx.user.id, found.course_id):
        raise Conflict("Enrol in the course first.", code="not_enrolled")
    return found


async def count_answers(ctx: Context, exercise_id: UUID) -> int:
    """How often the user has answered."""
    statement = select(func.count()).where(Answer.exercise_id == exercise_id, Answer.user_id == ctx.user.id)
    return (await ctx.session.scalars(statement)).one()


async def keep(
    ctx: Context, exercise: Exercise, number: int, text: str, result: dict[str, Any], score: int
) -> AnswerView | None:
    """The answer as it is kept now, or None where its number was taken; only what was kept is published."""
    added = (
        insert(Answer)
        .values(
            exercise_id=exercise.id,
            user_id=ctx.user.id,
            number=number,
            text=text,
            result=result,
            score=score,
            answered_at=ctx.now,
        )
        .on_conflict_do_nothing()
        .returning(Answer)
    )
    kept = (await ctx.session.scalars(added)).one_or_none()
    if kept is None:
        return None
    await ctx.publish(
        ExerciseAnswered(
            exercise_id=exercise.id,
            kind=exercise.kind,
            user_id=ctx.user.id,
            course_id=exercise.course_id,
            lesson_id=exercise.lesson_id,
            score=score,
            first=number == 1,
        )
    )
    return _view(kept)


def _view(row: Answer, appeal: Appeal | None = None) -> AnswerView:
    names = ("id", "number", "text", "result", "answered_at")
    decided = None if appeal is None else appeal.score
    return AnswerView(
        **{name: getattr(row, name) for name in names},
        score=row.score if decided is None else decided,
        appeal=None if appeal is None else appeals.view(appeal, row),
    )
