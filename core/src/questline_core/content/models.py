"""Courses, their published versions, and how far each learner has come."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import Created, TenantMixin, personal
from questline_sdk.db.base import TENANT

LEARNING = personal(category="activity", purpose="shows what the user takes and how far they have come")
PLACE = personal(category="activity", purpose="lets the user go on where they stopped")


class Course(TenantMixin, Base):
    """A course's identity, kept over all of its versions."""

    __tablename__ = "course"

    slug: Mapped[str]
    current_version_id: Mapped[UUID | None]
    learner_count: Mapped[int] = mapped_column(server_default=text("0"))
    created_at: Mapped[Created]


class CourseVersion(TenantMixin, Base):
    """What was published at one time; never changed afterwards, except that a newer one supersedes it."""

    __tablename__ = "course_version"

    course_id: Mapped[UUID]
    number: Mapped[int]
    status: Mapped[str] = mapped_column(server_default="published")
    title: Mapped[str]
    summary: Mapped[str]
    description_html: Mapped[str]
    level: Mapped[str]
    language: Mapped[str]
    tags: Mapped[list[str]]
    objectives: Mapped[list[str]]
    cover: Mapped[str | None]
    minutes: Mapped[int]
    lesson_count: Mapped[int]
    outline: Mapped[list[Any]]
    search_text: Mapped[str]
    checksum: Mapped[str]
    published_at: Mapped[Created]


class Module(TenantMixin, Base):
    """A module's identity within its course, by slug."""

    __tablename__ = "module"

    course_id: Mapped[UUID]
    slug: Mapped[str]


class Lesson(TenantMixin, Base):
    """A lesson's identity within its course, by slug; `retired` once the current version has no such lesson."""

    __tablename__ = "lesson"

    course_id: Mapped[UUID]
    module_id: Mapped[UUID]
    slug: Mapped[str]
    kind: Mapped[str]
    minutes: Mapped[int]
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(server_default=text("false"))


class LessonVersion(Base):
    """A lesson as one version of its course has it."""

    __tablename__ = "lesson_version"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    module_id: Mapped[UUID]
    module_title: Mapped[str]
    position: Mapped[int]
    previous_id: Mapped[UUID | None]
    next_id: Mapped[UUID | None]
    title: Mapped[str]
    kind: Mapped[str]
    minutes: Mapped[int]
    objectives: Mapped[list[str]]
    blocks: Mapped[list[Any]]


class Enrolment(Base):
    """A user takes a course. The counts repeat what `lesson_progress` says, so that pages need not add it up."""

    __tablename__ = "enrolment"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(primary_key=True)
    enrolled_at: Mapped[Created] = mapped_column(info=LEARNING)
    completed_at: Mapped[dt.datetime | None] = mapped_column(info=LEARNING)
    completed_lessons: Mapped[int] = mapped_column(server_default=text("0"), info=LEARNING)
    completed_modules: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'"), info=LEARNING)
    last_lesson_id: Mapped[UUID | None] = mapped_column(info=PLACE)
    resume_lesson_id: Mapped[UUID | None] = mapped_column(info=PLACE)
    last_activity_at: Mapped[dt.datetime | None] = mapped_column(info=LEARNING)


class LessonProgress(Base):
    """How far a user has come in a lesson; kept when they leave the course or the lesson is retired."""

    __tablename__ = "lesson_progress"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(primary_key=True)
    lesson_id: Mapped[UUID] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(info=LEARNING)
    started_at: Mapped[dt.datetime] = mapped_column(info=LEARNING)
    completed_at: Mapped[dt.datetime | None] = mapped_column(info=LEARNING)
    minutes: Mapped[int] = mapped_column(info=LEARNING)
    block_id: Mapped[str | None] = mapped_column(info=PLACE)
