"""Events: facts in the past tense, delivered after commit, at least once, with effects applied once."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar
from uuid import UUID

import msgspec

from questline_sdk.jobs import RetryPolicy

if TYPE_CHECKING:
    from questline_sdk.context import Context

ANY_EVENT = "*"
"""Subscribes a handler to every event except those its own plugin publishes."""


class EventData(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the typed data of one event type.

    Example:
        class BadgeEarned(EventData):
            event_type = "badges.badge.earned.v1"
            user_id: UUID
    """

    event_type: ClassVar[str]


D = TypeVar("D", bound=EventData)


class Event(msgspec.Struct, Generic[D], frozen=True, kw_only=True):
    """A published event as a handler receives it: the data in its envelope. Times are UTC."""

    id: UUID
    type: str
    tenant_id: UUID
    occurred_at: dt.datetime
    data: D


class EventHandler(msgspec.Struct, frozen=True, kw_only=True):
    """A function run once for every event of its type, in a transaction of its own with the tenant set."""

    name: str
    event_type: str
    data_type: type[EventData] | None
    function: Callable[..., Awaitable[None]]
    retry: RetryPolicy = RetryPolicy()


Handler = Callable[["Context", Event[Any]], Awaitable[None]]


def handles(
    data_type: type[D] | str, *, name: str | None = None, retry: RetryPolicy | None = None
) -> Callable[[Callable[["Context", Event[D]], Awaitable[None]]], EventHandler]:
    """Turn an async function into an `EventHandler` for one event type, or for `ANY_EVENT`.

    Args:
        data_type: The `EventData` subclass, or `ANY_EVENT`, for which `event.data` is the decoded JSON object.
        name: Stable name, unique in the plugin; the function's name by default. Renaming it replays nothing.
        retry: How failures are retried before the delivery goes to the dead letters.
    """

    def decorate(function: Callable[["Context", Event[D]], Awaitable[None]]) -> EventHandler:
        typed = data_type if isinstance(data_type, type) else None
        return EventHandler(
            name=name or function.__name__,
            event_type=typed.event_type if typed else str(data_type),
            data_type=typed,
            function=function,
            retry=retry or RetryPolicy(),
        )

    return decorate


class CourseEnrolled(EventData, frozen=True, kw_only=True):
    """A learner enrolled in a course."""

    event_type = "learning.course.enrolled.v1"
    user_id: UUID
    course_id: UUID
    course_slug: str


class LessonCompleted(EventData, frozen=True, kw_only=True):
    """A learner completed a lesson for the first time."""

    event_type = "learning.lesson.completed.v1"
    user_id: UUID
    course_id: UUID
    course_slug: str
    module_id: UUID
    lesson_id: UUID
    lesson_slug: str
    kind: str


class ModuleCompleted(EventData, frozen=True, kw_only=True):
    """A learner completed the last open lesson of a module."""

    event_type = "learning.module.completed.v1"
    user_id: UUID
    course_id: UUID
    module_id: UUID


class CourseCompleted(EventData, frozen=True, kw_only=True):
    """A learner completed the last open lesson of a course."""

    event_type = "learning.course.completed.v1"
    user_id: UUID
    course_id: UUID
    course_slug: str


class UserSignedUp(EventData, frozen=True, kw_only=True):
    """Somebody created an account."""

    event_type = "identity.user.signed_up.v1"
    user_id: UUID


class UserLoggedIn(EventData, frozen=True, kw_only=True):
    """A user signed in with credentials (not by refreshing a session)."""

    event_type = "identity.user.logged_in.v1"
    user_id: UUID


CORE_EVENTS: tuple[type[EventData], ...] = (
    CourseEnrolled,
    LessonCompleted,
    ModuleCompleted,
    CourseCompleted,
    UserSignedUp,
    UserLoggedIn,
)
