"""What points do when something has happened."""

from collections.abc import Sequence
from typing import Any

from questline_points.service import award_for_events
from questline_sdk import Context, Event, handles_batch
from questline_sdk.events import ANY_EVENT, user_rounds


@handles_batch(ANY_EVENT, name="award")
async def award(ctx: Context, events: Sequence[Event[Any]]) -> None:
    """Award points for events of users; events of nobody earn nothing."""
    for events_of_users in user_rounds(events):
        await award_for_events(ctx, events_of_users)
