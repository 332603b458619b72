"""The courses of a group."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from questline_core.content.models import Course, CourseVersion, Enrolment
from questline_core.content.queries import current_version
from questline_core.groups.enrolling import enrol_later
from questline_core.groups.members import members_of
from questline_core.groups.models import Group, GroupCourse, GroupMember
from questline_core.groups.schemas import GroupCourseCard
from questline_sdk import Context, NotFound
from questline_sdk.events import GroupCourseAssigned, GroupCourseUnassigned


async def assign_course(ctx: Context, group: Group, course_id: UUID) -> None:
    """Give a group of `locked_group` a course and enrol its members; the same again changes nothing.

    Raises:
        NotFound: There is no such course.
    """
    slug = await ctx.session.scalar(
        select(Course.slug).where(Course.id == course_id, Course.current_version_id.is_not(None))
    )
    if slug is None:
        raise NotFound("There is no such course.")
    values = {"group_id": group.id, "course_id": course_id, "assigned_at": ctx.now}
    statement = insert(GroupCourse).values(values).on_conflict_do_nothing().returning(GroupCourse.course_id)
    if await ctx.session.scalar(statement) is None:
        return
    fact = GroupCourseAssigned(group_id=group.id, group_slug=group.slug, course_id=course_id, course_slug=slug)
    await ctx.publish(fact)
    await enrol_later(ctx, group.id, await members_of(ctx, group.id), [course_id])
    await ctx.audit("groups.course.assigned", subject=("group", group.id), after={"course": slug})


async def unassign_course(ctx: Context, group: Group, course_id: UUID) -> None:
    """Take a course from a group of `locked_group`; who is enrolled stays so. Raises `NotFound`."""
    statement = delete(GroupCourse).where(GroupCourse.group_id == group.id, GroupCourse.course_id == course_id)
    options = {"synchronize_session": False}
    if await ctx.session.scalar(statement.returning(GroupCourse.course_id), execution_options=options) is None:
        raise NotFound("The group does not have this course.")
    slug = await ctx.session.scalar(select(Course.slug).where(Course.id == course_id))
    fact = GroupCourseUnassigned(group_id=group.id, group_slug=group.slug, course_id=course_id, course_slug=slug or "")
    await ctx.publish(fact)
    await ctx.audit("groups.course.unassigned", subject=("group", group.id), before={"course": slug})


async def list_courses(ctx: Context, group_id: UUID) -> list[GroupCourseCard]:
    """The courses of a group by title, and how many of its members take and have completed each."""
    taken = (
        select(
            GroupCourse.course_id,
            func.count(Enrolment.user_id).label("enrolled"),
            func.count(Enrolment.completed_at).label("completed"),
        )
        .join(GroupMember, GroupMember.group_id == GroupCourse.group_id)
        .outerjoin(
            Enrolment,
            (Enrolment.tenant_id == GroupCourse.tenant_id)
            & (Enrolment.user_id == GroupMember.user_id)
            & (Enrolment.course_id == GroupCourse.course_id),
        )
        .where(GroupCourse.group_id == group_id)
        .group_by(GroupCourse.course_id)
        .subquery()
    )
    statement = (
        select(
            GroupCourse.course_id,
            Course.slug,
            func.coalesce(CourseVersion.title, Course.slug).label("title"),
            GroupCourse.assigned_at,
            func.coalesce(taken.c.enrolled, 0).label("enrolled_members"),
            func.coalesce(taken.c.completed, 0).label("completed_members"),
        )
        .join(Course, (Course.tenant_id == GroupCourse.tenant_id) & (Course.id == GroupCourse.course_id))
        .outerjoin(CourseVersion, current_version())
        .outerjoin(taken, taken.c.course_id == GroupCourse.course_id)
        .where(GroupCourse.group_id == group_id)
        .order_by(func.lower(func.coalesce(CourseVersion.title, Course.slug)), GroupCourse.course_id)
    )
    return [GroupCourseCard(**row._mapping) for row in await ctx.session.execute(statement)]
