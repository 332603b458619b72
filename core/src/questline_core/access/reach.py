"""Where somebody holds a permission: everywhere, or in the courses and groups in which they were given a role.

Which courses that are is a condition of the statement that reads them: none is asked about one by one.
"""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from questline_core.access.models import RoleGrant
from questline_core.context import HostContext
from questline_core.groups.models import GroupCourse, GroupMember
from questline_sdk import Context, Forbidden
from questline_sdk.services import Reach as ReachProtocol
from questline_sdk.services import Service


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """How far a permission of the acting user reaches."""

    every: bool
    """Everywhere in the tenant."""
    roles: list[str]
    """Else: wherever they hold one of these roles."""
    subject_id: UUID | None

    def parameters(self, name: str) -> dict[str, Any]:
        """Values for `within(..., name)`."""
        return {f"{name}_every": self.every, f"{name}_roles": self.roles}


async def reach_of(ctx: HostContext, permission: str) -> Reach:
    """How far a permission of the acting user reaches; takes no statement."""
    actor = ctx.actor
    if actor is None or actor.may(permission):
        return Reach(every=True, roles=[], subject_id=actor.id if actor else None)
    if permission not in actor.narrow:
        return Reach(every=False, roles=[], subject_id=actor.id)
    enabled, grants = await ctx.host.enablement.of(ctx.tenant_id), await ctx.host.roles.grants(ctx.tenant_id)
    holding = ctx.host.permissions.holders(permission, enabled, grants)
    return Reach(every=False, roles=[role for role in actor.roles if role in holding], subject_id=actor.id)


def within(course_id: InstrumentedAttribute[UUID], name: str, subject: ColumnElement[UUID]) -> ColumnElement[bool]:
    """The condition of a hot read that a course is within reach; its parameters come from `Reach.parameters(name)`."""
    every = bindparam(f"{name}_every", type_=Boolean())
    return or_(every, course_id.in_(_courses(bindparam(f"{name}_roles", type_=ARRAY(Text())), subject)))


def courses_within(reach: Reach) -> Select[tuple[UUID]] | None:
    """The ids of the courses within reach; None for every course."""
    return None if reach.every else _courses(literal(reach.roles, ARRAY(Text())), literal(reach.subject_id, Uuid()))


def people_within(reach: Reach) -> Select[tuple[UUID]] | None:
    """The ids of the members of the groups within reach; None for everybody."""
    if reach.every:
        return None
    over = (RoleGrant.tenant_id == GroupMember.tenant_id) & (RoleGrant.group_id == GroupMember.group_id)
    held = (RoleGrant.subject_id == reach.subject_id, RoleGrant.role.in_(reach.roles))
    members: Select[tuple[UUID]] = select(GroupMember.user_id).join(RoleGrant, over).where(*held)  # type: ignore[assignment]
    return members


async def may_in(
    ctx: HostContext, permission: str, *, course_id: UUID | None = None, group_id: UUID | None = None
) -> bool:
    """Say whether the acting user holds a permission in a course or over a group; takes at most one statement."""
    reach = await reach_of(ctx, permission)
    if reach.every or not reach.roles:
        return reach.every
    if course_id is not None:
        courses = courses_within(reach)
        assert courses is not None  # noqa: S101  not everywhere
        return bool(await ctx.session.scalar(select(literal(course_id, Uuid()).in_(courses))))
    if group_id is None:
        return False
    held = select(RoleGrant.id).where(
        RoleGrant.subject_id == reach.subject_id, RoleGrant.role.in_(reach.roles), RoleGrant.group_id == group_id
    )
    return bool(await ctx.session.scalar(select(held.exists())))


async def permissions_there(
    ctx: HostContext, *, course_id: UUID | None = None, group_id: UUID | None = None
) -> frozenset[str]:
    """What the acting user may do in a course or over a group by the roles they hold there; takes one statement."""
    actor = ctx.user
    if not actor.roles or (course_id is None and group_id is None):
        return frozenset()
    here = [RoleGrant.group_id == group_id]
    if course_id is not None:
        given_to = select(GroupCourse.group_id).where(GroupCourse.course_id == course_id)
        here = [or_(RoleGrant.course_id == course_id, RoleGrant.group_id.in_(given_to))]
    statement = select(RoleGrant.role).where(RoleGrant.subject_id == actor.id, *here).distinct()
    roles = tuple(sorted(await ctx.session.scalars(statement)))
    enabled, grants = await ctx.host.enablement.of(ctx.tenant_id), await ctx.host.roles.grants(ctx.tenant_id)
    return ctx.host.permissions.of_roles(roles, enabled, grants, actor.limit)


def _courses(roles: ColumnElement[Any], subject: ColumnElement[Any]) -> Select[tuple[UUID]]:
    """The courses in which a role is held, and those that a group is given over which it is held."""
    held = (RoleGrant.subject_id == subject, RoleGrant.role == any_(roles))
    by_group = (GroupCourse.tenant_id == RoleGrant.tenant_id) & (GroupCourse.group_id == RoleGrant.group_id)
    found = union_all(
        select(RoleGrant.course_id.label("course_id")).where(*held, RoleGrant.scope == "course"),
        select(GroupCourse.course_id).join(RoleGrant, by_group).where(*held, RoleGrant.scope == "group"),
    ).subquery("reached")
    return select(found.c.course_id)


class ReachService:
    """What plugins ask about the acting user's reach."""

    def __init__(self, ctx: Context) -> None:
        assert isinstance(ctx, HostContext)  # noqa: S101  there is no other
        self._ctx = ctx

    async def may(self, permission: str, *, course_id: UUID | None = None, group_id: UUID | None = None) -> bool:
        """Say whether the acting user holds a permission there."""
        return await may_in(self._ctx, permission, course_id=course_id, group_id=group_id)

    async def demand(self, permission: str, *, course_id: UUID | None = None, group_id: UUID | None = None) -> None:
        """Demand that the acting user holds a permission there; raises `Forbidden`."""
        if not await self.may(permission, course_id=course_id, group_id=group_id):
            raise Forbidden(f"This needs the permission {permission}.")

    async def courses(self, permission: str) -> Select[tuple[UUID]] | None:
        """The ids of the courses in which the acting user holds a permission; None for every course."""
        return courses_within(await reach_of(self._ctx, permission))

    async def people(self, permission: str) -> Select[tuple[UUID]] | None:
        """The ids of the people over whom the acting user holds a permission; None for everybody."""
        return people_within(await reach_of(self._ctx, permission))


REACH_SERVICES = [Service(protocol=ReachProtocol, factory=ReachService)]
