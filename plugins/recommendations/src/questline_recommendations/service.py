"""What is suggested to whom, as its pages show it."""

from typing import Any, cast
from uuid import UUID

from sqlalchemy import select

from questline_recommendations import queries
from questline_recommendations.jobs import start_training
from questline_recommendations.models import Training
from questline_recommendations.queries import Row
from questline_recommendations.schemas import (
    LatestTraining,
    Reason,
    ReasonKind,
    Recommendation,
    Recommendations,
    State,
    TrainingStatus,
)
from questline_recommendations.settings import RecommendationsSettings
from questline_sdk import Context
from questline_sdk.learning import Learning
from questline_sdk.services import Reach

READ_COURSES = "content.course.read"


async def next_for(ctx: Context, limit: int | None) -> Recommendations:
    """What to learn next; takes one statement, one more for who may read single courses only."""
    shown = limit or (await ctx.settings(RecommendationsSettings)).shown
    query = queries.next_lessons(ctx.service(Learning))
    # What is popular may be among the learner's own suggestions as well.
    rows = await ctx.fetch(query, user_id=ctx.user.id, limit=2 * shown, **await _courses(ctx))
    return Recommendations(items=_cards(rows)[:shown])


async def related_to(ctx: Context, lesson_id: UUID, limit: int | None) -> Recommendations:
    """The lessons related to one; takes one statement, one more for who may read single courses only."""
    shown = limit or (await ctx.settings(RecommendationsSettings)).related
    query = queries.related_lessons(ctx.service(Learning))
    rows = await ctx.fetch(query, user_id=ctx.user.id, lesson_id=lesson_id, limit=shown, **await _courses(ctx))
    return Recommendations(items=_cards(rows))


async def train(ctx: Context) -> TrainingStatus:
    """Begin to make all recommendations anew."""
    training_id = await start_training(ctx)
    await ctx.audit("recommendations.training.started", subject=("training", training_id))
    latest = (await latest_training(ctx)).training
    assert latest is not None  # noqa: S101  it has just been written
    return latest


async def latest_training(ctx: Context) -> LatestTraining:
    """How far the latest training has come."""
    statement = select(Training).order_by(Training.started_at.desc(), Training.id.desc()).limit(1)
    found = (await ctx.session.scalars(statement)).one_or_none()
    if found is None:
        return LatestTraining(training=None)
    status = TrainingStatus(
        id=found.id,
        state=cast("State", found.state),
        started_at=found.started_at,
        finished_at=found.finished_at,
        texts=found.texts,
        lessons=found.lessons,
        completions=found.completions,
        learners=found.learners,
        scored=found.scored,
    )
    return LatestTraining(training=status)


async def _courses(ctx: Context) -> dict[str, Any]:
    if ctx.user.may(READ_COURSES):
        return {"every_course": True, "courses": []}
    reached = await ctx.service(Reach).courses(READ_COURSES)
    if reached is None:
        return {"every_course": True, "courses": []}
    return {"every_course": False, "courses": list(await ctx.session.scalars(reached))}


def _cards(rows: list[Row]) -> list[Recommendation]:
    found: dict[UUID, Recommendation] = {}
    for row in rows:
        found.setdefault(
            row.lesson_id,
            Recommendation(
                lesson_id=row.lesson_id,
                title=row.title,
                kind=row.kind,
                minutes=row.minutes,
                course_slug=row.course_slug,
                course_title=row.course_title,
                enrolled=row.enrolled,
                reason=Reason(kind=cast("ReasonKind", row.reason), because=row.because, learners=row.learners or None),
            ),
        )
    return list(found.values())
