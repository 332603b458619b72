"""Reading what recommendations are made from."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from questline_recommendations.histories import Histories, Step
from questline_recommendations.models import Mastery
from questline_recommendations.texts import text_of
from questline_sdk import Context
from questline_sdk.learning import Learning

LATEST = 300
"""Completions of a learner that are looked at."""
LEARNERS_AT_ONCE = 5000


class LessonText(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson as training sees it; its place in the list is its number."""

    id: UUID
    course_id: UUID
    position: int
    text: str


class Learner(msgspec.Struct, frozen=True, kw_only=True):
    """A learner and the lessons they completed, in order."""

    user_id: UUID
    lesson_ids: list[UUID]


async def lesson_texts(ctx: Context) -> list[LessonText]:
    """The lessons of the published courses, in the order of the catalogue."""
    lesson = ctx.service(Learning).lessons().subquery("lesson")
    columns = (lesson.c.lesson_id, lesson.c.course_id, lesson.c.position, lesson.c.title, lesson.c.module_title)
    statement = select(*columns, lesson.c.objectives, lesson.c.blocks).order_by(
        lesson.c.course_slug, lesson.c.position, lesson.c.lesson_id
    )
    return [
        LessonText(
            id=row.lesson_id,
            course_id=row.course_id,
            position=row.position,
            text=text_of(row.title, row.module_title, row.objectives, row.blocks),
        )
        for row in await ctx.session.execute(statement)
    ]


async def learners_after(ctx: Context, after: UUID | None, limit: int) -> list[Learner]:
    """The next learners who completed anything, by their ids."""
    done = ctx.service(Learning).completions().subquery("done")
    statement = _histories(done).order_by(done.c.user_id).limit(limit)
    if after is not None:
        statement = statement.where(done.c.user_id > after)
    return _learners(await ctx.session.execute(statement))


async def learners_of(ctx: Context, user_ids: Sequence[UUID]) -> list[Learner]:
    """These learners, as far as they completed anything."""
    done = ctx.service(Learning).completions().subquery("done")
    return _learners(await ctx.session.execute(_histories(done).where(done.c.user_id.in_(user_ids))))


async def all_learners(ctx: Context) -> AsyncIterator[Learner]:
    """Every learner who completed anything."""
    after: UUID | None = None
    while batch := await learners_after(ctx, after, LEARNERS_AT_ONCE):
        for learner in batch:
            yield learner
        after = batch[-1].user_id


async def steps(ctx: Context, numbers: dict[UUID, int]) -> list[list[Step]]:
    """What every learner completed when, as numbers of lessons; for evaluation."""
    done = ctx.service(Learning).completions().subquery("done")
    ordered = select(done).order_by(done.c.user_id, done.c.completed_at, done.c.lesson_id)
    found: dict[UUID, list[Step]] = {}
    for row in await ctx.session.execute(ordered):
        if row.lesson_id in numbers:
            found.setdefault(row.user_id, []).append(Step(item=numbers[row.lesson_id], at=row.completed_at))
    return list(found.values())


async def completion_counts(ctx: Context, since: dt.datetime) -> dict[UUID, int]:
    """How many learners completed each lesson since then."""
    done = ctx.service(Learning).completions().subquery("done")
    statement = (
        select(done.c.lesson_id, func.count().label("learners"))
        .where(done.c.completed_at >= since)
        .group_by(done.c.lesson_id)
    )
    return {row.lesson_id: row.learners for row in await ctx.session.execute(statement)}


async def gaps_of(ctx: Context, user_ids: Sequence[UUID], below: int) -> dict[UUID, dict[UUID, float]]:
    """What is missing of the quizzes in which these learners' best result is below so many per cent: 0 to 1."""
    statement = select(Mastery.user_id, Mastery.lesson_id, Mastery.percent).where(
        Mastery.user_id.in_(user_ids), Mastery.percent < below
    )
    found: dict[UUID, dict[UUID, float]] = {}
    for row in await ctx.session.execute(statement):
        found.setdefault(row.user_id, {})[row.lesson_id] = 1 - row.percent / 100
    return found


def histories(learners: Sequence[Learner], numbers: dict[UUID, int]) -> Histories:
    """The learners' histories as numbers; lessons without one are left out."""
    rows = [[numbers[each] for each in learner.lesson_ids if each in numbers] for learner in learners]
    return Histories.of(rows, len(numbers))


def _histories(done: Any) -> Any:
    ordered = func.array_agg(aggregate_order_by(done.c.lesson_id, done.c.completed_at, done.c.lesson_id))
    return select(done.c.user_id, ordered.label("lesson_ids")).group_by(done.c.user_id)


def _learners(rows: Any) -> list[Learner]:
    return [Learner(user_id=row.user_id, lesson_ids=row.lesson_ids[-LATEST:]) for row in rows]
