"""Boards: the ledger's order exactly, whatever happens to Valkey."""

import asyncio
import datetime as dt
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from questline_leaderboards.periods import board_at, boards_at
from questline_leaderboards.service import keys_of, refresh
from questline_leaderboards.store import BoardStore
from questline_points.service import award_for_events
from questline_sdk import Event
from questline_sdk.events import LessonCompleted

NOW = dt.datetime.now(dt.UTC)
BOARD = "/api/v1/p/leaderboards"
LESSON = "learning.lesson.completed.v1"


async def earn(site, tenant, user_id, *, times=1, at=None):
    """Award ten points so many times and move the user, as the queue would."""
    async with site.context(tenant.id) as ctx:
        for _ in range(times):
            event = Event(id=uuid4(), type=LESSON, tenant_id=tenant.id, occurred_at=at or ctx.now, data={})
            await award_for_events(ctx, {user_id: event})
    async with site.context(tenant.id) as ctx:
        await refresh(ctx, {user_id: [uuid4()]})


async def everyone(client, period="all"):
    board = (await client.get(f"{BOARD}/{period}")).json()
    return [(each["user_id"], each["points"]) for each in board["top"]]


async def in_the_ledger(site, tenant):
    async with site.context(tenant.id) as ctx:
        rows = await ctx.session.execute(
            text(
                "SELECT user_id, sum(amount) AS total FROM points.entry GROUP BY user_id"
                " ORDER BY total DESC, max(occurred_at), user_id"
            )
        )
        return [(str(row.user_id), row.total) for row in rows]


async def forget_everything(site):
    await site.host.redis.flushdb()


async def test_a_completed_lesson_moves_the_board(as_user, ctx, drain):
    first, second = [await as_user("learner", name=name) for name in ("Ada", "Grace")]
    assert (await first.get(f"{BOARD}/all")).json()["total"] == 0
    for learner, lessons in ((first, 1), (second, 2)):
        for _ in range(lessons):
            await ctx.publish(
                LessonCompleted(
                    user_id=learner.user_id,
                    course_id=uuid4(),
                    course_slug="c",
                    module_id=uuid4(),
                    lesson_id=uuid4(),
                    lesson_slug="l",
                    kind="lesson",
                )
            )
    await ctx.session.commit()
    await drain()
    for period in ("all", "month", "week"):
        board = (await first.get(f"{BOARD}/{period}")).json()
        assert [(each["rank"], each["name"], each["points"]) for each in board["top"]] == [
            (1, "Grace", 20),
            (2, "Ada", 10),
        ]
        assert board["me"] == {"rank": 2, "points": 10}
        assert [each["is_me"] for each in board["around"]] == [False, True]
        assert (board["starts_at"] is None) == (period == "all")


async def test_equal_points_rank_by_who_was_there_first(site, tenant, as_user):
    learners = [await as_user("learner") for _ in range(4)]
    moment = NOW - dt.timedelta(minutes=5)
    for microseconds, learner in zip((3, 1, 2, 0), learners, strict=True):
        await earn(site, tenant, learner.user_id, at=moment + dt.timedelta(microseconds=microseconds))
    expected = [str(learners[each].user_id) for each in (3, 1, 2, 0)]
    assert [user for user, _ in await everyone(learners[0])] == expected
    await forget_everything(site)
    assert [user for user, _ in await everyone(learners[0])] == expected


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.booleans()), min_size=1, max_size=10),
)
async def test_the_board_is_always_the_ledgers_order(site, tenant, as_user, steps):
    learners = [await as_user("learner") for _ in range(6)]
    for who, minutes, flush in steps:
        await earn(site, tenant, learners[who].user_id, at=NOW - dt.timedelta(minutes=minutes))
        if flush:
            await forget_everything(site)
        assert await everyone(learners[0]) == (await in_the_ledger(site, tenant))[:10]


async def test_parallel_awards_leave_the_right_total(site, tenant, as_user):
    learner = await as_user("learner")
    await everyone(learner)
    await asyncio.gather(*(earn(site, tenant, learner.user_id) for _ in range(10)))
    assert await everyone(learner) == [(str(learner.user_id), 100)]


async def test_repeating_an_update_changes_nothing(site, tenant, as_user):
    learner = await as_user("learner")
    await earn(site, tenant, learner.user_id)
    await everyone(learner)
    for _ in range(3):
        async with site.context(tenant.id) as ctx:
            await refresh(ctx, {learner.user_id: []})
    assert await everyone(learner) == [(str(learner.user_id), 10)]


async def test_awards_during_a_build_are_on_the_board(site, tenant, as_user):
    learners = [await as_user("learner") for _ in range(5)]
    for learner in learners:
        await earn(site, tenant, learner.user_id)
    for _ in range(5):
        await forget_everything(site)
        readers = [everyone(learner) for learner in learners]
        writers = [earn(site, tenant, learner.user_id) for learner in learners]
        await asyncio.gather(*readers, *writers)
        assert await everyone(learners[0]) == await in_the_ledger(site, tenant)


@pytest.mark.parametrize("lost", ["order", "places"])
async def test_half_a_board_is_built_again(site, tenant, as_user, lost):
    learner = await as_user("learner")
    await earn(site, tenant, learner.user_id)
    await everyone(learner)
    async with site.context(tenant.id) as ctx:
        await ctx.redis.delete(getattr(keys_of(ctx, board_at("all", ctx.now)), lost))
    assert await everyone(learner) == [(str(learner.user_id), 10)]


async def test_a_board_of_an_earlier_run_of_the_server_is_built_again(site, tenant, as_user):
    learner = await as_user("learner")
    await earn(site, tenant, learner.user_id)
    await everyone(learner)
    async with site.context(tenant.id) as ctx:
        keys = keys_of(ctx, board_at("all", ctx.now))
        (member,) = await ctx.redis.zrange(keys.order, 0, -1)
        await ctx.redis.zadd(keys.order, {member: -9999})
        assert await everyone(learner) == [(str(learner.user_id), 9999)]
        await ctx.redis.hset(keys.places, "@run", "before the restart")
    assert await everyone(learner) == [(str(learner.user_id), 10)]


async def test_a_builder_that_died_is_followed_by_another(site, tenant, as_user):
    learner = await as_user("learner")
    await earn(site, tenant, learner.user_id)
    async with site.context(tenant.id) as ctx:
        keys = keys_of(ctx, board_at("all", ctx.now))
        await ctx.redis.set(keys.building, "a process that is gone", px=300)
    assert await everyone(learner) == [(str(learner.user_id), 10)]


async def test_a_new_period_starts_empty(site, tenant, as_user):
    learner = await as_user("learner")
    await earn(site, tenant, learner.user_id, at=NOW - dt.timedelta(days=40))
    assert await everyone(learner, "all") == [(str(learner.user_id), 10)]
    assert await everyone(learner, "month") == []
    assert (await learner.get(f"{BOARD}/week")).json()["me"] is None
    async with site.context(tenant.id) as ctx:
        keys = keys_of(ctx, board_at("month", ctx.now))
        assert await ctx.redis.pttl(keys.places) > 0


def test_boards_are_named_after_the_iso_week_and_month():
    boards = boards_at(dt.datetime(2027, 1, 2, 12, tzinfo=dt.UTC))
    assert [board.name for board in boards] == ["all", "month:2027-01", "week:2026-W53"]
    assert boards[1].ends_at == dt.datetime(2027, 2, 1, tzinfo=dt.UTC)
    assert boards[2].starts_at == dt.datetime(2026, 12, 28, tzinfo=dt.UTC)


async def test_five_above_and_five_below(site, tenant, as_user):
    learners = [await as_user("learner") for _ in range(14)]
    for place, learner in enumerate(learners):
        await earn(site, tenant, learner.user_id, times=14 - place)
    board = (await learners[7].get(f"{BOARD}/all")).json()
    assert board["me"] == {"rank": 8, "points": 70}
    assert [each["rank"] for each in board["around"]] == list(range(3, 14))
    assert [each["rank"] for each in board["top"]] == list(range(1, 11))
    first = (await learners[0].get(f"{BOARD}/all")).json()
    assert [each["rank"] for each in first["around"]] == list(range(1, 7))
    without = (await learners[0].get(f"{BOARD}/all?around=false")).json()
    assert without["around"] == []
    assert without["me"] == {"rank": 1, "points": 140}


async def test_an_unknown_period_is_refused(as_user):
    learner = await as_user("learner")
    assert (await learner.get(f"{BOARD}/year")).status_code == 400


async def test_a_read_without_a_top_asks_for_no_more_than_the_places_around(site, tenant, as_user):
    learners = [await as_user("learner") for _ in range(4)]
    for learner in learners:
        await earn(site, tenant, learner.user_id)
    await everyone(learners[0])
    async with site.context(tenant.id) as ctx:
        keys = keys_of(ctx, board_at("all", ctx.now))
        reading = await BoardStore(ctx.redis).read(keys, learners[1].user_id, top=0, around=1)
    assert reading.top == []
    assert [place.rank for place in reading.around] == [1, 2, 3]
