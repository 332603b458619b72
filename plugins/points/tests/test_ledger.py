"""The ledger: what events are worth, exactly once, within the limits."""

import asyncio
import datetime as dt
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from questline_points.administration import create_rule
from questline_points.api import PointsLedger
from questline_points.events import PointsAwarded
from questline_points.schemas import Cap, RuleInput
from questline_points.service import award_for_events
from questline_sdk import Event
from questline_sdk.conditions import Condition
from questline_sdk.events import LessonCompleted, UserLoggedIn


def lesson_completed(user_id):
    return LessonCompleted(
        user_id=user_id,
        course_id=uuid4(),
        course_slug="c",
        module_id=uuid4(),
        lesson_id=uuid4(),
        lesson_slug="l",
        kind="lesson",
    )


def event_at(tenant, kind, at, data=None):
    return Event(id=uuid4(), type=kind, tenant_id=tenant.id, occurred_at=at, data=data or {})


async def award(site, tenant, user_id, event):
    async with site.context(tenant.id) as ctx:
        await award_for_events(ctx, {user_id: event})


async def add_rule(site, tenant, **values):
    async with site.context(tenant.id) as ctx:
        rule = {"name": "Tested", "event": "demo.thing.done.v1", "amount": 10} | values
        return await create_rule(ctx, RuleInput(**rule))


async def balances(site, tenant, user_id):
    """What the account says and what the ledger adds up to."""
    async with site.context(tenant.id) as ctx:
        row = await ctx.session.execute(
            text(
                "SELECT (SELECT balance FROM points.account WHERE user_id = :u) AS account,"
                " (SELECT coalesce(sum(amount), 0) FROM points.entry WHERE user_id = :u) AS ledger"
            ),
            {"u": user_id},
        )
        return tuple(row.one())


NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)
DONE = "demo.thing.done.v1"


async def test_a_completed_lesson_earns_points_and_a_level(as_user, ctx, drain):
    learner = await as_user("learner")
    for _ in range(6):
        await ctx.publish(lesson_completed(learner.user_id))
    await ctx.session.commit()
    await drain()
    mine = (await learner.get("/api/v1/p/points/me")).json()
    assert mine["balance"] == 60
    assert mine["today"] == 60
    assert mine["week"] == 60
    assert mine["level"] == {"number": 2, "title": "Marketing Assistant", "floor": 50}
    assert mine["next_level"]["floor"] == 150


async def test_a_newcomer_has_no_points_and_the_first_level(as_user):
    learner = await as_user("learner")
    mine = (await learner.get("/api/v1/p/points/me")).json()
    assert mine["balance"] == 0
    assert mine["level"]["number"] == 1
    assert (await learner.get("/api/v1/p/points/me/entries")).json() == {
        "items": [],
        "next_cursor": None,
        "total": None,
    }


async def test_the_same_event_awards_once(site, tenant, as_user):
    learner = await as_user("learner")
    event = event_at(tenant, "learning.lesson.completed.v1", NOW)
    for _ in range(3):
        await award(site, tenant, learner.user_id, event)
    assert await balances(site, tenant, learner.user_id) == (10, 10)


async def test_a_rule_added_later_awards_a_repeated_event_only_itself(site, tenant, as_user):
    learner = await as_user("learner")
    event = event_at(tenant, "learning.lesson.completed.v1", NOW)
    await award(site, tenant, learner.user_id, event)
    await add_rule(site, tenant, event="learning.lesson.completed.v1", amount=7)
    await award(site, tenant, learner.user_id, event)
    assert await balances(site, tenant, learner.user_id) == (17, 17)


async def test_a_condition_decides(site, tenant, as_user):
    learner = await as_user("learner")
    await add_rule(site, tenant, condition=Condition(field="percent", op="gte", value=80))
    await award(site, tenant, learner.user_id, event_at(tenant, DONE, NOW, {"percent": 79}))
    await award(site, tenant, learner.user_id, event_at(tenant, DONE, NOW, {}))
    assert await balances(site, tenant, learner.user_id) == (None, 0)
    await award(site, tenant, learner.user_id, event_at(tenant, DONE, NOW, {"percent": 80}))
    assert await balances(site, tenant, learner.user_id) == (10, 10)


async def test_a_cap_pays_what_is_left_of_it_and_counts_the_users_own_day(site, tenant, as_user):
    learner = await as_user("learner")
    await learner.patch("/api/v1/me", json={"time_zone": "Pacific/Auckland"})
    await add_rule(site, tenant, cap=Cap(per="day", amount=25))
    midnight = dt.datetime(2026, 11, 18, 11, tzinfo=dt.UTC)  # 00:00 of the 19th in Auckland
    for minutes in (-4, -3, -2, -1):
        await award(site, tenant, learner.user_id, event_at(tenant, DONE, midnight + dt.timedelta(minutes=minutes)))
    assert await balances(site, tenant, learner.user_id) == (25, 25)
    await award(site, tenant, learner.user_id, event_at(tenant, DONE, midnight))
    assert await balances(site, tenant, learner.user_id) == (35, 35)


async def test_a_cap_for_ever_never_ends(site, tenant, as_user):
    learner = await as_user("learner")
    await add_rule(site, tenant, cap=Cap(per="ever", amount=10))
    for days in (0, 400):
        await award(site, tenant, learner.user_id, event_at(tenant, DONE, NOW - dt.timedelta(days=days)))
    assert await balances(site, tenant, learner.user_id) == (10, 10)


async def test_a_cooldown_skips_what_follows_too_soon(site, tenant, as_user):
    learner = await as_user("learner")
    await add_rule(site, tenant, cooldown_seconds=60)
    for seconds in (0, 59, 60, 61):
        await award(site, tenant, learner.user_id, event_at(tenant, DONE, NOW + dt.timedelta(seconds=seconds)))
    assert await balances(site, tenant, learner.user_id) == (20, 20)


async def test_a_disabled_rule_awards_nothing(site, tenant, as_user):
    learner = await as_user("learner")
    await add_rule(site, tenant, enabled=False)
    await award(site, tenant, learner.user_id, event_at(tenant, DONE, NOW))
    assert await balances(site, tenant, learner.user_id) == (None, 0)


async def test_parallel_events_neither_break_a_cap_nor_lose_a_point(site, tenant, as_user):
    learner = await as_user("learner")
    await add_rule(site, tenant, cap=Cap(per="day", amount=35))
    await add_rule(site, tenant, amount=3)
    events = [event_at(tenant, DONE, NOW + dt.timedelta(seconds=each)) for each in range(12)]
    await asyncio.gather(*(award(site, tenant, learner.user_id, event) for event in events))
    assert await balances(site, tenant, learner.user_id) == (35 + 36, 35 + 36)


async def test_logging_in_pays_once_a_day(as_user, ctx, drain):
    learner = await as_user("learner")
    for _ in range(3):
        await ctx.publish(UserLoggedIn(user_id=learner.user_id))
    await ctx.session.commit()
    await drain()
    assert (await learner.get("/api/v1/p/points/me")).json()["balance"] == 2


async def test_an_award_is_published_with_the_level_it_brought(site, tenant, as_user, ctx, drain):
    learner = await as_user("learner")
    for _ in range(5):
        await ctx.publish(lesson_completed(learner.user_id))
    await ctx.session.commit()
    await drain()
    async with site.context(tenant.id) as reader:
        rows = await reader.session.execute(
            text("SELECT data FROM core.event WHERE type = :kind ORDER BY id"), {"kind": PointsAwarded.event_type}
        )
        published = [row.data for row in rows]
    assert sorted(each["balance"] for each in published) == [10, 20, 30, 40, 50]
    assert [each["level"]["number"] for each in published if each["level_up"]] == [2]


async def test_entries_come_newest_first_with_running_balances(site, tenant, as_user):
    learner = await as_user("learner")
    await add_rule(site, tenant)
    for minutes in range(5):
        await award(site, tenant, learner.user_id, event_at(tenant, DONE, NOW + dt.timedelta(minutes=minutes)))
    first = (await learner.get("/api/v1/p/points/me/entries?limit=3")).json()
    rest = (await learner.get(f"/api/v1/p/points/me/entries?limit=3&cursor={first['next_cursor']}")).json()
    assert [each["balance_after"] for each in first["items"] + rest["items"]] == [50, 40, 30, 20, 10]
    assert rest["next_cursor"] is None
    assert (await learner.get("/api/v1/p/points/me/entries?cursor=xx")).status_code == 422


async def test_the_app_cannot_change_the_ledger(site, tenant, as_user):
    learner = await as_user("learner")
    await award(site, tenant, learner.user_id, event_at(tenant, "learning.lesson.completed.v1", NOW))
    with pytest.raises(Exception, match="permission denied"):
        async with site.context(tenant.id) as ctx:
            await ctx.session.execute(text("UPDATE points.entry SET amount = 1000"))


async def test_totals_say_when_each_was_reached(site, tenant, as_user):
    early, late, none = [await as_user("learner") for _ in range(3)]
    await add_rule(site, tenant)
    await award(site, tenant, early.user_id, event_at(tenant, DONE, NOW - dt.timedelta(days=40)))
    await award(site, tenant, early.user_id, event_at(tenant, DONE, NOW))
    await award(site, tenant, late.user_id, event_at(tenant, DONE, NOW + dt.timedelta(seconds=1)))
    async with site.context(tenant.id) as ctx:
        ledger = ctx.service(PointsLedger)
        everyone = {row.user_id: row async for part in ledger.totals(None) for row in part}
        lately = {row.user_id: row async for part in ledger.totals(NOW) for row in part}
        found = await ledger.totals_of([early.user_id, none.user_id], [None, NOW, NOW + dt.timedelta(days=1)])
    assert {user: row.total for user, row in everyone.items()} == {early.user_id: 20, late.user_id: 10}
    assert {user: row.total for user, row in lately.items()} == {early.user_id: 10, late.user_id: 10}
    assert everyone[early.user_id].reached_at == NOW
    assert [row and row.total for row in found[early.user_id]] == [20, 10, None]
    assert found[none.user_id] == [None, None, None]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["a", "b", "c"]), st.integers(0, 200_000), st.booleans()), min_size=1, max_size=12
    )
)
async def test_the_balance_is_always_the_ledgers_sum(site, tenant, as_user, steps):
    learner = await as_user("learner")
    await add_rule(site, tenant, event="demo.a.done.v1", amount=3, cap=Cap(per="day", amount=7))
    await add_rule(site, tenant, event="demo.b.done.v1", amount=5, cooldown_seconds=3600)
    await add_rule(site, tenant, event="demo.c.done.v1", amount=11)
    for kind, seconds, twice in steps:
        event = event_at(tenant, f"demo.{kind}.done.v1", NOW + dt.timedelta(seconds=seconds))
        for _ in range(1 + twice):
            await award(site, tenant, learner.user_id, event)
        account, ledger = await balances(site, tenant, learner.user_id)
        assert (account or 0) == ledger
