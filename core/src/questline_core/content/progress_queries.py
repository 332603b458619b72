"""The statements behind completions, built once: only their parameters change."""

from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Exists,
    ScalarSelect,
    Select,
    Update,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from questline_core.content.models import Course, CourseVersion, Enrolment, Lesson, LessonProgress, LessonVersion
from questline_core.content.queries import LESSON_ID, own_enrolment, own_progress, published_lesson
from questline_sdk import Context
from questline_sdk.blocks import Block
from questline_sdk.db import HotQuery, hot

T = TypeVar("T")
ENROLMENT: Any = Enrolment.__table__
PROGRESS: Any = LessonProgress.__table__
LESSON: Any = Lesson.__table__
COURSE_ID = bindparam("of_course", type_=Uuid())
USER_ID = bindparam("of_user", type_=Uuid())
VISITED = bindparam("visited", type_=Uuid())
VISITED_AT = bindparam("visited_at", type_=DateTime(timezone=True))


class TakenLesson(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson of the current version and how far the user has come in it."""

    id: UUID
    slug: str
    kind: str
    minutes: int
    module_id: UUID
    course_id: UUID
    course_slug: str
    blocks: list[Block]
    status: str | None
    enrolled: bool


TAKEN = hot(
    select(
        Lesson.id,
        Lesson.slug,
        LessonVersion.kind,
        LessonVersion.minutes,
        LessonVersion.module_id,
        Course.id.label("course_id"),
        Course.slug.label("course_slug"),
        LessonVersion.blocks,
        LessonProgress.status,
        Enrolment.user_id.is_not(None).label("enrolled"),
    )
    .select_from(Lesson)
    .join(Course, and_(Course.tenant_id == Lesson.tenant_id, Course.id == Lesson.course_id))
    .join(LessonVersion, published_lesson())
    .outerjoin(Enrolment, own_enrolment())
    .outerjoin(LessonProgress, own_progress())
    .where(Lesson.id == LESSON_ID),
    TakenLesson,
)


async def fetch_inside(ctx: Context, query: HotQuery[T], **parameters: Any) -> T | None:
    """Run a compiled read in the unit of work's own transaction, so that it sees what was written there."""
    connection = await ctx.session.connection()
    result = await connection.exec_driver_sql(query.sql, tuple(query.arguments(parameters)))
    row = result.mappings().one_or_none()
    return None if row is None else msgspec.convert(dict(row), query.row)  # this connection has decoded JSON


_new = insert(PROGRESS)
_KEY = ["tenant_id", "user_id", "course_id", "lesson_id"]
COMPLETE = _new.on_conflict_do_update(
    index_elements=_KEY,
    set_={name: _new.excluded[name] for name in ("status", "completed_at", "minutes")},
    where=PROGRESS.c.status != "completed",
).returning(PROGRESS.c.lesson_id)
"""Returns a row to the one request that completed the lesson."""
SAVE_POSITION = _new.on_conflict_do_update(index_elements=_KEY, set_={"block_id": _new.excluded.block_id})


def _done() -> Exists:
    """The enrolled user has completed the lesson."""
    return (
        exists()
        .where(
            PROGRESS.c.tenant_id == ENROLMENT.c.tenant_id,
            PROGRESS.c.user_id == ENROLMENT.c.user_id,
            PROGRESS.c.course_id == ENROLMENT.c.course_id,
            PROGRESS.c.lesson_id == LESSON.c.id,
            PROGRESS.c.status == "completed",
        )
        .correlate(ENROLMENT, LESSON)
    )


def _current_lessons(*columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*columns)
        .select_from(LESSON)
        .where(
            LESSON.c.tenant_id == ENROLMENT.c.tenant_id,
            LESSON.c.course_id == ENROLMENT.c.course_id,
            LESSON.c.retired.is_(False),
        )
        .correlate(ENROLMENT)
    )


def _completed_modules() -> ColumnElement[Any]:
    modules = _current_lessons(LESSON.c.module_id).group_by(LESSON.c.module_id)
    ordered = modules.having(func.bool_and(_done())).order_by(func.min(LESSON.c.position))
    return func.array(ordered.scalar_subquery(), type_=ARRAY(Uuid))


def _last_lesson() -> ColumnElement[Any]:
    return func.coalesce(VISITED, ENROLMENT.c.last_lesson_id)


def _next_open_lesson() -> ScalarSelect[Any]:
    """The last lesson visited while it is open, else the next open one after it, else the first open one."""
    last = LESSON.alias("last")
    position = (
        select(last.c.position)
        .where(last.c.tenant_id == ENROLMENT.c.tenant_id, last.c.id == _last_lesson(), last.c.retired.is_(False))
        .correlate(ENROLMENT)
        .scalar_subquery()
    )
    still_open = _current_lessons(LESSON.c.id).where(~_done())
    return (
        still_open.order_by(LESSON.c.position < func.coalesce(position, 0), LESSON.c.position)
        .limit(1)
        .scalar_subquery()
    )


def _lesson_count() -> ScalarSelect[Any]:
    current = and_(Course.tenant_id == CourseVersion.tenant_id, Course.current_version_id == CourseVersion.id)
    return select(CourseVersion.lesson_count).join(Course, current).where(Course.id == COURSE_ID).scalar_subquery()


def _lock(chosen: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return select(ENROLMENT.c.user_id).where(chosen).order_by(ENROLMENT.c.user_id).with_for_update()


def _recount(chosen: ColumnElement[bool]) -> Update:
    table = ENROLMENT.c
    return (
        update(ENROLMENT)
        .where(chosen)
        .values(
            completed_lessons=_current_lessons(func.count()).where(_done()).scalar_subquery(),
            resume_lesson_id=_next_open_lesson(),
            last_lesson_id=_last_lesson(),
            last_activity_at=func.coalesce(VISITED_AT, table.last_activity_at),
        )
        .returning(
            table.user_id,
            table.completed_lessons,
            table.resume_lesson_id,
            table.completed_at,
            table.completed_modules,
            _completed_modules().label("modules_now"),
            _lesson_count().label("lesson_count"),
        )
    )


_of_course = ENROLMENT.c.course_id == COURSE_ID
_of_user = and_(_of_course, ENROLMENT.c.user_id == USER_ID)
LOCK_ALL, LOCK_ONE = _lock(_of_course), _lock(_of_user)
RECOUNT_ALL, RECOUNT_ONE = _recount(_of_course), _recount(_of_user)
RECORD = (
    update(ENROLMENT)
    .where(_of_user)
    .values(
        completed_modules=bindparam("modules", type_=ARRAY(Uuid)),
        completed_at=bindparam("finished_at", type_=DateTime(timezone=True)),
    )
)
