"""Whether a quiz lesson may count as completed."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import exists, func, select

from questline_assessments.models import Assessment, Attempt
from questline_assessments.publishing import NAME
from questline_sdk import Context
from questline_sdk.blocks import Block
from questline_sdk.hooks import Veto


async def veto_of(ctx: Context, user_id: UUID, blocks: Sequence[Block]) -> Veto | None:
    """A veto while the user has not passed each assessment that is itself the lesson."""
    ids = [UUID(block.data["assessment_id"]) for block in blocks if block.type == NAME and block.data["graded"]]
    if not ids:
        return None
    passed = exists().where(
        Attempt.tenant_id == Assessment.tenant_id,
        Attempt.assessment_id == Assessment.id,
        Attempt.user_id == user_id,
        Attempt.passed.is_(True),
    )
    statement = select(func.count()).where(Assessment.id.in_(ids), Assessment.kind == "quiz", ~passed)
    if not (await ctx.session.execute(statement)).scalar_one():
        return None
    return Veto(code="blocks_incomplete", detail="Pass the quiz to complete this lesson.")
