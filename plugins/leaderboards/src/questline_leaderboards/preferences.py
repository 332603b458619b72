"""How a user appears on the boards."""

from uuid import UUID

from questline_leaderboards import queries
from questline_leaderboards.jobs import REFRESH, RefreshArgs
from questline_leaderboards.schemas import Preferences
from questline_leaderboards.service import lock_name
from questline_sdk import Conflict, Context


async def preferences_of(ctx: Context, user_id: UUID) -> Preferences:
    """What a user has chosen."""
    row = await ctx.fetch_one(queries.PREFERENCES, user_ids=[user_id])
    return Preferences(opted_out=row.opted_out, pseudonym=row.pseudonym) if row else Preferences()


async def choose(ctx: Context, user_id: UUID, preferences: Preferences) -> Preferences:
    """Store a choice and bring the boards up to it after commit; raises `Conflict` for a pseudonym that is taken."""
    await ctx.session.execute(queries.LOCK_USER, {"name": f"leaderboards/{ctx.tenant_id}/pseudonyms"})
    if preferences.pseudonym and await ctx.session.scalar(
        queries.PSEUDONYM_TAKEN, {"user_id": user_id, "pseudonym": preferences.pseudonym}
    ):
        raise Conflict("Somebody else goes by this name; choose another.", code="pseudonym_taken")
    await ctx.session.execute(queries.LOCK_USER, {"name": lock_name(ctx, user_id)})
    values = {"user_id": user_id, "opted_out": preferences.opted_out, "pseudonym": preferences.pseudonym}
    await ctx.session.execute(queries.STORE_PREFERENCE, values)
    await ctx.enqueue(REFRESH, RefreshArgs(user_id=user_id))
    return preferences
