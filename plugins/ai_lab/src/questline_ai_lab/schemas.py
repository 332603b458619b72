"""What the API takes and gives."""

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from questline_ai_lab.appeals.schemas import AppealView


class Revision(Struct, frozen=True, kw_only=True):
    """A revised text."""

    text: Annotated[str, Meta(min_length=1, max_length=10_000)]


class Pick(Struct, frozen=True, kw_only=True):
    """The headline that is thought to have won."""

    pick: Literal["a", "b"]


class Tool(Struct, frozen=True, kw_only=True):
    """The tool that is to be run with a prompt."""

    provider: Annotated[str, Meta(min_length=1, max_length=100)]
    model: Annotated[str, Meta(min_length=1, max_length=200)]
    locale: Literal["en", "de"] = "en"


class PromptText(Struct, frozen=True, kw_only=True):
    """A prompt."""

    prompt: Annotated[str, Meta(min_length=1, max_length=8_000)]


class HandIn(Struct, frozen=True, kw_only=True):
    """The text that is handed in with its prompt."""

    output_id: UUID
    locale: Literal["en", "de"] = "en"


class ToolView(Struct, frozen=True, kw_only=True):
    """A tool that may be run now."""

    provider: str
    model: str
    title: str
    sample: bool


class OutputView(Struct, frozen=True, kw_only=True):
    """What a tool wrote for a prompt."""

    id: UUID
    provider: str
    model: str
    title: str
    text: str
    sample: bool
    complete: bool


class DraftView(Struct, frozen=True, kw_only=True):
    """A prompt with what tools wrote for it."""

    id: UUID
    number: int
    prompt: str
    written_at: dt.datetime
    outputs: list[OutputView]


class Problem(Struct, frozen=True, kw_only=True):
    """Why a tool wrote nothing, or not the whole."""

    status: int
    code: str
    title: str
    detail: str


class AnswerView(Struct, frozen=True, kw_only=True):
    """An answer with its evidence, and the score that counts: after an appeal the one that was decided.

    `result` holds the `checks` of a revision, how the duel of a pick ended, or the `checks` of a tool's text and the
    `criteria` of the prompt that was handed in for it.
    """

    id: UUID
    number: int
    text: str
    score: int
    result: dict[str, Any]
    answered_at: dt.datetime
    appeal: AppealView | None = None


class ExerciseView(Struct, frozen=True, kw_only=True):
    """An exercise's kind and your answers, the newest first."""

    id: UUID
    kind: str
    answers: list[AnswerView]


class Workshop(Struct, frozen=True, kw_only=True):
    """A prompt exercise as its learner works on it: tools, drafts and what was handed in, the newest first."""

    tools: list[ToolView]
    drafts: list[DraftView]
    answers: list[AnswerView]
