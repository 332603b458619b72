"""What the API of appeals takes and gives."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

Score = Annotated[int, Meta(ge=0, le=100)]


class Reason(Struct, frozen=True, kw_only=True):
    """Why the learner thinks that the score is wrong."""

    reason: Annotated[str, Meta(min_length=1, max_length=2_000)]


class Decision(Struct, frozen=True, kw_only=True):
    """The score that counts from now on, which may be the one there was, and why."""

    score: Score
    comment: Annotated[str, Meta(min_length=1, max_length=2_000)]


class AppealView(Struct, frozen=True, kw_only=True):
    """An appeal as its learner sees it; `score` and `comment` are null until it is decided."""

    reason: str
    appealed_at: dt.datetime
    graded: int
    """The score that it is about."""
    score: int | None
    comment: str | None
    decided_at: dt.datetime | None


class AppealCard(Struct, frozen=True, kw_only=True):
    """An appeal in the list of those who decide."""

    id: UUID
    learner: str
    exercise: str
    course: str
    kind: str
    appeal: AppealView


class AppealDetail(Struct, frozen=True, kw_only=True):
    """An appeal with all that a decision needs."""

    card: AppealCard
    brief: str
    """As its author wrote it, in Markdown."""
    guidance: list[str]
    """The rubric as its author wrote it, a line for each criterion."""
    text: str
    """The revision, or the prompt that was handed in."""
    output: str | None
    """What the tool wrote for the prompt, where there is one."""
    result: dict[str, Any]
