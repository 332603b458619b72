"""What the API says of courses, lessons and progress."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from questline_sdk.blocks import Block

Level = Literal["beginner", "intermediate", "advanced"]
LessonKind = Literal["lesson", "quiz"]
LessonStatus = Literal["new", "started", "completed"]


class CourseCard(msgspec.Struct, frozen=True, kw_only=True):
    """A course in a list; `percent` only for those enrolled."""

    id: UUID
    slug: str
    title: str
    summary: str
    cover_url: str | None
    level: Level
    tags: list[str]
    minutes: int
    lesson_count: int
    learner_count: int
    enrolled: bool
    percent: int | None


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """How far the reader has come in a course."""

    enrolled_at: dt.datetime
    completed_at: dt.datetime | None
    percent: int
    resume_lesson_id: UUID | None


class LessonCard(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson in a course's outline."""

    id: UUID
    slug: str
    title: str
    kind: LessonKind
    minutes: int
    status: LessonStatus


class CourseModule(msgspec.Struct, frozen=True, kw_only=True):
    """A module in a course's outline."""

    id: UUID
    title: str
    summary: str
    lessons: list[LessonCard]


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """A course with its outline and the reader's progress; `enrolment` is null for those not enrolled."""

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
    enrolment: Enrolment | None
    modules: list[CourseModule]


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """An enrolment that was made, or was there already."""

    course_id: UUID
    enrolled_at: dt.datetime
    resume_lesson_id: UUID | None


class CourseReference(msgspec.Struct, frozen=True, kw_only=True):
    """The course a lesson belongs to."""

    id: UUID
    slug: str
    title: str


class ModuleReference(msgspec.Struct, frozen=True, kw_only=True):
    """The module a lesson belongs to."""

    id: UUID
    title: str


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson as the player shows it; `block_id` is where the reader was last."""

    id: UUID
    slug: str
    title: str
    kind: LessonKind
    minutes: int
    objectives: list[str]
    course: CourseReference
    module: ModuleReference
    position: int
    total: int
    previous_id: UUID | None
    next_id: UUID | None
    status: LessonStatus
    block_id: str | None
    blocks: list[Block]
    version: int


class LessonCompletion(msgspec.Struct, frozen=True, kw_only=True):
    """What a completed lesson means for its course."""

    lesson_id: UUID
    status: LessonStatus
    course_percent: int
    course_completed: bool
    next_lesson_id: UUID | None


class SavePosition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The block the reader has reached."""

    block_id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Resume(msgspec.Struct, frozen=True, kw_only=True):
    """The lesson to go on with."""

    lesson_id: UUID
    lesson_title: str
    module_title: str


class DashboardCourse(CourseCard, frozen=True, kw_only=True):
    """A course the reader takes; `resume` is null when every lesson is completed."""

    resume: Resume | None
    completed_lessons: int
    last_activity_at: dt.datetime | None


class ActivityDay(msgspec.Struct, frozen=True, kw_only=True):
    """Lessons completed on one day of the reader's time zone."""

    date: dt.date
    count: int


class Dashboard(msgspec.Struct, frozen=True, kw_only=True):
    """Where the reader stands; `activity` has each of the last 84 days, oldest first."""

    courses: list[DashboardCourse]
    completed_lessons: int
    completed_courses: int
    minutes_learned: int
    activity: list[ActivityDay]
    current_streak_days: int


class ProgressChanged(msgspec.Struct, frozen=True, kw_only=True):
    """The live message `content.progress.changed`."""

    course_id: UUID
    lesson_id: UUID
    status: LessonStatus
    course_percent: int
    course_completed: bool
