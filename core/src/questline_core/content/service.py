"""What learners do with a course: enrol, leave, save their place, complete lessons."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from questline_core.content.models import Course, Enrolment
from questline_core.content.progress import Standing, settle
from questline_core.content.progress_queries import COMPLETE, SAVE_POSITION, TAKEN, TakenLesson, fetch_inside
from questline_core.content.schemas import Enrolled, LessonCompletion, ProgressChanged
from questline_core.context import HostContext
from questline_sdk import Conflict, Invalid, NotFound
from questline_sdk.events import CourseEnrolled, LessonCompleted

if TYPE_CHECKING:
    from questline_core.host import Host


async def enrol(ctx: HostContext, host: "Host", user_id: UUID, course_id: UUID) -> Enrolled:
    """Enrol a user; the same again changes nothing. Raises `NotFound`, or `Conflict` where a plugin refuses."""
    slug = await ctx.session.scalar(
        select(Course.slug).where(Course.id == course_id, Course.current_version_id.is_not(None))
    )
    if slug is None:
        raise NotFound("There is no such course.")
    mine = and_(Enrolment.user_id == user_id, Enrolment.course_id == course_id)
    enrolment = select(Enrolment.enrolled_at, Enrolment.resume_lesson_id).where(mine)
    row = (await ctx.session.execute(enrolment)).one_or_none()
    if row is None:
        veto = await host.decide("check_enrolment", ctx, user_id=user_id, course_id=course_id)
        if veto is not None:
            raise Conflict(veto.detail, code=veto.code)
        added = await ctx.session.scalar(
            insert(Enrolment)
            .values(user_id=user_id, course_id=course_id, enrolled_at=ctx.now)
            .on_conflict_do_nothing()
            .returning(Enrolment.user_id)
        )
        if added is not None:
            # What was completed before leaving counts again, and was announced then.
            await settle(ctx, course_id, user_id=user_id, publish=False)
            await ctx.publish(CourseEnrolled(user_id=user_id, course_id=course_id, course_slug=slug))
            await _count_learners(ctx, course_id, 1)
        row = (await ctx.session.execute(enrolment)).one()
    return Enrolled(course_id=course_id, enrolled_at=row.enrolled_at, resume_lesson_id=row.resume_lesson_id)


async def unenrol(ctx: HostContext, user_id: UUID, course_id: UUID) -> None:
    """End an enrolment; what was completed is kept for a return. Raises `NotFound` for one not enrolled."""
    statement = (
        delete(Enrolment)
        .where(Enrolment.user_id == user_id, Enrolment.course_id == course_id)
        .returning(Enrolment.user_id)
    )
    if await ctx.session.scalar(statement) is None:
        raise NotFound("You are not enrolled in this course.", code="not_enrolled")
    await _count_learners(ctx, course_id, -1)


async def _count_learners(ctx: HostContext, course_id: UUID, change: int) -> None:
    """Adjust a course's learners: the transaction's last statement, since others who enrol wait for this row."""
    await ctx.session.execute(
        update(Course)
        .where(Course.id == course_id)
        .values(learner_count=Course.learner_count + change)
        .execution_options(synchronize_session=False)
    )


async def complete_lesson(ctx: HostContext, host: "Host", user_id: UUID, lesson_id: UUID) -> LessonCompletion:
    """Complete a lesson, once; the same again only answers. Raises `Conflict` when not enrolled or vetoed."""
    lesson = await _taken(ctx, user_id, lesson_id)
    completed = lesson.status != "completed" and await _complete(ctx, host, user_id, lesson)
    standing = await _visit(ctx, user_id, lesson)
    if completed:
        changed = ProgressChanged(
            course_id=lesson.course_id,
            lesson_id=lesson_id,
            status="completed",
            course_percent=standing.percent,
            course_completed=standing.completed,
        )
        ctx.send_live("content.progress.changed", changed, user_id=user_id)
    return LessonCompletion(
        lesson_id=lesson_id,
        status="completed",
        course_percent=standing.percent,
        course_completed=standing.completed,
        next_lesson_id=standing.resume_lesson_id,
    )


async def save_position(ctx: HostContext, user_id: UUID, lesson_id: UUID, block_id: str) -> None:
    """Remember the block a user has reached; raises `Invalid` for a block that the lesson does not have."""
    lesson = await _taken(ctx, user_id, lesson_id)
    if block_id not in {block.id for block in lesson.blocks}:
        raise Invalid.field("block_id", "is not a block of this lesson")
    started = {**_progress(ctx, user_id, lesson), "status": "started", "block_id": block_id}
    await ctx.session.execute(SAVE_POSITION, started)
    await _visit(ctx, user_id, lesson)


async def _complete(ctx: HostContext, host: "Host", user_id: UUID, lesson: TakenLesson) -> bool:
    """Ask the plugins and record the completion; False where another request was first."""
    veto = await host.decide("check_lesson_completion", ctx, user_id=user_id, lesson_id=lesson.id, blocks=lesson.blocks)
    if veto is not None:
        raise Conflict(veto.detail, code=veto.code)
    done = {**_progress(ctx, user_id, lesson), "status": "completed", "completed_at": ctx.now}
    if (await ctx.session.execute(COMPLETE, done)).first() is None:
        return False
    await ctx.publish(
        LessonCompleted(
            user_id=user_id,
            course_id=lesson.course_id,
            course_slug=lesson.course_slug,
            module_id=lesson.module_id,
            lesson_id=lesson.id,
            lesson_slug=lesson.slug,
            kind=lesson.kind,
        )
    )
    return True


async def _taken(ctx: HostContext, user_id: UUID, lesson_id: UUID) -> TakenLesson:
    """A lesson of a course that the user takes; raises `NotFound` or `Conflict`."""
    lesson = await fetch_inside(ctx, TAKEN, user_id=user_id, lesson_id=lesson_id)
    if lesson is None:
        raise NotFound("There is no such lesson in its course now.")
    if not lesson.enrolled:
        raise Conflict("Enrol in the course first.", code="not_enrolled")
    return lesson


async def _visit(ctx: HostContext, user_id: UUID, lesson: TakenLesson) -> Standing:
    standings = await settle(ctx, lesson.course_id, user_id=user_id, visited=lesson.id)
    if not standings:
        raise Conflict("Enrol in the course first.", code="not_enrolled")
    return standings[0]


def _progress(ctx: HostContext, user_id: UUID, lesson: TakenLesson) -> dict[str, Any]:
    return {
        "user_id": user_id,
        "course_id": lesson.course_id,
        "lesson_id": lesson.id,
        "started_at": ctx.now,
        "minutes": lesson.minutes,
    }
