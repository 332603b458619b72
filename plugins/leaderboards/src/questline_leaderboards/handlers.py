"""What leaderboards do when points were awarded."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from questline_leaderboards.service import refresh
from questline_sdk import Context, Event, EventData, handles_batch


class PointsAwarded(EventData, frozen=True, kw_only=True):
    """What boards need of the event that points publish."""

    event_type = "points.awarded.v1"
    user_id: UUID
    entry_id: UUID


@handles_batch(PointsAwarded, name="move")
async def move(ctx: Context, events: Sequence[Event[PointsAwarded]]) -> None:
    """Move users to where the ledger says they are by now; while Valkey is down this raises and is tried again."""
    entries: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for event in events:
        entries[event.data.user_id].append(event.data.entry_id)
    await refresh(ctx, entries)
