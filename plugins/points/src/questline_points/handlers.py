"""What points do when something has happened."""

from typing import Any
from uuid import UUID

from questline_points.service import award_for_event
from questline_sdk import Context, Event, handles
from questline_sdk.events import ANY_EVENT


@handles(ANY_EVENT, name="award")
async def award(ctx: Context, event: Event[Any]) -> None:
    """Award points for an event of a user; events of nobody earn nothing."""
    data: dict[str, Any] = event.data
    try:
        user_id = UUID(data["user_id"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return
    await award_for_event(ctx, event, user_id, data)
