"""What badges do when something has happened."""

from collections.abc import Sequence
from typing import Any

from questline_badges.service import advance
from questline_sdk import Context, Event, handles_batch
from questline_sdk.events import ANY_EVENT, user_rounds


@handles_batch(ANY_EVENT, name="advance")
async def count_events(ctx: Context, events: Sequence[Event[Any]]) -> None:
    """Count events of users towards badges; events of nobody count for none."""
    for events_of_users in user_rounds(events):
        await advance(ctx, events_of_users)
