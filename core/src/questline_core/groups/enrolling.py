"""Enrolling the members of a group in its courses: in the background, each in each course once."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import select

from questline_core.content.models import Enrolment
from questline_core.content.service import enrol
from questline_core.context import HostContext
from questline_core.groups.models import GroupCourse, GroupMember
from questline_sdk import Conflict, Context, Job, NotFound

BATCH = 50
log = structlog.get_logger()


class EnrolMembers(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to be enrolled in what, for having joined a group or for a course that it was given."""

    group_id: UUID
    user_ids: list[UUID]
    course_ids: list[UUID]


async def enrol_later(ctx: Context, group_id: UUID, user_ids: Sequence[UUID], course_ids: Sequence[UUID]) -> None:
    """Have the worker enrol these members in these courses, so many at a time that nobody waits for long."""
    if not course_ids:
        return
    for start in range(0, len(user_ids), BATCH):
        some = list(user_ids[start : start + BATCH])
        args = EnrolMembers(group_id=group_id, user_ids=some, course_ids=sorted(course_ids))
        await ctx.enqueue(ENROL_MEMBERS, args)


async def _enrol_members(ctx: HostContext, args: EnrolMembers) -> None:
    """Enrol who still belongs to the group in what it still has; one whom a plugin refuses stays out."""
    still = select(GroupMember.user_id).where(GroupMember.group_id == args.group_id)
    user_ids = sorted(await ctx.session.scalars(still.where(GroupMember.user_id.in_(args.user_ids))))
    given = select(GroupCourse.course_id).where(GroupCourse.group_id == args.group_id)
    for course_id in sorted(await ctx.session.scalars(given.where(GroupCourse.course_id.in_(args.course_ids)))):
        enrolled = select(Enrolment.user_id).where(Enrolment.course_id == course_id, Enrolment.user_id.in_(user_ids))
        has_it = set(await ctx.session.scalars(enrolled))
        for user_id in user_ids:
            if user_id in has_it:
                continue
            try:
                await enrol(ctx, ctx.host, user_id, course_id)
            except (Conflict, NotFound) as refusal:
                log.info(
                    "a group's member was not enrolled",
                    group=str(args.group_id),
                    user=str(user_id),
                    course=str(course_id),
                    reason=refusal.detail,
                )


ENROL_MEMBERS = Job(name="enrol_group_members", function=_enrol_members, args=EnrolMembers)
