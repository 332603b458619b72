"""Money: never more than a budget, counted once, whatever happens in between."""

import asyncio
import datetime as dt
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from questline_ai import lanes
from questline_ai.ledger import NewCall, Outcome, reserve, settle, sweep
from questline_core.mail.models import Mail
from questline_sdk.ai_calls import AI, AIRequest, BudgetExceeded

BUDGETS = "/api/v1/p/ai/budgets"


def new_call(ctx, micros, **more):
    values = {
        "id": uuid4(),
        "request_id": uuid4(),
        "placement": "try",
        "template": "ai.try",
        "template_version": "1",
        "capability": "chat",
        "provider": "p",
        "model": "m",
        "sample": False,
        "currency": "USD",
        "price_version": "1",
        "reserved_micros": micros,
        "prompt_hash": "",
        "started_at": ctx.now,
        "expires_at": ctx.now + dt.timedelta(minutes=5),
    }
    return NewCall(**values | more)


async def used(admin):
    (budget,) = (await admin.get(BUDGETS)).json()
    return budget["spent_micros"], budget["reserved_micros"]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    together=st.booleans(),
    limit=st.integers(0, 1000),
    calls=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 100)), min_size=1, max_size=24),
)
async def test_calls_at_the_same_time_never_overspend(site, together, limit, calls):
    tenant = await site.new_tenant(plugins=["ai"])
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(
            text("INSERT INTO ai.budget (scope, currency, limit_micros) VALUES ('tenant', 'USD', :limit)"),
            {"limit": limit},
        )

    async def call(micros, percent):
        async with site.context(tenant.id) as ctx:
            values = new_call(ctx, micros)
            await (lanes.reserve(ctx, values) if together else reserve(ctx, [values]))
        cost = micros * percent // 100
        async with site.context(tenant.id) as ctx:
            held = await ctx.session.scalar(
                text("SELECT coalesce(sum(spent_micros + reserved_micros), 0) FROM ai.budget_month")
            )
            assert held <= limit
        async with site.context(tenant.id) as ctx:
            outcome = Outcome(status="settled", cost_micros=cost)
            assert await (lanes.settle(ctx, values.id, outcome) if together else settle(ctx, {values.id: outcome}))
        return cost

    results = await asyncio.gather(*(call(*each) for each in calls), return_exceptions=True)
    await lanes.settled()
    assert all(isinstance(each, int | BudgetExceeded) for each in results), results
    spent = sum(each for each in results if isinstance(each, int))
    async with site.context(tenant.id) as ctx:
        found = (await ctx.session.execute(text("SELECT spent_micros, reserved_micros FROM ai.budget_month"))).all()
        noted = await ctx.session.scalar(text("SELECT coalesce(sum(cost_micros), 0) FROM ai.call"))
    assert [tuple(each) for each in found] in ([(spent, 0)], [])
    assert noted == spent <= limit


async def test_a_used_up_budget_refuses_before_anything_is_asked(configured, admin, ask, vendor, calls):
    await admin.post(BUDGETS, json={"scope": "tenant", "limit_micros": 10})
    problem = await ask()
    assert (problem["status"], problem["code"]) == (402, "ai_budget_exceeded")
    assert vendor.asked == []
    assert await calls() == []
    assert await used(admin) == (0, 0)


async def test_budgets_of_users_and_courses_count_only_theirs(configured, admin, site, tenant, as_user):
    learner, other = await as_user("learner"), await as_user("learner")
    added = await admin.post(BUDGETS, json={"scope": "user", "user_id": str(learner.user_id), "limit_micros": 0})
    assert added.status_code == 201, added.text
    await admin.post(BUDGETS, json={"scope": "each_user", "limit_micros": 100_000})
    wanted = AIRequest(placement="try", template="ai.try", variables={"text": "Hi"})
    async with site.context(tenant.id) as ctx:
        ai = ctx.service(AI)
        with pytest.raises(BudgetExceeded):
            await ai.complete(ctx, _for(wanted, learner))
        await ai.complete(ctx, _for(wanted, other))
    budgets = {each["scope"]: each for each in (await admin.get(BUDGETS)).json()}
    assert budgets["each_user"]["spent_micros"] == 15
    assert budgets["user"]["spent_micros"] == 0


def _for(request, client):
    return AIRequest(
        placement=request.placement, template=request.template, variables=request.variables, user_id=client.user_id
    )


async def test_a_budget_in_another_currency_refuses(configured, admin, ask):
    await admin.post(BUDGETS, json={"scope": "tenant", "limit_micros": 10_000_000, "currency": "EUR"})
    assert (await ask())["code"] == "ai_budget_currency"


async def test_passing_50_80_and_100_percent_is_told_once_each(site, tenant, admin, drain):
    await admin.post(BUDGETS, json={"scope": "tenant", "limit_micros": 100})
    told = []
    for _ in range(11):
        async with site.context(tenant.id) as ctx:
            values = new_call(ctx, 10)
            try:
                await reserve(ctx, [values])
            except BudgetExceeded:
                break
            await settle(ctx, {values.id: Outcome(status="settled", cost_micros=10)})
            (budget,) = (await ctx.session.execute(text("SELECT alerted_percent FROM ai.budget_month"))).all()
            told.append(budget.alerted_percent)
    assert told == [0, 0, 0, 0, 50, 50, 50, 80, 80, 100]
    async with site.context(tenant.id) as ctx:
        events = await ctx.session.execute(
            text("SELECT data ->> 'percent' FROM core.event WHERE type = 'ai.budget.reached.v1' ORDER BY id")
        )
        assert [int(each[0]) for each in events] == [50, 80, 100]


async def test_what_a_killed_worker_left_is_ended_exactly_once(site, tenant, admin):
    await admin.post(BUDGETS, json={"scope": "tenant", "limit_micros": 1000})
    async with site.context(tenant.id) as ctx:
        late = new_call(ctx, 300, expires_at=ctx.now - dt.timedelta(seconds=1))
        under_way = new_call(ctx, 200)
        for values in (late, under_way):
            await reserve(ctx, [values])
    assert await used(admin) == (0, 500)

    async def clean():
        async with site.context(tenant.id) as ctx:
            return await sweep(ctx)

    assert sum(await asyncio.gather(*(clean() for _ in range(5)))) == 1
    assert await used(admin) == (300, 200)
    async with site.context(tenant.id) as ctx:
        assert await settle(ctx, {late.id: Outcome(status="settled", cost_micros=120)})
    assert await used(admin) == (120, 200)
    async with site.context(tenant.id) as ctx:
        assert not await settle(ctx, {late.id: Outcome(status="failed")})
        assert await settle(ctx, {under_way.id: Outcome(status="cancelled", cost_micros=20)})
        assert not await settle(ctx, {under_way.id: Outcome(status="cancelled", cost_micros=20)})
    assert await used(admin) == (140, 0)


async def test_settling_at_the_same_time_counts_once(site, tenant, admin):
    await admin.post(BUDGETS, json={"scope": "tenant", "limit_micros": 1000})
    async with site.context(tenant.id) as ctx:
        values = new_call(ctx, 100)
        await reserve(ctx, [values])

    async def end():
        async with site.context(tenant.id) as ctx:
            return await settle(ctx, {values.id: Outcome(status="settled", cost_micros=40)})

    assert sorted(map(len, await asyncio.gather(*(end() for _ in range(6))))) == [0] * 5 + [1]
    assert await used(admin) == (40, 0)


async def test_budgets_are_changed_and_removed(admin):
    made = (await admin.post(BUDGETS, json={"scope": "tenant", "limit_micros": 5})).json()
    changed = await admin.put(f"{BUDGETS}/{made['id']}", json={"scope": "tenant", "limit_micros": 9, "enabled": False})
    assert (changed.json()["limit_micros"], changed.json()["enabled"]) == (9, False)
    wrong = await admin.post(BUDGETS, json={"scope": "course", "limit_micros": 5})
    assert wrong.json()["errors"][0]["field"] == "course_id"
    assert (await admin.delete(f"{BUDGETS}/{made['id']}")).status_code == 204
    assert (await admin.get(BUDGETS)).json() == []


async def test_who_leaves_while_a_call_is_reserved_holds_nothing(site, tenant, admin):
    await admin.post(BUDGETS, json={"scope": "tenant", "limit_micros": 1000})
    async with site.context(tenant.id) as ctx:
        tasks = [asyncio.create_task(lanes.reserve(ctx, new_call(ctx, 10))) for _ in range(6)]
        for steps, task in enumerate(tasks):
            for _ in range(steps * 4):
                await asyncio.sleep(0)
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await lanes.settled()
    spent, reserved = await used(admin)
    assert (spent, reserved) == (0, 0)


async def test_one_that_does_not_fit_keeps_none_of_its_moment_out(site, tenant, admin):
    await admin.post(BUDGETS, json={"scope": "tenant", "limit_micros": 100})
    async with site.context(tenant.id) as ctx:
        asked = [lanes.reserve(ctx, new_call(ctx, micros)) for micros in (30, 500, 30, 30, 30)]
        results = await asyncio.gather(*asked, return_exceptions=True)
    assert [isinstance(each, BudgetExceeded) for each in results] == [False, True, False, False, True]
    assert await used(admin) == (0, 90)


async def test_who_runs_the_tenant_is_told_of_a_budget_by_mail_and_at_once(site, tenant, admin, as_user, drain):
    await as_user("learner")
    german = await as_user("owner")
    await german.patch("/api/v1/me", json={"locale": "de"})
    await admin.post(BUDGETS, json={"scope": "tenant", "limit_micros": 2_000_000})
    for cost in (1_000_000, 700_000, 300_000):
        async with site.context(tenant.id) as ctx:
            values = new_call(ctx, cost)
            await lanes.reserve(ctx, values)
            await lanes.settle(ctx, values.id, Outcome(status="settled", cost_micros=cost))
    messages = []
    send, site.host.live.send = site.host.live.send, None
    try:

        async def keep(sent):
            messages.extend(sent)
            await send(sent)

        site.host.live.send = keep
        await drain()
    finally:
        site.host.live.send = send
    told = [(each.user_id, each.data.percent) for each in messages if each.topic == "ai.budget.reached"]
    assert sorted(told) == sorted((user.user_id, percent) for user in (admin, german) for percent in (50, 80, 100))
    async with site.context(tenant.id) as ctx:
        mails = list(await ctx.session.scalars(select(Mail).where(Mail.kind == "ai.budget_reached")))
        subjects = {(each.user_id, each.content.subject) for each in mails}
    assert len(mails) == 6
    assert (admin.user_id, "80 % of an AI budget is used") in subjects
    assert (german.user_id, "Ein KI-Budget ist aufgebraucht") in subjects
    assert "1.70 of 2.00 USD" in next(each.content.text for each in mails if "80 %" in each.content.subject)
