"""What authors ask for and see."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

Kind = Literal["quiz_item", "summary", "alt_text", "outline", "translation"]
Status = Literal["pending", "accepted", "rejected"]
Flag = Literal["unsupported", "duplicate", "numbers"]
Op = Literal["same", "added", "removed"]
MOST = 10


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What AI is to suggest.

    Args:
        kind: Which texts.
        count: How many quiz items.
        locale: The language to translate into; needed for translations, and only there.
    """

    kind: Kind
    count: Annotated[int, Meta(ge=1, le=MOST)] = 3
    locale: Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,4})?$")] | None = None


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the author makes of a suggestion."""

    accepted: bool


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """The sentence of the lesson that supports a suggestion, and the block that it stands in."""

    block_id: str
    sentence: str


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the difference between what stands there and what is suggested."""

    op: Op
    text: str


class SuggestionView(msgspec.Struct, frozen=True, kw_only=True):
    """A suggestion.

    Args:
        block_id: The block whose text it would change; None for a new text.
        diff: From what stands there to what is suggested.
        content: Its fields, by its kind.
        as_code: The same as it is written into the files of a course.
        source: What supports it; None where nothing was found.
        flags: What to look at before accepting it: `unsupported` claims, a `duplicate`, `numbers` that differ.
        duplicate_of: The text that it repeats.
        cost_micros: Its share of what the call cost.
        sample: Whether a provider of sample answers wrote it.
    """

    id: UUID
    kind: Kind
    locale: str
    block_id: str | None
    diff: list[Piece]
    content: dict[str, Any]
    as_code: str
    source: Source | None
    flags: list[Flag]
    duplicate_of: str | None
    cost_micros: int
    currency: str
    provider: str
    model: str
    sample: bool
    status: Status
    created_at: dt.datetime
    decided_at: dt.datetime | None


class LessonCard(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson that can be asked for, and how many suggestions wait for a decision."""

    lesson_id: UUID
    title: str
    course_id: UUID
    course_title: str
    language: str
    pending: int


class LessonSuggestions(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson's suggestions, the newest first; `available` says whether AI can be asked now."""

    lesson: LessonCard
    available: bool
    pictures: int
    """Figures whose alternative text could be suggested."""
    suggestions: list[SuggestionView]
