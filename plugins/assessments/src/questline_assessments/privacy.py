"""What assessments keep of a person, for them to take along or to have erased."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import and_, delete, select

from questline_assessments.models import Answer, Assessment, Attempt, Item
from questline_sdk import Context


async def export(ctx: Context, user_id: UUID) -> dict[str, Any]:
    """A user's attempts with their answers as JSON."""
    attempts = await ctx.session.execute(
        select(
            Attempt.id,
            Assessment.slug.label("assessment"),
            Attempt.number,
            Attempt.status,
            Attempt.started_at,
            Attempt.deadline_at,
            Attempt.submitted_at,
            Attempt.score,
            Attempt.max_score,
            Attempt.percent,
            Attempt.passed,
        )
        .join(Assessment, and_(Assessment.tenant_id == Attempt.tenant_id, Assessment.id == Attempt.assessment_id))
        .where(Attempt.user_id == user_id)
        .order_by(Attempt.started_at, Attempt.id)
    )
    answers = await ctx.session.execute(
        select(Answer.attempt_id, Item.slug.label("item"), Answer.response, Answer.saved_at, Answer.checked_at)
        .join(Attempt, and_(Attempt.tenant_id == Answer.tenant_id, Attempt.id == Answer.attempt_id))
        .outerjoin(Item, and_(Item.tenant_id == Answer.tenant_id, Item.id == Answer.item_id))
        .where(Attempt.user_id == user_id)
        .order_by(Answer.saved_at, Item.slug)
    )
    kept: dict[str, Any] = {
        "attempts": [msgspec.to_builtins(dict(row)) for row in attempts.mappings()],
        "answers": [msgspec.to_builtins(dict(row)) for row in answers.mappings()],
    }
    return kept


async def erase(ctx: Context, user_id: UUID) -> None:
    """Remove a user's attempts, and with them the answers."""
    await ctx.session.execute(
        delete(Attempt).where(Attempt.user_id == user_id).execution_options(synchronize_session=False)
    )
