"""What a quiz, a training and embeddings leave in the tables of recommendations."""

from typing import Any

from sqlalchemy import select

from questline_core.auth.models import User
from questline_core.content.models import Lesson
from questline_recommendations.models import (
    ChangedLearner,
    Mastery,
    Neighbour,
    Pick,
    Popular,
    Refresh,
    Related,
    TextVector,
    Training,
)


async def fill_recommendations(site: Any, tenant: Any, word: str) -> None:
    """A row in each table, beside those that the tenant's own training makes."""
    async with site.context(tenant.id) as ctx:
        lesson_id = (await ctx.session.scalars(select(Lesson.id).limit(1))).one()
        user_id = (await ctx.session.scalars(select(User.id).limit(1))).one()
        own = {"tenant_id": tenant.id}
        of_user = {**own, "user_id": user_id}
        of_lesson = {**own, "lesson_id": lesson_id}
        for row in (
            Training(started_at=ctx.now, state="replaced"),
            Mastery(**of_user, lesson_id=lesson_id, percent=40, measured_at=ctx.now),
            Pick(**of_user, lesson_ids=[lesson_id], reasons=["similar"], because_ids=[lesson_id], made_at=ctx.now),
            ChangedLearner(**of_user),
            Refresh(**own, what="picks", queued_at=None),
            Popular(**of_lesson, rank=1, learners=1),
            TextVector(**of_lesson, checksum=word, vector=[0.5]),
            Neighbour(**of_lesson, signal="similar", lesson_ids=[lesson_id], weights=[0.5]),
            Related(**of_lesson, rank=90, other_id=lesson_id, reason="similar"),
        ):
            await ctx.session.merge(row)
