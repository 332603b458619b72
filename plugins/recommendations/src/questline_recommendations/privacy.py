"""What recommendations keep of a person, for them to take along or to have erased."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from questline_recommendations.models import ChangedLearner, Mastery, Pick
from questline_sdk import Context


async def export(ctx: Context, user_id: UUID) -> dict[str, Any]:
    """What is suggested to a user and why, and their best quiz results, as JSON."""
    columns = (Pick.lesson_ids, Pick.reasons, Pick.because_ids, Pick.made_at)
    pick = (await ctx.session.execute(select(*columns).where(Pick.user_id == user_id))).mappings().one_or_none()
    results = await ctx.session.execute(
        select(Mastery.lesson_id, Mastery.percent, Mastery.measured_at)
        .where(Mastery.user_id == user_id)
        .order_by(Mastery.measured_at, Mastery.lesson_id)
    )
    return {
        "suggested": dict(pick) if pick is not None else None,
        "quiz_results": [dict(row) for row in results.mappings()],
    }


async def erase(ctx: Context, user_id: UUID) -> None:
    """Remove what is suggested to a user and their results; signals of all learners together hold nobody's data."""
    await ctx.session.execute(delete(ChangedLearner).where(ChangedLearner.user_id == user_id))
    await ctx.session.execute(delete(Pick).where(Pick.user_id == user_id))
    await ctx.session.execute(delete(Mastery).where(Mastery.user_id == user_id))
