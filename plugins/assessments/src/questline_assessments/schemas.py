"""What the API of assessments takes and answers."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from questline_assessments.authored import Feedback

ResponseShape = Annotated[
    dict[str, Any],
    Meta(
        description=(
            'By item type: single and true_false {"option_id"}, multiple and ordering {"option_ids": []}, '
            'numeric {"value"}, short_text {"text"}, matching {"pairs": {left: right}}.'
        )
    ),
]
ItemType = Literal["single", "multiple", "true_false", "numeric", "short_text", "ordering", "matching"]
Status = Literal["open", "submitted"]


class ChoiceView(msgspec.Struct, frozen=True, kw_only=True):
    """Something to choose, to order or to match."""

    id: str
    text_html: str


class ItemView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An item as a learner sees it, without anything that tells the answer."""

    id: UUID
    type: ItemType
    prompt_html: str
    points: int
    options: list[ChoiceView] | None = None
    left: list[ChoiceView] | None = None
    right: list[ChoiceView] | None = None
    unit: str | None = None


class ItemFeedback(msgspec.Struct, frozen=True, kw_only=True):
    """How an item was answered. What tells the answer is null or empty until it may be shown."""

    correct: bool
    score: float
    max_score: int
    message_html: str | None = None
    option_feedback: dict[str, str] = {}
    explanation_html: str | None = None
    expected: ResponseShape | None = None


class ItemResult(ItemFeedback, frozen=True, kw_only=True):
    """How an item of a submitted attempt was answered."""

    item_id: UUID
    answered: bool


class AttemptResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a submitted attempt scored; `percent` is rounded down, `revealed` says whether answers are shown."""

    score: float
    max_score: int
    percent: int
    passed: bool
    revealed: bool
    attempts_left: int | None
    items: list[ItemResult]


class AnswerView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A saved answer, and its feedback once it was checked."""

    response: ResponseShape
    saved_at: dt.datetime
    checked: ItemFeedback | None = None


class AttemptView(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt with its items in the learner's order; `now` is the server's clock, for the timer."""

    id: UUID
    assessment_id: UUID
    number: int
    title: str
    status: Status
    started_at: dt.datetime
    deadline_at: dt.datetime | None
    submitted_at: dt.datetime | None
    now: dt.datetime
    graded: bool
    pass_percent: int
    feedback: Feedback
    items: list[ItemView]
    answers: dict[UUID, AnswerView]
    result: AttemptResult | None


class AttemptLine(msgspec.Struct, frozen=True, kw_only=True):
    """One of the learner's attempts in a list."""

    id: UUID
    number: int
    status: Status
    started_at: dt.datetime
    deadline_at: dt.datetime | None
    submitted_at: dt.datetime | None
    percent: int | None
    passed: bool | None


class AssessmentSummary(msgspec.Struct, frozen=True, kw_only=True):
    """An assessment's rules and the learner's attempts at it, newest first."""

    assessment_id: UUID
    title: str
    graded: bool
    pass_percent: int
    time_limit_seconds: int | None
    max_attempts: int | None
    attempts_left: int | None
    feedback: Feedback
    item_count: int
    max_score: int
    passed: bool
    best_percent: int | None
    open_attempt_id: UUID | None
    attempts: list[AttemptLine]


class SaveAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A response to one item."""

    response: ResponseShape


class AnswerKeyItem(msgspec.Struct, frozen=True, kw_only=True):
    """The response to an item that earns full marks."""

    item_id: UUID
    type: ItemType
    points: int
    prompt_html: str
    response: ResponseShape


class AnswerKey(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of an assessment's current version."""

    assessment_id: UUID
    items: list[AnswerKeyItem]
