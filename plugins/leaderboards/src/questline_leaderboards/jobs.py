"""What leaderboards do after a request."""

from uuid import UUID

import msgspec

from questline_leaderboards.service import refresh
from questline_sdk import Context, Job


class RefreshArgs(msgspec.Struct, frozen=True, kw_only=True):
    """Whose places to bring up to date."""

    user_id: UUID


async def refresh_user(ctx: Context, args: RefreshArgs) -> None:
    """Bring a user's places up to the ledger and their preference."""
    await refresh(ctx, {args.user_id: []})


REFRESH = Job(name="refresh_user", function=refresh_user, args=RefreshArgs)
