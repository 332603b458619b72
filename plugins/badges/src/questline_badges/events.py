"""What badges publish."""

import datetime as dt
from uuid import UUID

from questline_badges.schemas import Tier
from questline_sdk import EventData


class BadgeEarned(EventData, frozen=True, kw_only=True):
    """A user earned a badge."""

    event_type = "badges.badge.earned.v1"
    user_id: UUID
    badge_id: UUID
    slug: str
    title: str
    icon: str
    tier: Tier
    earned_at: dt.datetime
