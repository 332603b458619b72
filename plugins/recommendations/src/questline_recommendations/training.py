"""Making all recommendations: in steps, each a job that commits and queues the next.

A worker that is killed loses the step it was in, and the queue runs it again. A newer training ends an older one at
its next step. Learners keep what was suggested to them before until their turn has come.
"""

import asyncio
import datetime as dt
from uuid import UUID

from sqlalchemy import select, update

from questline_recommendations import embeddings, picks, related, rows, signals
from questline_recommendations.fitting import Fitted, fit
from questline_recommendations.histories import Histories
from questline_recommendations.jobs import FIT, PREPARE, SCORE, ScoreArgs, TrainingArgs
from questline_recommendations.models import Training
from questline_recommendations.settings import RecommendationsSettings
from questline_recommendations.texts import similar_vectors, similar_words
from questline_sdk import Context

LATELY = dt.timedelta(days=180)
CELLS = 2_000_000
"""Learners times lessons that one step scores, within these bounds of learners."""
LEAST, MOST = 50, 2000


async def prepare(ctx: Context, args: TrainingArgs) -> None:
    """Bring the texts' embeddings up to date, some at a time; then go on to fitting."""
    if not await _is_at(ctx, args.training_id, "texts"):
        return
    settings = await ctx.settings(RecommendationsSettings)
    if settings.embeddings and await embeddings.embed_some(ctx, await rows.lesson_texts(ctx)):
        await ctx.enqueue(PREPARE, args)
        return
    await _go_on(ctx, args.training_id, state="fitting")
    await ctx.enqueue(FIT, args)


async def fit_all(ctx: Context, args: TrainingArgs) -> None:
    """Fit the signals, and keep them with what is related and what is popular."""
    if not await _is_at(ctx, args.training_id, "fitting"):
        return
    lessons = await rows.lesson_texts(ctx)
    numbers = {lesson.id: number for number, lesson in enumerate(lessons)}
    settings = await ctx.settings(RecommendationsSettings)
    vectors = await embeddings.vectors_of(ctx, lessons) if settings.embeddings else None
    texts = [lesson.text for lesson in lessons]
    known = [
        [numbers[each] for each in learner.lesson_ids if each in numbers] async for learner in rows.all_learners(ctx)
    ]
    histories = Histories.of(known, len(lessons))
    if lessons:
        fitted = await asyncio.to_thread(_fit, histories, texts, vectors)
        await signals.store(ctx, [lesson.id for lesson in lessons], fitted)
        await related.store_related(ctx, lessons, fitted)
    await related.store_popular(ctx, lessons, await rows.completion_counts(ctx, ctx.now - LATELY))
    await _go_on(
        ctx,
        args.training_id,
        state="scoring",
        texts="embeddings" if vectors else "words",
        lessons=len(lessons),
        learners=len(known),
        completions=len(histories.items),
    )
    await ctx.enqueue(SCORE, ScoreArgs(training_id=args.training_id))


async def score_some(ctx: Context, args: ScoreArgs) -> None:
    """Suggest to the next learners, and queue those after them."""
    if not await _is_at(ctx, args.training_id, "scoring"):
        return
    stored = await signals.load(ctx)
    if stored is None:
        await _go_on(ctx, args.training_id, state="done", finished_at=ctx.now)
        return
    limit = min(max(CELLS // len(stored.ids), LEAST), MOST)
    learners = await rows.learners_after(ctx, args.after, limit)
    if learners:
        settings = await ctx.settings(RecommendationsSettings)
        gaps = await rows.gaps_of(ctx, [each.user_id for each in learners], settings.gap_below)
        await picks.write(ctx, stored, learners, gaps)
        await _go_on(ctx, args.training_id, scored=Training.scored + len(learners))
    if len(learners) < limit:
        await _go_on(ctx, args.training_id, state="done", finished_at=ctx.now)
        return
    await ctx.enqueue(SCORE, ScoreArgs(training_id=args.training_id, after=learners[-1].user_id))


def _fit(histories: Histories, texts: list[str], vectors: list[list[float]] | None) -> Fitted:
    return fit(histories, similar_vectors(vectors) if vectors else similar_words(texts))


async def _is_at(ctx: Context, training_id: UUID, state: str) -> bool:
    """Whether a training still has to take this step; holds it until the step has committed."""
    statement = select(Training.state).where(Training.id == training_id).with_for_update()
    return (await ctx.session.execute(statement)).scalar_one_or_none() == state


async def _go_on(ctx: Context, training_id: UUID, **changes: object) -> None:
    await ctx.session.execute(update(Training).where(Training.id == training_id).values(**changes))
