"""The dashboard: totals, activity and streak in the reader's time zone, and what to go on with."""

import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import update

from questline_core.auth.models import User
from questline_core.content.dashboard import DASHBOARD
from questline_core.content.schemas import Dashboard
from questline_core.content.service import complete_lesson

NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


@pytest.fixture
def complete_at(site, tenant, learner):
    """Complete a lesson at a moment of the past."""

    async def complete(lesson, moment):
        async with site.context(tenant.id) as ctx:
            ctx.now = moment
            await complete_lesson(ctx, site.host, learner.user_id, UUID(lesson["id"]))

    return complete


@pytest.fixture
def dashboard_at(site, tenant, learner):
    """The learner's dashboard as it is at a moment."""

    async def read(moment) -> Dashboard:
        async with site.context(tenant.id) as ctx:
            (dashboard,) = await ctx.fetch(DASHBOARD, user_id=learner.user_id, now=moment)
            return dashboard

    return read


async def live_in(site, tenant, learner, zone):
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(update(User).where(User.id == learner.user_id).values(time_zone=zone))


async def test_somebody_new_has_an_empty_dashboard(learner):
    answer = await learner.get("/api/v1/dashboard")
    assert answer.status_code == 200
    dashboard = answer.json()
    activity = dashboard.pop("activity")
    assert dashboard == {
        "courses": [],
        "completed_lessons": 0,
        "completed_courses": 0,
        "minutes_learned": 0,
        "current_streak_days": 0,
    }
    assert len(activity) == 84
    assert {day["count"] for day in activity} == {0}
    dates = [dt.date.fromisoformat(day["date"]) for day in activity]
    assert dates == [dates[-1] - dt.timedelta(days=ago) for ago in range(83, -1, -1)]


async def test_a_course_on_the_dashboard_says_how_far_it_is_and_what_comes_next(learner, enrolled):
    course, by_slug = await enrolled(learner)
    await learner.post(f"/api/v1/lessons/{by_slug['green']['id']}/completion")
    dashboard = (await learner.get("/api/v1/dashboard")).json()
    assert (dashboard["completed_lessons"], dashboard["minutes_learned"], dashboard["completed_courses"]) == (1, 5, 0)
    assert dashboard["activity"][-1]["count"] == 1
    assert dashboard["current_streak_days"] == 1
    (mine,) = dashboard["courses"]
    assert mine.pop("last_activity_at") is not None
    assert mine.pop("cover_url") == course["cover_url"]
    assert mine == {
        "id": course["id"],
        "slug": "tea",
        "title": "Tea",
        "summary": "How to make tea.",
        "level": "beginner",
        "tags": ["drinks", "calm"],
        "minutes": 25,
        "lesson_count": 4,
        "learner_count": 1,
        "enrolled": True,
        "percent": 25,
        "completed_lessons": 1,
        "resume": {
            "lesson_id": by_slug["black"]["id"],
            "lesson_title": "Black tea",
            "module_title": "Leaves",
        },
    }


async def test_a_completed_course_has_nothing_to_resume(learner, enrolled, quizzes):
    _, by_slug = await enrolled(learner)
    quizzes.passed.add(learner.user_id)
    for lesson in by_slug.values():
        await learner.post(f"/api/v1/lessons/{lesson['id']}/completion")
    dashboard = (await learner.get("/api/v1/dashboard")).json()
    assert dashboard["completed_courses"] == 1
    assert dashboard["courses"][0]["resume"] is None
    assert dashboard["courses"][0]["percent"] == 100


async def test_a_streak_counts_days_up_to_today_or_yesterday(learner, enrolled, complete_at, dashboard_at, quizzes):
    _, by_slug = await enrolled(learner)
    quizzes.passed.add(learner.user_id)
    day = dt.timedelta(days=1)
    for lesson, ago in zip(by_slug.values(), (5, 2, 1, 1), strict=True):
        await complete_at(lesson, NOON - ago * day)
    assert (await dashboard_at(NOON - day)).current_streak_days == 2
    today = await dashboard_at(NOON)
    assert today.current_streak_days == 2, "today is not lost yet"
    assert [each.count for each in today.activity[-6:]] == [1, 0, 0, 1, 2, 0]
    assert (await dashboard_at(NOON + day)).current_streak_days == 0
    later = await dashboard_at(NOON + 83 * day)
    assert sum(each.count for each in later.activity) == 0
    assert later.completed_lessons == 4


async def test_days_are_those_of_the_readers_time_zone(
    site, tenant, learner, enrolled, complete_at, dashboard_at, quizzes
):
    _, by_slug = await enrolled(learner)
    # 2026-03-09 23:30 and 2026-03-10 00:30 in Auckland (UTC+13); both are 9 March in UTC and in New York.
    await complete_at(by_slug["green"], dt.datetime(2026, 3, 9, 10, 30, tzinfo=dt.UTC))
    await complete_at(by_slug["black"], dt.datetime(2026, 3, 9, 11, 30, tzinfo=dt.UTC))
    now = dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC)
    for zone, last_day, counts, streak in (
        ("Pacific/Auckland", dt.date(2026, 3, 10), [1, 1], 2),
        ("America/New_York", dt.date(2026, 3, 9), [0, 2], 1),
        ("UTC", dt.date(2026, 3, 9), [0, 2], 1),
    ):
        await live_in(site, tenant, learner, zone)
        dashboard = await dashboard_at(now)
        assert [day.count for day in dashboard.activity[-2:]] == counts, zone
        assert dashboard.activity[-1].date == last_day
        assert len(dashboard.activity) == 84
        assert dashboard.current_streak_days == streak
