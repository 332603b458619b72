"""What is suggested to learners: scored from the stored signals, kept in one row for each learner."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import msgspec
import numpy as np
from scipy import sparse
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from questline_recommendations import rows, signals
from questline_recommendations.models import ChangedLearner, Pick
from questline_recommendations.rows import Learner
from questline_recommendations.scoring import Suggestion, score, suggest
from questline_recommendations.settings import RecommendationsSettings
from questline_recommendations.signals import Stored
from questline_sdk import Context

KEPT = 12
"""Suggestions kept for a learner: more than are shown, since what they complete meanwhile is left out."""


AT_ONCE = 200
"""Learners in one transaction."""


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """Told to a learner's browsers: ask again what is next."""


async def refresh_changed(ctx: Context) -> bool:
    """Suggest anew to learners who did something, from the signals of that only; says whether there may be more."""
    first = select(ChangedLearner.user_id).limit(AT_ONCE)
    gone = delete(ChangedLearner).where(ChangedLearner.user_id.in_(first)).returning(ChangedLearner.user_id)
    user_ids = sorted(await ctx.session.scalars(gone))
    found = {each.user_id: each for each in await rows.learners_of(ctx, user_ids)}
    learners = [found.get(each) or Learner(user_id=each, lesson_ids=[]) for each in user_ids]
    settings = await ctx.settings(RecommendationsSettings)
    gaps = await rows.gaps_of(ctx, user_ids, settings.gap_below)
    own = {lesson for each in learners for lesson in (*each.lesson_ids, *gaps.get(each.user_id, ()))}
    stored = await signals.load(ctx, own) if own else None
    if stored is not None:
        await write(ctx, stored, learners, gaps)
        for user_id in user_ids:
            ctx.send_live("recommendations.changed", Changed(), user_id=user_id)
    return len(user_ids) == AT_ONCE


async def write(ctx: Context, stored: Stored, learners: Sequence[Learner], gaps: dict[UUID, dict[UUID, float]]) -> None:
    """Score learners and keep what is suggested to them."""
    suggested = await asyncio.to_thread(_suggest, stored, learners, gaps)
    ids = stored.ids
    values = [
        {
            "user_id": learner.user_id,
            "lesson_ids": [ids[each.item] for each in some],
            "reasons": [each.reason for each in some],
            "because_ids": [ids[each.because] for each in some],
            "made_at": ctx.now,
        }
        for learner, some in zip(learners, suggested, strict=True)
    ]
    statement = insert(Pick)
    new = statement.excluded
    changes = {name: new[name] for name in ("lesson_ids", "reasons", "because_ids", "made_at")}
    await ctx.session.execute(
        statement.on_conflict_do_update(index_elements=["tenant_id", "user_id"], set_=changes), values
    )


def _suggest(
    stored: Stored, learners: Sequence[Learner], gaps: dict[UUID, dict[UUID, float]]
) -> list[list[Suggestion]]:
    known = rows.histories(learners, stored.numbers)
    missing = [
        (place, stored.numbers[lesson_id], share)
        for place, learner in enumerate(learners)
        for lesson_id, share in gaps.get(learner.user_id, {}).items()
        if lesson_id in stored.numbers
    ]
    shares = np.array([share for _, _, share in missing], dtype=np.float32)
    places = ([place for place, _, _ in missing], [number for _, number, _ in missing])
    matrix = sparse.coo_array((shares, places), shape=(len(learners), len(stored.ids))).tocsr()
    return suggest(stored.fitted, score(stored.fitted, known, matrix), KEPT)
