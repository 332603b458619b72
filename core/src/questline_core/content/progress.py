"""Brings enrolments in line with `lesson_progress`: the one place that says what is completed and what comes next."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from questline_core.content.models import Course
from questline_core.content.progress_queries import LOCK_ALL, LOCK_ONE, RECORD, RECOUNT_ALL, RECOUNT_ONE
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
    who = {"of_course": course_id} if user_id is None else {"of_course": course_id, "of_user": user_id}
    # A statement of its own: what the recount reads must be as new as the locks it waited for.
    await ctx.session.execute(LOCK_ALL if user_id is None else LOCK_ONE, who)
    result = await ctx.session.execute(
        RECOUNT_ALL if user_id is None else RECOUNT_ONE,
        {**who, "visited": visited, "visited_at": ctx.now if visited else None},
    )
    rows = result.all()
    for row in rows:
        await _record_completions(ctx, course_id, row, publish=publish)
    return [
        Standing(
            user_id=row.user_id,
            percent=row.completed_lessons * 100 // max(row.lesson_count, 1),
            completed=_is_completed(row),
            resume_lesson_id=row.resume_lesson_id,
        )
        for row in rows
    ]


def _is_completed(row: Any) -> bool:
    return bool(row.lesson_count) and row.completed_lessons >= row.lesson_count


async def _record_completions(ctx: Context, course_id: UUID, row: Any, *, publish: bool) -> None:
    modules = [module for module in row.modules_now if module not in row.completed_modules]
    finished = _is_completed(row) and row.completed_at is None
    if not modules and not finished:
        return
    await ctx.session.execute(
        RECORD,
        {
            "of_course": course_id,
            "of_user": row.user_id,
            "modules": [*row.completed_modules, *modules],
            "finished_at": ctx.now if finished else row.completed_at,
        },
    )
    if not publish:
        return
    for module_id in modules:
        await ctx.publish(ModuleCompleted(user_id=row.user_id, course_id=course_id, module_id=module_id))
    if finished:
        slug = (await ctx.session.scalars(select(Course.slug).where(Course.id == course_id))).one()
        await ctx.publish(CourseCompleted(user_id=row.user_id, course_id=course_id, course_slug=slug))
