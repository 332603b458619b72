"""The tables of assessments, in the schema `assessments`."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, TenantMixin, personal, schema_metadata
from questline_sdk.db.base import TENANT

SCHEMA = "assessments"
RUN = personal(category="activity", purpose="keeps an attempt with its limits while and after it runs")
RESULT = personal(category="performance", purpose="shows how well an attempt went")
ANSWER = personal(category="content", purpose="is marked, and shown again with its feedback")


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata(SCHEMA)
    type_annotation_map = COLUMN_TYPES


class Assessment(TenantMixin, Base):
    """An assessment's identity: its place in a course, kept over all of its versions."""

    __tablename__ = "assessment"

    course_id: Mapped[UUID]
    lesson_id: Mapped[UUID]
    key: Mapped[str]
    """Stable key of the block in its course."""
    slug: Mapped[str]
    kind: Mapped[str]
    """`quiz` where the block is the whole lesson, else `lesson`."""
    current_version_id: Mapped[UUID | None]


class AssessmentVersion(TenantMixin, Base):
    """An assessment as it was published at one time; never changed afterwards."""

    __tablename__ = "assessment_version"

    assessment_id: Mapped[UUID]
    number: Mapped[int]
    rules: Mapped[dict[str, Any]]
    """A `Rules` struct."""
    item_version_ids: Mapped[list[Any]]
    published_at: Mapped[dt.datetime]


class Item(TenantMixin, Base):
    """An item's identity in its assessment, by the id its author gave it."""

    __tablename__ = "item"

    assessment_id: Mapped[UUID]
    slug: Mapped[str]


class ItemVersion(TenantMixin, Base):
    """What an item asks and what answers it; never changed afterwards, so that attempts keep what learners saw."""

    __tablename__ = "item_version"

    item_id: Mapped[UUID]
    content: Mapped[dict[str, Any]]
    """One of the structs of `content.ItemContent`."""
    fingerprint: Mapped[str]


class Attempt(TenantMixin, Base):
    """One run of a user at one version of an assessment; at most one of each is open."""

    __tablename__ = "attempt"

    assessment_id: Mapped[UUID]
    version_id: Mapped[UUID]
    user_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(info=RUN)
    status: Mapped[str] = mapped_column(info=RUN)
    started_at: Mapped[dt.datetime] = mapped_column(info=RUN)
    deadline_at: Mapped[dt.datetime | None] = mapped_column(info=RUN)
    submitted_at: Mapped[dt.datetime | None] = mapped_column(info=RUN)
    score: Mapped[float | None] = mapped_column(info=RESULT)
    max_score: Mapped[int | None] = mapped_column(info=RESULT)
    percent: Mapped[int | None] = mapped_column(info=RESULT)
    passed: Mapped[bool | None] = mapped_column(info=RESULT)


class Answer(Base):
    """What a user answered to an item; locked once it was checked."""

    __tablename__ = "answer"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    attempt_id: Mapped[UUID] = mapped_column(primary_key=True)
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    response: Mapped[dict[str, Any]] = mapped_column(info=ANSWER)
    saved_at: Mapped[dt.datetime] = mapped_column(info=ANSWER)
    checked_at: Mapped[dt.datetime | None] = mapped_column(info=ANSWER)
