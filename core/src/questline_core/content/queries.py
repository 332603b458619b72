"""The hot reads: catalogue, course, lesson and dashboard, one compiled statement each.

Every join repeats the tenant, so that each index is entered by its leading column.
"""

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    Integer,
    Text,
    Uuid,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import JSONB

from questline_core.access.reach import within
from questline_core.content.models import Course, CourseVersion, Enrolment, Lesson, LessonProgress, LessonVersion
from questline_core.content.schemas import CourseCard, LessonKind, LessonStatus, Level
from questline_sdk.blocks import Block
from questline_sdk.db import hot

MEDIA_PREFIX = "/api/v1/media/"

LESSON_ID = bindparam("lesson_id", type_=Uuid())
USER = bindparam("user_id", type_=Uuid())


class OutlineLesson(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson in a version's outline."""

    id: UUID
    slug: str
    title: str
    kind: LessonKind
    minutes: int


class OutlineModule(msgspec.Struct, frozen=True, kw_only=True):
    """A module in a version's outline."""

    id: UUID
    title: str
    summary: str
    lessons: list[OutlineLesson]


class CourseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A course, its outline and the user's progress in it."""

    id: UUID
    slug: str
    title: str
    summary: str
    description_html: str
    cover_url: str | None
    level: Level
    language: str
    tags: list[str]
    minutes: int
    objectives: list[str]
    outline: list[OutlineModule]
    enrolled_at: dt.datetime | None
    completed_at: dt.datetime | None
    percent: int | None
    resume_lesson_id: UUID | None
    progress: dict[UUID, LessonStatus] | None


class LessonRow(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson of its course's current version and the user's progress in it."""

    id: UUID
    slug: str
    title: str
    kind: LessonKind
    minutes: int
    objectives: list[str]
    course_id: UUID
    course_slug: str
    course_title: str
    module_id: UUID
    module_title: str
    position: int
    total: int
    previous_id: UUID | None
    next_id: UUID | None
    blocks: list[Block]
    version: int
    enrolled: bool
    status: LessonStatus | None
    block_id: str | None
    manages: bool


def current_version() -> ColumnElement[bool]:
    """Joins a course to its current version."""
    return and_(CourseVersion.tenant_id == Course.tenant_id, CourseVersion.id == Course.current_version_id)


def own_enrolment() -> ColumnElement[bool]:
    """Joins a course to the user's enrolment."""
    return and_(Enrolment.tenant_id == Course.tenant_id, Enrolment.user_id == USER, Enrolment.course_id == Course.id)


def published_lesson() -> ColumnElement[bool]:
    """Joins a lesson and its course to the lesson in the current version."""
    return and_(
        LessonVersion.tenant_id == Course.tenant_id,
        LessonVersion.version_id == Course.current_version_id,
        LessonVersion.lesson_id == Lesson.id,
    )


def own_progress() -> ColumnElement[bool]:
    """Joins a lesson to the user's progress in it."""
    return and_(
        LessonProgress.tenant_id == Lesson.tenant_id,
        LessonProgress.user_id == USER,
        LessonProgress.course_id == Lesson.course_id,
        LessonProgress.lesson_id == Lesson.id,
    )


def card_columns() -> list[ColumnElement[Any]]:
    """What a `CourseCard` needs, from a course, its version and an enrolment that may be missing."""
    return [
        Course.id.label("id"),
        Course.slug.label("slug"),
        CourseVersion.title.label("title"),
        CourseVersion.summary.label("summary"),
        cover_url().label("cover_url"),
        CourseVersion.level.label("level"),
        CourseVersion.tags.label("tags"),
        CourseVersion.minutes.label("minutes"),
        CourseVersion.lesson_count.label("lesson_count"),
        Course.learner_count.label("learner_count"),
        Enrolment.user_id.is_not(None).label("enrolled"),
        percent().label("percent"),
    ]


def percent() -> ColumnElement[Any]:
    """Whole per cent of an enrolment, rounded down (100 only when everything is completed); null without one."""
    return Enrolment.completed_lessons * 100 // func.greatest(CourseVersion.lesson_count, 1, type_=Integer)


def cover_url() -> ColumnElement[Any]:
    """The address of a version's cover, or null."""
    return literal(MEDIA_PREFIX, type_=Text()) + CourseVersion.cover


SEARCH = bindparam("search", type_=Text())
TAG = bindparam("tag", type_=Text())
AFTER_TITLE = bindparam("after_title", type_=Text())
AFTER_ID = bindparam("after_id", type_=Uuid())

CATALOGUE = hot(
    select(*card_columns())
    .join(CourseVersion, current_version())
    .outerjoin(Enrolment, own_enrolment())
    .where(
        within(Course.id, "read", USER),
        or_(SEARCH.is_(None), CourseVersion.search_text.like(SEARCH, escape="\\")),
        or_(TAG.is_(None), func.jsonb_exists(CourseVersion.tags, TAG)),
        or_(AFTER_TITLE.is_(None), tuple_(CourseVersion.title, Course.id) > tuple_(AFTER_TITLE, AFTER_ID)),
    )
    .order_by(CourseVersion.title, Course.id)
    .limit(bindparam("limit", type_=Integer())),
    CourseCard,
)

COURSE = hot(
    select(
        Course.id,
        Course.slug,
        CourseVersion.title,
        CourseVersion.summary,
        CourseVersion.description_html,
        cover_url().label("cover_url"),
        CourseVersion.level,
        CourseVersion.language,
        CourseVersion.tags,
        CourseVersion.minutes,
        CourseVersion.objectives,
        CourseVersion.outline,
        Enrolment.enrolled_at,
        Enrolment.completed_at,
        percent().label("percent"),
        Enrolment.resume_lesson_id,
        select(func.jsonb_object_agg(LessonProgress.lesson_id, LessonProgress.status, type_=JSONB))
        .where(
            LessonProgress.tenant_id == Course.tenant_id,
            LessonProgress.user_id == USER,
            LessonProgress.course_id == Course.id,
        )
        .scalar_subquery()
        .label("progress"),
    )
    .join(CourseVersion, current_version())
    .outerjoin(Enrolment, own_enrolment())
    .where(Course.slug == bindparam("slug", type_=Text()), within(Course.id, "read", USER)),
    CourseRow,
)

LESSON = hot(
    select(
        Lesson.id,
        Lesson.slug,
        LessonVersion.title,
        LessonVersion.kind,
        LessonVersion.minutes,
        LessonVersion.objectives,
        Course.id.label("course_id"),
        Course.slug.label("course_slug"),
        CourseVersion.title.label("course_title"),
        LessonVersion.module_id,
        LessonVersion.module_title,
        LessonVersion.position,
        CourseVersion.lesson_count.label("total"),
        LessonVersion.previous_id,
        LessonVersion.next_id,
        LessonVersion.blocks,
        CourseVersion.number.label("version"),
        Enrolment.user_id.is_not(None).label("enrolled"),
        LessonProgress.status,
        LessonProgress.block_id,
        within(Course.id, "manage", USER).label("manages"),
    )
    .select_from(Lesson)
    .join(Course, and_(Course.tenant_id == Lesson.tenant_id, Course.id == Lesson.course_id))
    .join(CourseVersion, current_version())
    .join(LessonVersion, published_lesson())
    .outerjoin(Enrolment, own_enrolment())
    .outerjoin(LessonProgress, own_progress())
    .where(Lesson.id == LESSON_ID, within(Course.id, "read", USER)),
    LessonRow,
)
