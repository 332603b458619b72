"""What badges do when something has happened."""

from typing import Any
from uuid import UUID

from questline_badges.service import advance
from questline_sdk import Context, Event, handles
from questline_sdk.events import ANY_EVENT


@handles(ANY_EVENT, name="advance")
async def count_event(ctx: Context, event: Event[Any]) -> None:
    """Count an event of a user towards badges; events of nobody count for none."""
    data: dict[str, Any] = event.data
    try:
        user_id = UUID(data["user_id"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return
    await advance(ctx, event, user_id, data)
