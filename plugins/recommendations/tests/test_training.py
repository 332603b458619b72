"""Training: in steps that may be lost and taken again, and that a newer training ends."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from questline_recommendations import training
from questline_recommendations.jobs import ScoreArgs, TrainingArgs, start_if_stale, start_training
from questline_recommendations.models import Neighbour, Pick, Training

TRAINING = "/api/v1/p/recommendations/training"


async def count(site, tenant, table):
    async with site.context(tenant.id) as ctx:
        return await ctx.session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def step(site, tenant):
    """Run one step of a training in a transaction of its own, or lose it before it commits."""

    async def run(function, args, *, killed=False):
        async with site.context(tenant.id) as ctx:
            await function(ctx, args)
            if killed:
                await ctx.session.rollback()

    return run


@pytest.fixture
async def started(site, tenant, courses, as_user, complete):
    """A training that has begun, of a tenant with three learners."""
    for _ in range(3):
        await complete(await as_user("learner"), "email", "subject-lines", "newsletters")
    await site.drain()
    async with site.context(tenant.id) as ctx:
        return TrainingArgs(training_id=await start_training(ctx))


async def test_a_training_reports_how_far_it_is(site, tenant, as_user, courses, complete, trained):
    admin = await as_user("admin")
    assert (await admin.get(TRAINING)).json()["training"]["state"] in {"texts", "done"}
    await complete(await as_user("learner"), "email", "subject-lines")
    await trained(tenant)
    done = (await admin.get(TRAINING)).json()["training"]
    assert (done["state"], done["texts"], done["lessons"], done["completions"]) == ("done", "words", 6, 1)
    assert (done["learners"], done["scored"]) == (1, 1)
    assert done["finished_at"] >= done["started_at"]


async def test_a_step_that_is_killed_is_taken_again(site, tenant, started, step, monkeypatch):
    monkeypatch.setattr(training, "CELLS", 1)
    monkeypatch.setattr(training, "MOST", 1)
    monkeypatch.setattr(training, "LEAST", 1)
    score = ScoreArgs(training_id=started.training_id)
    async with site.context(tenant.id) as ctx:
        for table in (Neighbour, Pick):
            await ctx.session.execute(table.__table__.delete())
    for function, args in ((training.prepare, started), (training.fit_all, started), (training.score_some, score)):
        await step(function, args, killed=True)
        await step(function, args)
        await step(function, args if function is not training.score_some else score)
    assert await count(site, tenant, Neighbour) > 0
    assert await count(site, tenant, Pick) == 1
    await site.drain()
    assert await count(site, tenant, Pick) == 3
    async with site.context(tenant.id) as ctx:
        assert await ctx.session.scalar(select(Training.state).where(Training.id == started.training_id)) == "done"


async def test_a_newer_training_ends_the_older_one(site, tenant, started, step):
    async with site.context(tenant.id) as ctx:
        newer = await start_training(ctx)
    await step(training.prepare, started)
    async with site.context(tenant.id) as ctx:
        states = dict((await ctx.session.execute(select(Training.id, Training.state))).all())
    assert (states[started.training_id], states[newer]) == ("replaced", "texts")


async def test_without_lessons_there_is_nothing_to_suggest(site, tenant, as_user, trained):
    await trained(tenant)
    learner = await as_user("learner")
    assert (await learner.get("/api/v1/p/recommendations/next")).json() == {"items": []}
    assert await count(site, tenant, Neighbour) == 0


async def test_activity_starts_a_training_where_the_last_is_days_ago(site, tenant, drain):
    await drain()
    before = await count(site, tenant, Training)
    async with site.context(tenant.id) as ctx:
        await start_if_stale(ctx)
    assert await count(site, tenant, Training) == before
    async with site.context(tenant.id) as ctx:
        ctx.now += dt.timedelta(days=4)
        await start_if_stale(ctx)
        await start_if_stale(ctx)
    assert await count(site, tenant, Training) == before + 1
