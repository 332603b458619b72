"""Who belongs to a group: added and removed, by id or e-mail address, with what became of each."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from questline_core.auth.models import User
from questline_core.groups.enrolling import enrol_later
from questline_core.groups.models import Group, GroupCourse, GroupMember
from questline_core.groups.schemas import MembersChanged, RowProblem
from questline_sdk import Context, NotFound
from questline_sdk.events import GroupMemberAdded, GroupMemberRemoved

MANUAL = "manual"
KNOWN = "There is nobody with this id or e-mail address."


async def add_people(
    ctx: Context, group: Group, given: Sequence[str], *, manager: bool = False, source: str = MANUAL
) -> MembersChanged:
    """Add people by id or e-mail address; members already stay as they are.

    Args:
        ctx: The unit of work.
        group: From `locked_group`.
        given: Ids and e-mail addresses.
        manager: Whether those who are new answer for the group.
        source: Who keeps these memberships.
    """
    people, problems = await _look_up(ctx, given)
    added = await add_members(ctx, group, people, manager=manager, source=source)
    return MembersChanged(changed=len(added), unchanged=len(people) - len(added), problems=problems)


async def remove_people(ctx: Context, group: Group, given: Sequence[str]) -> MembersChanged:
    """Remove people by id or e-mail address from a group of `locked_group`; they stay enrolled."""
    people, problems = await _look_up(ctx, given)
    removed = set(await remove_members(ctx, group, people))
    problems += [
        RowProblem(row=row, value=given[row - 1], code="not_a_member", message="They do not belong to the group.")
        for user_id, row in people.items()
        if user_id not in removed
    ]
    problems.sort(key=lambda problem: problem.row)
    return MembersChanged(changed=len(removed), unchanged=0, problems=problems)


async def add_members(
    ctx: Context, group: Group, user_ids: Iterable[UUID], *, manager: bool = False, source: str = MANUAL
) -> list[UUID]:
    """Add users to a group of `locked_group`, enrol them in its courses, and return those who are new."""
    rows = [
        {"group_id": group.id, "user_id": user_id, "manager": manager, "source": source, "added_at": ctx.now}
        for user_id in user_ids
    ]
    if not rows:
        return []
    statement = insert(GroupMember).on_conflict_do_nothing().returning(GroupMember.user_id)
    added = list(await ctx.session.scalars(statement, rows))
    if not added:
        return []
    for user_id in added:
        await ctx.publish(GroupMemberAdded(group_id=group.id, group_slug=group.slug, user_id=user_id))
    courses = await ctx.session.scalars(select(GroupCourse.course_id).where(GroupCourse.group_id == group.id))
    await enrol_later(ctx, group.id, added, courses.all())
    await _changed(ctx, group, "groups.members.added", after={"users": added, "manager": manager, "source": source})
    return added


async def remove_members(ctx: Context, group: Group, user_ids: Iterable[UUID]) -> list[UUID]:
    """Remove users from a group of `locked_group`, and return those who were in it."""
    statement = delete(GroupMember).where(GroupMember.group_id == group.id, GroupMember.user_id.in_(list(user_ids)))
    removed = list(
        await ctx.session.scalars(
            statement.returning(GroupMember.user_id), execution_options={"synchronize_session": False}
        )
    )
    if removed:
        await announce_left(ctx, group, removed)
        await _changed(ctx, group, "groups.members.removed", before={"users": removed})
    return removed


async def set_manager(ctx: Context, group: Group, user_id: UUID, *, manager: bool) -> None:
    """Say whether a member of a group of `locked_group` answers for it; raises `NotFound`."""
    of_member = (GroupMember.group_id == group.id, GroupMember.user_id == user_id)
    former = await ctx.session.scalar(select(GroupMember.manager).where(*of_member))
    if former is None:
        raise NotFound("They do not belong to the group.", code="not_a_member")
    if former != manager:
        await ctx.session.execute(
            update(GroupMember).where(*of_member).values(manager=manager),
            execution_options={"synchronize_session": False},
        )
        after = {"user": user_id, "manager": manager}
        await _changed(ctx, group, "groups.manager.changed", after=after)


async def members_of(ctx: Context, group_id: UUID) -> list[UUID]:
    """The ids of everybody in a group."""
    return list(await ctx.session.scalars(select(GroupMember.user_id).where(GroupMember.group_id == group_id)))


async def announce_left(ctx: Context, group: Group, user_ids: Iterable[UUID]) -> None:
    """Publish that users are members no more."""
    for user_id in user_ids:
        await ctx.publish(GroupMemberRemoved(group_id=group.id, group_slug=group.slug, user_id=user_id))


async def _changed(ctx: Context, group: Group, action: str, **details: Any) -> None:
    """Note a change of the members, which is a change of the group."""
    await ctx.session.execute(
        update(Group).where(Group.id == group.id).values(changed_at=ctx.now),
        execution_options={"synchronize_session": False},
    )
    await ctx.audit(action, subject=("group", group.id), **details)


async def _look_up(ctx: Context, given: Sequence[str]) -> tuple[dict[UUID, int], list[RowProblem]]:
    """The users that rows name, each with its row, and what is wrong with the other rows."""
    keys = [value.strip().lower() for value in given]
    ids = [found for key in keys if (found := _uuid(key))]
    known: dict[str, UUID] = {}
    statement = select(User.id, User.email).where(or_(User.id.in_(ids), User.email.in_(keys)))
    for row_id, email in await ctx.session.execute(statement):
        known[str(row_id)] = known[email] = row_id
    people: dict[UUID, int] = {}
    problems: list[RowProblem] = []
    for row, (key, value) in enumerate(zip(keys, given, strict=True), 1):
        user_id = known.get(str(_uuid(key) or key))
        if user_id is None:
            problems.append(RowProblem(row=row, value=value, code="unknown_user", message=KNOWN))
        elif user_id in people:
            message = f"The same as row {people[user_id]}."
            problems.append(RowProblem(row=row, value=value, code="given_twice", message=message))
        else:
            people[user_id] = row
    return people, problems


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
