"""Brings enrolments in line with `lesson_progress`: the one place that says what is completed and what comes next."""

from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Exists, Row, ScalarSelect, Uuid, and_, exists, func, select, true, update
from sqlalchemy.dialects.postgresql import ARRAY

from questline_core.content.models import Course, CourseVersion, Enrolment, Lesson, LessonProgress
from questline_sdk import Context
from questline_sdk.events import CourseCompleted, ModuleCompleted


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a learner stands in a course."""

    user_id: UUID
    percent: int
    completed: bool
    resume_lesson_id: UUID | None


async def settle(
    ctx: Context, course_id: UUID, *, user_id: UUID | None = None, visited: UUID | None = None, publish: bool = True
) -> list[Standing]:
    """Recount the enrolments of a course, or one user's, and publish the modules and the course completed by it.

    Args:
        ctx: The unit of work that changed the progress or the course.
        course_id: The course.
        user_id: Whose enrolment; everybody's without.
        visited: The lesson the user is at now.
        publish: False where what is completed was announced before.
    """
    chosen = and_(Enrolment.course_id == course_id, Enrolment.user_id == user_id if user_id else true())
    # A statement of its own: what the recount reads must be as new as the locks it waited for.
    await ctx.session.execute(select(Enrolment.user_id).where(chosen).order_by(Enrolment.user_id).with_for_update())
    values = {"completed_lessons": _completed_lessons(), "resume_lesson_id": _next_open_lesson(visited)}
    if visited is not None:
        values |= {"last_lesson_id": visited, "last_activity_at": ctx.now}
    lesson_count = (
        select(CourseVersion.lesson_count)
        .join(Course, and_(Course.tenant_id == CourseVersion.tenant_id, Course.current_version_id == CourseVersion.id))
        .where(Course.id == course_id)
        .scalar_subquery()
    )
    statement = (
        update(Enrolment)
        .where(chosen)
        .values(**values)
        .returning(
            Enrolment.user_id,
            Enrolment.completed_lessons,
            Enrolment.resume_lesson_id,
            Enrolment.completed_at,
            Enrolment.completed_modules,
            _completed_modules().label("modules_now"),
            lesson_count.label("lesson_count"),
        )
        .execution_options(synchronize_session=False)
    )
    rows = (await ctx.session.execute(statement)).all()
    for row in rows:
        await _record_completions(ctx, course_id, row, publish=publish)
    return [_standing(row) for row in rows]


def _standing(row: Row[*tuple[object, ...]]) -> Standing:
    return Standing(
        user_id=row.user_id,
        percent=row.completed_lessons * 100 // max(row.lesson_count, 1),
        completed=_is_completed(row),
        resume_lesson_id=row.resume_lesson_id,
    )


def _is_completed(row: Row[*tuple[object, ...]]) -> bool:
    return bool(row.lesson_count) and row.completed_lessons >= row.lesson_count


async def _record_completions(ctx: Context, course_id: UUID, row: Row[*tuple[object, ...]], *, publish: bool) -> None:
    modules = [module for module in row.modules_now or [] if module not in row.completed_modules]
    finished = _is_completed(row) and row.completed_at is None
    if not modules and not finished:
        return
    await ctx.session.execute(
        update(Enrolment)
        .where(Enrolment.course_id == course_id, Enrolment.user_id == row.user_id)
        .values(
            completed_modules=[*row.completed_modules, *modules],
            completed_at=ctx.now if finished else row.completed_at,
        )
        .execution_options(synchronize_session=False)
    )
    if not publish:
        return
    for module_id in modules:
        await ctx.publish(ModuleCompleted(user_id=row.user_id, course_id=course_id, module_id=module_id))
    if finished:
        slug = (await ctx.session.scalars(select(Course.slug).where(Course.id == course_id))).one()
        await ctx.publish(CourseCompleted(user_id=row.user_id, course_id=course_id, course_slug=slug))


def _done() -> Exists:
    """The enrolled user has completed the lesson."""
    return (
        exists()
        .where(
            LessonProgress.tenant_id == Enrolment.tenant_id,
            LessonProgress.user_id == Enrolment.user_id,
            LessonProgress.course_id == Enrolment.course_id,
            LessonProgress.lesson_id == Lesson.id,
            LessonProgress.status == "completed",
        )
        .correlate(Enrolment, Lesson)
    )


def _of_course() -> list[ColumnElement[bool]]:
    return [Lesson.tenant_id == Enrolment.tenant_id, Lesson.course_id == Enrolment.course_id, Lesson.retired.is_(False)]


def _completed_lessons() -> ScalarSelect[int]:
    return select(func.count()).select_from(Lesson).where(*_of_course(), _done()).correlate(Enrolment).scalar_subquery()


def _completed_modules() -> ColumnElement[list[UUID]]:
    modules = (
        select(Lesson.module_id)
        .where(*_of_course())
        .group_by(Lesson.module_id)
        .having(func.bool_and(_done()))
        .correlate(Enrolment)
        .order_by(func.min(Lesson.position))
    )
    return func.array(modules.scalar_subquery(), type_=ARRAY(Uuid))


def _next_open_lesson(visited: UUID | None) -> ScalarSelect[UUID]:
    """The last lesson visited while it is open, else the next open one after it, else the first open one."""
    last = Lesson.__table__.alias("last")
    position = (
        select(last.c.position)
        .where(
            last.c.tenant_id == Enrolment.tenant_id,
            last.c.id == (visited or Enrolment.last_lesson_id),
            last.c.retired.is_(False),
        )
        .correlate(Enrolment)
        .scalar_subquery()
    )
    return (
        select(Lesson.id)
        .where(*_of_course(), ~_done())
        .order_by(Lesson.position < func.coalesce(position, 0), Lesson.position)
        .limit(1)
        .correlate(Enrolment)
        .scalar_subquery()
    )
