"""What badges keep of a person, for them to take along or to have erased."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select

from questline_badges.models import Award, Definition, Progress
from questline_sdk import Context


async def export(ctx: Context, user_id: UUID) -> dict[str, Any]:
    """A user's badges and their progress to the others, as JSON."""
    awards = (
        select(Definition.slug, Definition.title, Award.earned_at)
        .join(Award, Award.definition_id == Definition.id)
        .where(Award.user_id == user_id)
        .order_by(Award.earned_at)
    )
    progress = (
        select(Definition.slug, Progress.current, Progress.last_day)
        .join(Progress, Progress.definition_id == Definition.id)
        .where(Progress.user_id == user_id)
        .order_by(Definition.slug)
    )
    earned = [msgspec.to_builtins(dict(row)) for row in (await ctx.session.execute(awards)).mappings()]
    under_way = [msgspec.to_builtins(dict(row)) for row in (await ctx.session.execute(progress)).mappings()]
    return {"earned": earned, "progress": under_way}


async def erase(ctx: Context, user_id: UUID) -> None:
    """Remove a user's badges and progress."""
    await ctx.session.execute(delete(Award).where(Award.user_id == user_id))
    await ctx.session.execute(delete(Progress).where(Progress.user_id == user_id))
