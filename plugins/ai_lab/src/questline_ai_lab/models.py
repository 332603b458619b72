"""The tables of the lab, in the schema `ai_lab`."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, TenantMixin, not_personal, personal, schema_metadata

SCHEMA = "ai_lab"
PROMPT = personal(category="content", purpose="is shown again to be gone on from")
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
