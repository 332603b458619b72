"""What leaderboards keep of a person, for them to take along or to have erased."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete

from questline_leaderboards.jobs import REFRESH, RefreshArgs
from questline_leaderboards.models import Preference
from questline_leaderboards.preferences import preferences_of
from questline_sdk import Context


async def export(ctx: Context, user_id: UUID) -> dict[str, Any]:
    """A user's preferences as JSON; their places follow from their points."""
    return {"preferences": msgspec.to_builtins(await preferences_of(ctx, user_id))}


async def erase(ctx: Context, user_id: UUID) -> None:
    """Remove a user's preferences, and their places once their points are gone."""
    await ctx.session.execute(delete(Preference).where(Preference.user_id == user_id))
    await ctx.enqueue(REFRESH, RefreshArgs(user_id=user_id))
