"""What points publish."""

from uuid import UUID

from questline_points.settings import Level
from questline_sdk import EventData


class PointsAwarded(EventData, frozen=True, kw_only=True):
    """A rule awarded points; `balance` and `level` are the user's after this entry."""

    event_type = "points.awarded.v1"
    user_id: UUID
    entry_id: UUID
    amount: int
    rule: str
    reason: str
    balance: int
    level: Level
    level_up: bool
