"""Badges: what counts, and that each is earned once."""

import asyncio
import datetime as dt
from uuid import uuid4

from sqlalchemy import text

from questline_badges.administration import create_definition
from questline_badges.criteria import CourseDone, EventCount, PointsTotal, Streak
from questline_badges.schemas import DefinitionInput
from questline_badges.service import advance
from questline_sdk import Event
from questline_sdk.conditions import Condition
from questline_sdk.events import LessonCompleted

LESSON = "learning.lesson.completed.v1"
DONE = "demo.thing.done.v1"


async def define(site, tenant, criterion, slug="tested"):
    async with site.context(tenant.id) as ctx:
        definition = DefinitionInput(slug=slug, title="Tested", description="For tests.", criterion=criterion)
        return await create_definition(ctx, definition)


async def happen(site, tenant, user_id, kind=DONE, at=None, **data):
    event = Event(id=uuid4(), type=kind, tenant_id=tenant.id, occurred_at=at or dt.datetime.now(dt.UTC), data=data)
    async with site.context(tenant.id) as ctx:
        await advance(ctx, {user_id: event})


async def badge(client, slug="tested"):
    gallery = (await client.get("/api/v1/p/badges/me")).json()
    return next(each for each in gallery["badges"] if each["slug"] == slug)


def lesson(user_id):
    return LessonCompleted(
        user_id=user_id,
        course_id=uuid4(),
        course_slug="c",
        module_id=uuid4(),
        lesson_id=uuid4(),
        lesson_slug="l",
        kind="lesson",
    )


async def test_a_tenant_starts_with_thirteen_badges_all_open(as_user):
    learner = await as_user("learner")
    gallery = (await learner.get("/api/v1/p/badges/me")).json()
    assert (gallery["earned"], gallery["total"]) == (0, 13)
    assert all(each["earned_at"] is None and each["progress"]["current"] == 0 for each in gallery["badges"])
    assert {each["tier"] for each in gallery["badges"]} == {"bronze", "silver", "gold"}


async def test_a_first_lesson_and_its_points_earn_badges_through_the_queue(site, tenant, as_user, ctx, drain):
    learner = await as_user("learner")
    for _ in range(10):
        await ctx.publish(lesson(learner.user_id))
    await ctx.session.commit()
    await drain()
    assert (await badge(learner, "first-brief"))["earned_at"] is not None
    assert (await badge(learner, "content-engine"))["earned_at"] is not None
    assert (await badge(learner, "high-performer"))["progress"] == {"current": 100, "target": 500}
    assert (await badge(learner, "first-hundred"))["earned_at"] is not None
    async with site.context(tenant.id) as reader:
        rows = await reader.session.execute(
            text("SELECT data->>'slug' AS slug FROM core.event WHERE type = 'badges.badge.earned.v1'")
        )
        assert sorted(row.slug for row in rows) == ["content-engine", "first-brief", "first-hundred"]


async def test_only_events_that_meet_the_condition_count(site, tenant, as_user):
    learner = await as_user("learner")
    await define(site, tenant, EventCount(event=DONE, count=2, condition=Condition(field="ok", op="eq", value=True)))
    await happen(site, tenant, learner.user_id, ok=False)
    await happen(site, tenant, learner.user_id, ok=True)
    await happen(site, tenant, learner.user_id, kind="demo.other.done.v1", ok=True)
    assert (await badge(learner))["progress"] == {"current": 1, "target": 2}
    await happen(site, tenant, learner.user_id, ok=True)
    assert (await badge(learner))["earned_at"] is not None


async def test_parallel_events_are_all_counted_and_earn_once(site, tenant, as_user):
    learner = await as_user("learner")
    await define(site, tenant, EventCount(event=DONE, count=10))
    await asyncio.gather(*(happen(site, tenant, learner.user_id) for _ in range(12)))
    assert (await badge(learner))["earned_at"] is not None
    async with site.context(tenant.id) as ctx:
        count = await ctx.session.scalar(
            text("SELECT count(*) FROM core.event WHERE type = 'badges.badge.earned.v1' AND data->>'slug' = 'tested'")
        )
    assert count == 1


async def test_a_streak_needs_days_in_a_row_on_the_learners_calendar(site, tenant, as_user):
    learner = await as_user("learner")
    await learner.patch("/api/v1/me", json={"time_zone": "America/Los_Angeles"})
    await define(site, tenant, Streak(days=3))
    first = dt.datetime.now(dt.UTC).replace(hour=20, minute=0, second=0, microsecond=0) - dt.timedelta(days=9)
    for hours in (0, 1, 48, 72, 48):  # twice on a day, a gap, the next day, and one that arrives late
        await happen(site, tenant, learner.user_id, LESSON, first + dt.timedelta(hours=hours))
    assert (await badge(learner))["progress"]["current"] == 0  # the streak of two ended a week ago
    # 06:00 UTC is still the evening before in Los Angeles.
    await happen(site, tenant, learner.user_id, LESSON, first + dt.timedelta(hours=72 + 10))
    assert (await badge(learner))["earned_at"] is None
    await happen(site, tenant, learner.user_id, LESSON, first + dt.timedelta(hours=96))
    assert (await badge(learner))["earned_at"] is not None


async def test_points_raise_progress_and_never_lower_it(site, tenant, as_user):
    learner = await as_user("learner")
    await define(site, tenant, PointsTotal(points=50))
    for balance in (30, 20):
        await happen(site, tenant, learner.user_id, "points.awarded.v1", balance=balance)
    assert (await badge(learner))["progress"]["current"] == 30
    await happen(site, tenant, learner.user_id, "points.awarded.v1", balance=70)
    assert (await badge(learner))["progress"] == {"current": 50, "target": 50}


async def test_a_course_badge_is_for_that_course(site, tenant, as_user):
    learner = await as_user("learner")
    await define(site, tenant, CourseDone(course_slug="one"))
    await happen(site, tenant, learner.user_id, "learning.course.completed.v1", course_slug="two")
    assert (await badge(learner))["earned_at"] is None
    await happen(site, tenant, learner.user_id, "learning.course.completed.v1", course_slug="one")
    assert (await badge(learner))["earned_at"] is not None
