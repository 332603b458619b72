"""Events: facts in the past tense, delivered after commit, at least once, with effects applied once."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Sequence
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
    """A function run once for every event of its type, in a transaction with the tenant set."""

    name: str
    event_type: str
    data_type: type[EventData] | None
    function: Callable[..., Awaitable[None]]
    retry: RetryPolicy = RetryPolicy()
    batch: bool = False
    """Whether the function takes a sequence of events."""


Handler = Callable[["Context", Event[Any]], Awaitable[None]]
BatchHandler = Callable[["Context", Sequence[Event[Any]]], Awaitable[None]]


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
        return _handler(data_type, function, name, retry, batch=False)

    return decorate


def handles_batch(
    data_type: type[D] | str, *, name: str | None = None, retry: RetryPolicy | None = None
) -> Callable[[Callable[["Context", Sequence[Event[D]]], Awaitable[None]]], EventHandler]:
    """Like `handles`, for a function that takes the events of one tenant that waited together: one or more of them.

    Under load a statement for thirty events costs little more than one for a single event. All that a call does is
    one transaction; where it fails, the function is called again with each of the events alone.
    """

    def decorate(function: Callable[["Context", Sequence[Event[D]]], Awaitable[None]]) -> EventHandler:
        return _handler(data_type, function, name, retry, batch=True)

    return decorate


def _handler(
    data_type: type[EventData] | str,
    function: Callable[..., Awaitable[None]],
    name: str | None,
    retry: RetryPolicy | None,
    *,
    batch: bool,
) -> EventHandler:
    typed = data_type if isinstance(data_type, type) else None
    return EventHandler(
        name=name or function.__name__,
        event_type=typed.event_type if typed else str(data_type),
        data_type=typed,
        function=function,
        retry=retry or RetryPolicy(),
        batch=batch,
    )


def user_of(event: Event[Any]) -> UUID | None:
    """The user whom an event received through `ANY_EVENT` is about; None where it is about nobody."""
    try:
        return UUID(event.data["user_id"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def user_rounds(events: Iterable[Event[Any]]) -> list[dict[UUID, Event[Any]]]:
    """Split events received through `ANY_EVENT` into rounds with at most one event of each user.

    Each user's events keep their order, so a handler that takes one round after the other may treat the events of a
    round together. Events about nobody are left out.
    """
    rounds: list[dict[UUID, Event[Any]]] = []
    seen: dict[UUID, int] = {}
    for event in events:
        user_id = user_of(event)
        if user_id is None:
            continue
        place = seen.get(user_id, 0)
        seen[user_id] = place + 1
        if place == len(rounds):
            rounds.append({})
        rounds[place][user_id] = event
    return rounds


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


class GroupMemberAdded(EventData, frozen=True, kw_only=True):
    """A user became a member of a group or cohort."""

    event_type = "groups.member.added.v1"
    group_id: UUID
    group_slug: str
    user_id: UUID


class GroupMemberRemoved(EventData, frozen=True, kw_only=True):
    """A user is a member of a group or cohort no more."""

    event_type = "groups.member.removed.v1"
    group_id: UUID
    group_slug: str
    user_id: UUID


class GroupCourseAssigned(EventData, frozen=True, kw_only=True):
    """A group was given a course; its members are being enrolled."""

    event_type = "groups.course.assigned.v1"
    group_id: UUID
    group_slug: str
    course_id: UUID
    course_slug: str


class GroupCourseUnassigned(EventData, frozen=True, kw_only=True):
    """A course was taken from a group; its members stay enrolled."""

    event_type = "groups.course.unassigned.v1"
    group_id: UUID
    group_slug: str
    course_id: UUID
    course_slug: str


CORE_EVENTS: tuple[type[EventData], ...] = (
    CourseEnrolled,
    LessonCompleted,
    ModuleCompleted,
    CourseCompleted,
    UserSignedUp,
    UserLoggedIn,
    GroupMemberAdded,
    GroupMemberRemoved,
    GroupCourseAssigned,
    GroupCourseUnassigned,
)
