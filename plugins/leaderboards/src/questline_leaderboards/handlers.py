"""What leaderboards do when points were awarded."""

from typing import Any
from uuid import UUID

from questline_leaderboards.service import refresh
from questline_sdk import Context, Event, EventData, handles


class PointsAwarded(EventData, frozen=True, kw_only=True):
    """What boards need of the event that points publish."""

    event_type = "points.awarded.v1"
    user_id: UUID
    entry_id: UUID


@handles(PointsAwarded, name="move")
async def move(ctx: Context, event: Event[Any]) -> None:
    """Move a user to where the ledger says they are by now; while Valkey is down this raises and is tried again."""
    data: PointsAwarded = event.data
    await refresh(ctx, data.user_id, entry_id=data.entry_id)
