"""Giving roles to people and service accounts, and taking them away."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from questline_core.access.changes import announce_access
from questline_core.access.definitions import demand_holding, locked_role, names_of_roles
from questline_core.access.models import RoleGrant, ServiceAccount
from questline_core.access.reach import may_in, permissions_there
from questline_core.access.schemas import Grant, GrantFilter, NewGrant, Scope, Subject
from questline_core.auth.accounts import get_user, set_role
from questline_core.auth.models import User
from questline_core.content.models import Course, CourseVersion
from questline_core.context import HostContext
from questline_core.groups.models import Group
from questline_core.people.rights import may_manage
from questline_sdk import Conflict, Forbidden, Invalid, NotFound, Page
from questline_sdk.pages import decode_cursor, paginate
from questline_sdk.permissions import ADMINS, Role

MANAGE = "tenant.roles.manage"
MOST_GRANTS = 1000
"""Of one person or service account."""
Granter = aliased(User, name="granter")
GranterService = aliased(ServiceAccount, name="granter_service")


async def grant_role(ctx: HostContext, data: NewGrant) -> Grant:
    """Give somebody a role; the same again changes nothing.

    Raises:
        Conflict: They hold too many (`too_many_grants`).
        Forbidden: The role holds what the acting user does not (`not_yours_to_give`).
        Invalid: Not exactly one of the two subjects is named, or both places, or `owner`.
        NotFound: There is no such person, service account, course, group or role.
    """
    subject_id = _one(data.user_id, data.service_account_id, "user_id", "name a person or a service account")
    if data.course_id and data.group_id:
        raise Invalid.field("course_id", "name a course or a group, not both")
    await _demand_manage(ctx, data.course_id, data.group_id)
    await _find_all(ctx, data)
    if data.role == Role.OWNER:
        raise Invalid.field("role", "owner is no role to hold beside another; make the person an owner instead")
    await _demand_to_give(ctx, data.role, course_id=data.course_id, group_id=data.group_id)
    count = select(func.count()).select_from(RoleGrant).where(RoleGrant.subject_id == subject_id)
    if (await ctx.session.scalar(count) or 0) >= MOST_GRANTS:
        raise Conflict(f"They hold {MOST_GRANTS} roles already; use a group.", code="too_many_grants")
    scope = "course" if data.course_id else "group" if data.group_id else "tenant"
    values = {
        "user_id": data.user_id,
        "service_account_id": data.service_account_id,
        "role": data.role,
        "scope": scope,
        "course_id": data.course_id,
        "group_id": data.group_id,
    }
    statement = insert(RoleGrant).values(**values, granted_by=ctx.actor.id if ctx.actor else None, granted_at=ctx.now)
    statement = statement.on_conflict_do_nothing(constraint="uq_role_grant_what")
    made = (await ctx.session.scalars(statement.returning(RoleGrant.id))).one_or_none()
    if made is not None:
        place = data.course_id or data.group_id
        after = {"role": data.role, "scope": scope, "scope_id": str(place) if place else None}
        await ctx.audit("tenant.role.granted", subject=(_kind(data), subject_id), after=after)
        await announce_access(ctx, subject_id)
    same = (
        RoleGrant.subject_id == subject_id,
        RoleGrant.role == data.role,
        RoleGrant.scope == scope,
        RoleGrant.course_id.is_not_distinct_from(data.course_id),
        RoleGrant.group_id.is_not_distinct_from(data.group_id),
    )
    return (await _read(ctx, _grants(*same)))[0]


async def revoke_grant(ctx: HostContext, grant_id: UUID) -> None:
    """Take a role away; raises `Forbidden` (`not_yours_to_give`) or `NotFound`."""
    grant = await ctx.session.scalar(select(RoleGrant).where(RoleGrant.id == grant_id).with_for_update())
    if grant is None:
        raise NotFound("There is no such grant; it may have been taken away.")
    await _demand_manage(ctx, grant.course_id, grant.group_id)
    await _demand_to_give(ctx, grant.role, course_id=grant.course_id, group_id=grant.group_id, taking=True)
    await ctx.session.delete(grant)
    await ctx.session.flush()
    kind = "user" if grant.user_id else "service_account"
    before = {"role": grant.role, "scope": grant.scope, "scope_id": str(grant.scope_id) if grant.scope_id else None}
    await ctx.audit("tenant.role.revoked", subject=(kind, grant.subject_id), before=before)
    await announce_access(ctx, grant.subject_id)


async def list_grants(ctx: HostContext, wanted: GrantFilter, *, cursor: str | None, limit: int) -> Page[Grant]:
    """Grants, the newest first; raises `Forbidden` where the reader may see only those of single courses or groups."""
    if not ctx.user.may("tenant.roles.read"):
        place = {"course_id": wanted.course_id, "group_id": wanted.group_id}
        if not await may_in(ctx, "tenant.roles.read", **place):
            raise Forbidden("This needs the permission tenant.roles.read; name a course or a group of yours.")
    wishes = (
        (RoleGrant.subject_id, wanted.subject_id),
        (RoleGrant.course_id, wanted.course_id),
        (RoleGrant.group_id, wanted.group_id),
        (RoleGrant.role, wanted.role),
    )
    conditions: list[ColumnElement[bool]] = [column == value for column, value in wishes if value is not None]
    if cursor is not None:
        (last,) = decode_cursor(cursor, tuple[UUID])
        conditions.append(RoleGrant.id < last)
    grants = await _read(ctx, _grants(*conditions).limit(limit + 1))
    return paginate(grants, limit, lambda grant: (grant.id,))


async def grants_of(ctx: HostContext, subject_id: UUID) -> list[Grant]:
    """Everything that somebody holds beside their own role."""
    return await _read(ctx, _grants(RoleGrant.subject_id == subject_id))


async def set_user_role(ctx: HostContext, user_id: UUID, role: str) -> None:
    """Give a person another built-in role.

    Raises:
        Conflict: They are the last owner (`last_owner`).
        Forbidden: Owners and administrators are made and unmade by owners (`role_too_high`), and nobody gives what
            they do not hold (`not_yours_to_give`).
    """
    user = await get_user(ctx, user_id)
    if user.role == role:
        return
    if ctx.user.role != Role.OWNER and (role in ADMINS or user.role in ADMINS) and user.id != ctx.user.id:
        raise Forbidden("Only an owner may make or unmake owners and administrators.", code="role_too_high")
    if user.id != ctx.user.id and not await may_manage(ctx, user):
        raise Forbidden("This person has rights that you have not; ask an owner.", code="role_too_high")
    demand_holding(ctx, await _held_by(ctx, role))
    await set_role(ctx, user_id, role)


async def _demand_manage(ctx: HostContext, course_id: UUID | None, group_id: UUID | None) -> None:
    if not await may_in(ctx, MANAGE, course_id=course_id, group_id=group_id):
        raise Forbidden(f"This needs the permission {MANAGE}.")


async def _demand_to_give(
    ctx: HostContext, role: str, *, course_id: UUID | None, group_id: UUID | None, taking: bool = False
) -> None:
    """Whoever gives or takes a role holds all that it holds: everywhere, or there."""
    if role not in set(Role) and not taking:
        await locked_role(ctx, role, to_grant=True)
    held = await _held_by(ctx, role)
    if ctx.actor is None or held <= ctx.actor.permissions:
        return
    demand_holding(ctx, held, await permissions_there(ctx, course_id=course_id, group_id=group_id))


async def _held_by(ctx: HostContext, role: str) -> frozenset[str]:
    enabled, grants = await ctx.host.enablement.of(ctx.tenant_id), await ctx.host.roles.grants(ctx.tenant_id)
    return ctx.host.permissions.of_role(role, enabled, grants)


async def _find_all(ctx: HostContext, data: NewGrant) -> None:
    wanted: tuple[tuple[Any, UUID | None, str], ...] = (
        (User, data.user_id, "person"),
        (ServiceAccount, data.service_account_id, "service account"),
        (Course, data.course_id, "course"),
        (Group, data.group_id, "group"),
    )
    for model, found_by, word in wanted:
        if found_by is not None:
            found = select(model.id).where(model.id == found_by).with_for_update(read=True, key_share=True)
            if await ctx.session.scalar(found) is None:
                raise NotFound(f"There is no such {word}.")


def _one(first: UUID | None, second: UUID | None, field: str, message: str) -> UUID:
    found = first or second
    if found is None or (first and second):
        raise Invalid.field(field, message)
    return found


def _kind(data: NewGrant) -> str:
    return "user" if data.user_id else "service_account"


def _grants(*conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    def same(model: Any, column: Any) -> ColumnElement[bool]:
        return and_(model.tenant_id == RoleGrant.tenant_id, model.id == column)

    return (
        select(
            RoleGrant,
            func.coalesce(User.display_name, ServiceAccount.name).label("name"),
            User.email,
            func.coalesce(CourseVersion.title, Course.slug, Group.name).label("place"),
            func.coalesce(Granter.display_name, GranterService.name).label("granter"),
            Granter.id.label("granter_user"),
        )
        .outerjoin(User, same(User, RoleGrant.user_id))
        .outerjoin(ServiceAccount, same(ServiceAccount, RoleGrant.service_account_id))
        .outerjoin(Course, same(Course, RoleGrant.course_id))
        .outerjoin(CourseVersion, same(CourseVersion, Course.current_version_id))
        .outerjoin(Group, same(Group, RoleGrant.group_id))
        .outerjoin(Granter, same(Granter, RoleGrant.granted_by))
        .outerjoin(GranterService, same(GranterService, RoleGrant.granted_by))
        .where(*conditions)
        .order_by(RoleGrant.id.desc())
    )


async def _read(ctx: HostContext, statement: Select[*tuple[Any, ...]]) -> list[Grant]:
    rows = (await ctx.session.execute(statement)).all()
    names = await names_of_roles(ctx) if rows else {}
    return [_shown(row, names) for row in rows]


def _shown(row: Any, names: dict[str, str]) -> Grant:
    grant: RoleGrant = row.RoleGrant
    by = grant.granted_by if row.granter is not None else None
    return Grant(
        id=grant.id,
        subject=Subject(
            kind="user" if grant.user_id else "service", id=grant.subject_id, name=row.name or "", email=row.email
        ),
        role=grant.role,
        role_name=names.get(grant.role, grant.role),
        scope=Scope(kind=grant.scope, id=grant.scope_id, name=row.place),  # type: ignore[arg-type]
        granted_by=Subject(kind="user" if row.granter_user else "service", id=by, name=row.granter or "")
        if by
        else None,
        granted_at=grant.granted_at,
    )
