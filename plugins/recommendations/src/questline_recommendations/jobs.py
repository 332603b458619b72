"""The steps of training as jobs, what starts one, and its times."""

import asyncio
import datetime as dt
import importlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Uuid, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql as pg

from questline_recommendations.models import ChangedLearner, Refresh, Training
from questline_sdk import Context, Job, Schedule

NIGHTLY = "23 2 * * *"
STALE_AFTER = dt.timedelta(days=3)
"""Where nobody's clock starts a training (the site was off at night), activity does."""
PICKS = "picks"
PAUSE = dt.timedelta(seconds=1)
"""After something changed, so that what many learners do at the same time is scored together."""
LOST_AFTER = dt.timedelta(minutes=15)
"""A queued job that has not come by then has failed for good; the next change queues another."""


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """No arguments."""


class TrainingArgs(msgspec.Struct, frozen=True, kw_only=True):
    """Which training a step belongs to."""

    training_id: UUID


class ScoreArgs(msgspec.Struct, frozen=True, kw_only=True):
    """Which training a step belongs to, and after whom it goes on."""

    training_id: UUID
    after: UUID | None = None


async def _module(name: str) -> Any:
    """A module of ours; it brings numpy and its kin, which neither a start nor the event loop shall wait for."""
    return await asyncio.to_thread(importlib.import_module, f"questline_recommendations.{name}")


async def _prepare(ctx: Context, args: TrainingArgs) -> None:
    await (await _module("training")).prepare(ctx, args)


async def _fit(ctx: Context, args: TrainingArgs) -> None:
    await (await _module("training")).fit_all(ctx, args)


async def _score(ctx: Context, args: ScoreArgs) -> None:
    await (await _module("training")).score_some(ctx, args)


async def _refresh(ctx: Context, _: Nothing) -> None:
    picks = await _module("picks")
    await start_if_stale(ctx)
    await ctx.session.execute(update(Refresh).values(queued_at=None))  # who changes from here on waits for the commit
    if await picks.refresh_changed(ctx):
        await _queue_refresh(ctx)


async def _nightly(ctx: Context, _: Nothing) -> None:
    await start_training(ctx)


PREPARE = Job(name="prepare_texts", function=_prepare, args=TrainingArgs)
FIT = Job(name="fit", function=_fit, args=TrainingArgs)
SCORE = Job(name="score", function=_score, args=ScoreArgs)
TRAIN = Job(name="train", function=_nightly, args=Nothing)
REFRESH = Job(name="refresh", function=_refresh, args=Nothing)
JOBS = (PREPARE, FIT, SCORE, TRAIN, REFRESH)
SCHEDULE = Schedule(cron=NIGHTLY, job=TRAIN, args=Nothing())


async def refresh_soon(ctx: Context, user_ids: Iterable[UUID]) -> None:
    """Suggest anew to learners in a moment, together with the others who did something."""
    users = func.unnest(bindparam("user_ids", sorted(set(user_ids)), type_=pg.ARRAY(Uuid()))).column_valued("user_id")
    changed = pg.insert(ChangedLearner).from_select(["user_id"], select(users)).on_conflict_do_nothing().cte("changed")
    queue = pg.insert(Refresh).values(what=PICKS, queued_at=ctx.now)
    lost = Refresh.queued_at.is_(None) | (Refresh.queued_at < ctx.now - LOST_AFTER)
    queue = queue.on_conflict_do_update(index_elements=["tenant_id", "what"], set_={"queued_at": ctx.now}, where=lost)
    if (await ctx.session.execute(queue.returning(Refresh.tenant_id).add_cte(changed))).first() is not None:
        await ctx.enqueue(REFRESH, Nothing(), delay=PAUSE)


async def _queue_refresh(ctx: Context) -> None:
    await ctx.session.execute(update(Refresh).values(queued_at=ctx.now))
    await ctx.enqueue(REFRESH, Nothing())


async def start_training(ctx: Context) -> UUID:
    """Begin to make all recommendations anew; one that is under way ends at its next step. Returns its id."""
    running = Training.state.not_in(("done", "replaced"))
    await ctx.session.execute(update(Training).where(running).values(state="replaced", finished_at=ctx.now))
    training_id: UUID = (
        await ctx.session.execute(insert(Training).values(started_at=ctx.now).returning(Training.id))
    ).scalar_one()
    await ctx.enqueue(PREPARE, TrainingArgs(training_id=training_id))
    return training_id


async def start_if_stale(ctx: Context) -> None:
    """Begin a training where the last one is days ago; of those who see that at once, one begins it."""
    latest = select(func.max(Training.started_at))
    if not _is_stale(ctx, await ctx.session.scalar(latest)):
        return
    name = f"recommendations/{ctx.tenant_id}"
    await ctx.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
    if _is_stale(ctx, await ctx.session.scalar(latest)):
        await start_training(ctx)


def _is_stale(ctx: Context, started_at: dt.datetime | None) -> bool:
    return started_at is None or started_at + STALE_AFTER < ctx.now
