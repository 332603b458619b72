"""The tables of the lab, in the schema `ai_lab`."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, TenantMixin, not_personal, personal, schema_metadata

SCHEMA = "ai_lab"
PROMPT = personal(category="content", purpose="is shown again to be gone on from")
SAVED = personal(category="content", purpose="is kept to be used again, and shown to others where its writer shares it")
APPEAL = personal(category="content", purpose="says why a score seems wrong, and what came of it")
TOOL = not_personal("names a tool of the site")
ANSWER = personal(category="content", purpose="is checked, and shown again with its checks")
RESULT = personal(category="performance", purpose="shows how well an answer did")


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata(SCHEMA)
    type_annotation_map = COLUMN_TYPES


class Exercise(TenantMixin, Base):
    """An exercise as it was last published, with what answers it."""

    __tablename__ = "exercise"

    course_id: Mapped[UUID]
    lesson_id: Mapped[UUID]
    key: Mapped[str]
    """Stable key of the block in its course."""
    kind: Mapped[str]
    content: Mapped[dict[str, Any]]
    """A `Critique`, a `Duel` or a `PromptTask`."""


class Answer(TenantMixin, Base):
    """One answer of a learner with its result as it was then; never changed afterwards."""

    __tablename__ = "answer"

    exercise_id: Mapped[UUID]
    user_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(info=RESULT)
    text: Mapped[str] = mapped_column(info=ANSWER)
    """The revised copy, the pick, or the prompt that was handed in."""
    result: Mapped[dict[str, Any]] = mapped_column(info=RESULT)
    score: Mapped[int] = mapped_column(info=RESULT)
    answered_at: Mapped[dt.datetime] = mapped_column(info=RESULT)


class Draft(TenantMixin, Base):
    """A prompt as a learner wrote it; a change is a draft of its own."""

    __tablename__ = "draft"

    exercise_id: Mapped[UUID]
    user_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(info=PROMPT)
    prompt: Mapped[str] = mapped_column(info=PROMPT)
    written_at: Mapped[dt.datetime] = mapped_column(info=PROMPT)


class Output(TenantMixin, Base):
    """What a tool wrote for a draft."""

    __tablename__ = "output"

    draft_id: Mapped[UUID]
    provider: Mapped[str] = mapped_column(info=TOOL)
    model: Mapped[str] = mapped_column(info=TOOL)
    title: Mapped[str] = mapped_column(info=TOOL)
    """The tool's name, as it was shown."""
    text: Mapped[str] = mapped_column(info=PROMPT)
    sample: Mapped[bool] = mapped_column(info=TOOL)
    complete: Mapped[bool] = mapped_column(info=TOOL)
    """Whether the tool came to its end, and was not cut off."""
    call_id: Mapped[UUID]
    written_at: Mapped[dt.datetime] = mapped_column(info=PROMPT)


class LibraryPrompt(TenantMixin, Base):
    """A prompt that somebody keeps, for themselves or for the whole site."""

    __tablename__ = "library_prompt"

    user_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(info=SAVED)
    text: Mapped[str] = mapped_column(info=SAVED)
    tags: Mapped[list[Any]] = mapped_column(info=SAVED)
    shared: Mapped[bool]
    created_at: Mapped[dt.datetime] = mapped_column(info=SAVED)


class Vote(TenantMixin, Base):
    """That somebody found a shared prompt useful."""

    __tablename__ = "vote"

    prompt_id: Mapped[UUID]
    user_id: Mapped[UUID]


class Appeal(TenantMixin, Base):
    """A learner's objection to the score of an answer, and what an instructor decided."""

    __tablename__ = "appeal"

    answer_id: Mapped[UUID]
    user_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(info=APPEAL)
    appealed_at: Mapped[dt.datetime] = mapped_column(info=APPEAL)
    score: Mapped[int | None] = mapped_column(info=RESULT)
    """The score that counts since the decision; the answer keeps the one it had."""
    comment: Mapped[str | None] = mapped_column(info=APPEAL)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[dt.datetime | None] = mapped_column(info=APPEAL)
