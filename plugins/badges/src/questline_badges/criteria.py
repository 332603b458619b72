"""Criteria: what has to happen for a badge, as a tagged union that definitions store as JSON."""

from typing import Annotated

import msgspec
from msgspec import Meta

from questline_sdk.conditions import Condition
from questline_sdk.events import CourseCompleted, LessonCompleted

EventName = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+\.v[0-9]+$", max_length=120)]
Count = Annotated[int, Meta(ge=1, le=1_000_000)]

POINTS_AWARDED = "points.awarded.v1"
"""The event of the plugin `points` that carries a user's balance."""


class EventCount(msgspec.Struct, frozen=True, kw_only=True, tag="event_count"):
    """An event, perhaps only where a condition holds, has happened so many times."""

    event: EventName
    count: Count
    condition: Condition | None = None

    @property
    def target(self) -> int:
        """What progress counts up to."""
        return self.count


class PointsTotal(msgspec.Struct, frozen=True, kw_only=True, tag="points_total"):
    """The balance has reached so many points."""

    points: Annotated[int, Meta(ge=1, le=1_000_000_000)]

    @property
    def event(self) -> str:
        """The event that moves it."""
        return POINTS_AWARDED

    @property
    def target(self) -> int:
        """What progress counts up to."""
        return self.points


class Streak(msgspec.Struct, frozen=True, kw_only=True, tag="streak"):
    """A lesson was completed on so many days in a row, as the learner's calendar counts them."""

    days: Annotated[int, Meta(ge=2, le=366)]

    @property
    def event(self) -> str:
        """The event that moves it."""
        return LessonCompleted.event_type

    @property
    def target(self) -> int:
        """What progress counts up to."""
        return self.days


class CourseDone(msgspec.Struct, frozen=True, kw_only=True, tag="course_completed"):
    """A course was completed: this one, or any."""

    course_slug: Annotated[str, Meta(max_length=120)] | None = None

    @property
    def event(self) -> str:
        """The event that moves it."""
        return CourseCompleted.event_type

    @property
    def target(self) -> int:
        """What progress counts up to."""
        return 1


Criterion = EventCount | PointsTotal | Streak | CourseDone
