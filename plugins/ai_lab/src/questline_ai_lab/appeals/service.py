"""Appealing against a score, and deciding on it. The answer keeps its score; the appeal holds the one that counts."""

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, and_, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from questline_ai_lab.appeals.schemas import AppealCard, AppealDetail, AppealView, Decision
from questline_ai_lab.authored import PromptTask
from questline_ai_lab.events import ExerciseRegraded
from questline_ai_lab.models import Answer, Appeal, Exercise, Output
from questline_ai_lab.permissions import DECIDE
from questline_sdk import Conflict, Context, Forbidden, Invalid, NotFound, Page
from questline_sdk.learning import Learning
from questline_sdk.pages import decode_cursor, paginate
from questline_sdk.services import Reach, UserDirectory


async def appeal(ctx: Context, answer_id: UUID, reason: str) -> AppealView:
    """Appeal against the score of an answer of the user's own, once.

    Raises `NotFound`, `Invalid`, or `Conflict` where the score is no judgement or an appeal is there.
    """
    if not reason.strip() or "\0" in reason:
        raise Invalid.field("reason", "must be a text that can be read")
    answer, exercise = await _own(ctx, answer_id)
    if exercise.kind == "duel":
        raise Conflict("A duel ended as it did; there is nothing to judge anew.", code="nothing_to_appeal")
    added = insert(Appeal).values(answer_id=answer_id, user_id=ctx.user.id, reason=reason, appealed_at=ctx.now)
    kept = (await ctx.session.scalars(added.on_conflict_do_nothing().returning(Appeal))).one_or_none()
    if kept is None:
        raise Conflict("You have appealed against this score already.", code="already_appealed")
    return view(kept, answer)


async def withdraw(ctx: Context, answer_id: UUID) -> None:
    """Withdraw an appeal that nobody has decided on. Raises `NotFound`, or `Conflict` once it is decided."""
    await _own(ctx, answer_id)
    of_answer = (Appeal.answer_id == answer_id, Appeal.user_id == ctx.user.id)
    removed = delete(Appeal).where(*of_answer, Appeal.decided_at.is_(None)).returning(Appeal.id)
    if (await ctx.session.execute(removed.execution_options(synchronize_session=False))).first() is not None:
        return
    if await ctx.session.scalar(select(Appeal.id).where(*of_answer)) is None:
        raise NotFound("There is no appeal against this score.")
    raise Conflict("This appeal has been decided on.", code="appeal_decided")


async def find(ctx: Context, *, decided: bool, cursor: str | None, limit: int) -> Page[AppealCard]:
    """The appeals in the courses where the user may decide: open ones oldest first, decided ones newest first."""
    when = Appeal.decided_at if decided else Appeal.appealed_at
    place = func.row(when, Appeal.id)
    statement = _appeals(ctx).where(Appeal.decided_at.is_not(None) if decided else Appeal.decided_at.is_(None))
    courses = await ctx.service(Reach).courses(DECIDE)
    if courses is not None:
        statement = statement.where(Exercise.course_id.in_(courses))
    if cursor:
        last = func.row(*decode_cursor(cursor, tuple[dt.datetime, UUID]))
        statement = statement.where(place < last if decided else place > last)
    order = (when.desc(), Appeal.id.desc()) if decided else (when, Appeal.id)
    rows = (await ctx.session.execute(statement.order_by(*order).limit(limit + 1))).all()
    page = paginate(rows, limit, lambda row: (row[0].decided_at if decided else row[0].appealed_at, row[0].id))
    names = await _names(ctx, {row[0].user_id for row in page.items})
    return Page(items=[_card(row, names) for row in page.items], next_cursor=page.next_cursor)


async def read(ctx: Context, appeal_id: UUID) -> AppealDetail:
    """An appeal with its evidence. Raises `NotFound`, also where the user may not decide."""
    row = await _decidable(ctx, appeal_id)
    _, answer, exercise = row[:3]
    output_id = answer.result.get("output_id")
    output = None
    if output_id is not None:
        output = await ctx.session.scalar(select(Output.text).where(Output.id == UUID(output_id)))
    rubric = msgspec.convert(exercise.content, PromptTask).rubric if exercise.kind == "prompt" else ()
    return AppealDetail(
        card=_card(row, await _names(ctx, {answer.user_id})),
        brief=exercise.content["brief"],
        guidance=[f"{each.title}: {each.guidance}" for each in rubric],
        text=answer.text,
        output=output,
        result=answer.result,
    )


async def decide(ctx: Context, appeal_id: UUID, decision: Decision) -> AppealDetail:
    """Say which score counts, once.

    Raises `NotFound`, `Invalid`, `Forbidden` for an answer of the user's own, and `Conflict` where it is decided.
    """
    if not decision.comment.strip() or "\0" in decision.comment:
        raise Invalid.field("comment", "must be a text that can be read")
    found, answer, exercise = (await _decidable(ctx, appeal_id))[:3]
    if answer.user_id == ctx.user.id:
        raise Forbidden("Somebody else decides on your own answer.")
    await ctx.session.refresh(found, with_for_update=True)
    if found.decided_at is not None:
        raise Conflict("This appeal has been decided on.", code="appeal_decided")
    found.score, found.comment = decision.score, decision.comment
    found.decided_by, found.decided_at = ctx.user.id, ctx.now
    await ctx.session.flush()
    scores = {"before": {"score": answer.score}, "after": {"score": decision.score}}
    await ctx.audit("ai_lab.appeal.decided", subject=("appeal", appeal_id), **scores)
    if decision.score != answer.score:
        await ctx.publish(
            ExerciseRegraded(
                exercise_id=exercise.id,
                answer_id=answer.id,
                kind=exercise.kind,
                user_id=answer.user_id,
                course_id=exercise.course_id,
                lesson_id=exercise.lesson_id,
                score=decision.score,
                previous_score=answer.score,
            )
        )
    return await read(ctx, appeal_id)


def view(row: Appeal, answer: Answer) -> AppealView:
    """An appeal as its learner sees it."""
    return AppealView(
        reason=row.reason,
        appealed_at=row.appealed_at,
        graded=answer.score,
        score=row.score,
        comment=row.comment,
        decided_at=row.decided_at,
    )


def _appeals(ctx: Context) -> Select[*tuple[Any, ...]]:
    lesson = ctx.service(Learning).lessons().subquery("lesson")
    of_lesson = and_(lesson.c.tenant_id == Exercise.tenant_id, lesson.c.lesson_id == Exercise.lesson_id)
    return (
        select(Appeal, Answer, Exercise, lesson.c.title, lesson.c.course_title)
        .join(Answer, and_(Answer.tenant_id == Appeal.tenant_id, Answer.id == Appeal.answer_id))
        .join(Exercise, and_(Exercise.tenant_id == Answer.tenant_id, Exercise.id == Answer.exercise_id))
        .outerjoin(lesson, of_lesson)
    )


async def _own(ctx: Context, answer_id: UUID) -> tuple[Answer, Exercise]:
    found = await ctx.session.execute(
        select(Answer, Exercise)
        .join(Exercise, and_(Exercise.tenant_id == Answer.tenant_id, Exercise.id == Answer.exercise_id))
        .where(Answer.id == answer_id, Answer.user_id == ctx.user.id)
    )
    row = found.one_or_none()
    if row is None:
        raise NotFound("You have given no such answer.")
    return row[0], row[1]


async def _decidable(ctx: Context, appeal_id: UUID) -> Any:
    row = (await ctx.session.execute(_appeals(ctx).where(Appeal.id == appeal_id))).one_or_none()
    if row is None or not await ctx.service(Reach).may(DECIDE, course_id=row.Exercise.course_id):
        raise NotFound("There is no such appeal.")
    return row


async def _names(ctx: Context, user_ids: set[UUID]) -> dict[UUID, str]:
    cards = await ctx.service(UserDirectory).cards(user_ids)
    return {user_id: card.display_name for user_id, card in cards.items()}


def _card(row: Any, names: dict[UUID, str]) -> AppealCard:
    found, answer, exercise, lesson_title, course_title = row
    return AppealCard(
        id=found.id,
        learner=names.get(answer.user_id, ""),
        exercise=exercise.content.get("title") or lesson_title or exercise.key,
        course=course_title or "",
        kind=exercise.kind,
        appeal=view(found, answer),
    )
