"""What the API answers."""

import datetime as dt
from typing import Literal
from uuid import UUID

import msgspec

ReasonKind = Literal["after", "together", "gap", "similar", "popular", "new"]
State = Literal["texts", "fitting", "scoring", "done", "replaced"]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a lesson is suggested.

    Args:
        kind: `after`: learners went on to it after `because`; `together`: who completed `because` completed it, too;
            `gap`: the result in the quiz `because` leaves a gap; `similar`: it is about the same as `because`;
            `popular`: `learners` completed it lately; `new`: nobody has yet.
        because: Title of the lesson that it follows from; None for `popular` and `new`.
        learners: How many completed it lately; for `popular` only.
    """

    kind: ReasonKind
    because: str | None = None
    learners: int | None = None


class Recommendation(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson, where it belongs, and why it is suggested; `enrolled` says whether the reader may open it at once."""

    lesson_id: UUID
    title: str
    kind: str
    minutes: int
    course_slug: str
    course_title: str
    enrolled: bool
    reason: Reason


class Recommendations(msgspec.Struct, frozen=True, kw_only=True):
    """Lessons, the best first."""

    items: list[Recommendation]


class TrainingStatus(msgspec.Struct, frozen=True, kw_only=True):
    """How far the latest making of recommendations has come; `scored` of `learners` have theirs."""

    id: UUID
    state: State
    started_at: dt.datetime
    finished_at: dt.datetime | None
    texts: str
    lessons: int
    completions: int
    learners: int
    scored: int


class LatestTraining(msgspec.Struct, frozen=True, kw_only=True):
    """The latest training; None where there was none."""

    training: TrainingStatus | None
