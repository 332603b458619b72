"""Why somebody may do something: which of their roles holds the permission, where, given by whom and when."""

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select

from questline_core.access.definitions import CORE_TITLE, names_of_roles
from questline_core.access.granting import grants_of
from questline_core.access.schemas import (
    Explanation,
    Grant,
    Obstacle,
    Reason,
    RoleReference,
    Scope,
    Subject,
    UserAccess,
)
from questline_core.access.subjects import subjects
from questline_core.audit.models import AuditEntry
from questline_core.auth.accounts import get_user
from questline_core.auth.entering import must_enrol
from questline_core.auth.models import User
from questline_core.content.models import Course, CourseVersion
from questline_core.context import HostContext
from questline_core.groups.models import Group, GroupCourse
from questline_core.packs.enabled import PackSet
from questline_core.people.rights import may_manage
from questline_sdk import NotFound, Permission

EVERYWHERE = Scope(kind="tenant")


async def access_of(ctx: HostContext, user_id: UUID) -> UserAccess:
    """What somebody is, holds and may do; raises `NotFound`."""
    user = await get_user(ctx, user_id)
    held = await grants_of(ctx, user_id)
    own = await _own_role(ctx, user)
    enabled, grants = await ctx.host.enablement.of(ctx.tenant_id), await ctx.host.roles.grants(ctx.tenant_id)
    everywhere = (user.role, *sorted({each.role for each in held if each.scope.kind == "tenant"}))
    narrow = tuple(sorted({each.role for each in held if each.scope.kind != "tenant"}))
    permissions = ctx.host.permissions.of_roles(everywhere, enabled, grants)
    return UserAccess(
        user=_subject(user),
        status=user.status,  # type: ignore[arg-type]
        role=user.role,  # type: ignore[arg-type]
        role_since=own.given_at,
        role_by=own.given_by,
        grants=held,
        permissions=sorted(permissions),
        narrow=sorted(ctx.host.permissions.of_roles(narrow, enabled, grants) - permissions),
        manageable=ctx.actor is not None and ctx.actor.may("tenant.roles.manage") and await may_manage(ctx, user),
    )


async def explain(
    ctx: HostContext, user_id: UUID, permission: str, *, course_id: UUID | None = None, group_id: UUID | None = None
) -> Explanation:
    """Why somebody may do something, in the tenant, in a course or over a group; raises `NotFound`."""
    user = await get_user(ctx, user_id)
    place = await _place(ctx, course_id, group_id)
    enabled, grants = await ctx.host.enablement.of(ctx.tenant_id), await ctx.host.roles.grants(ctx.tenant_id)
    plugin_id, plugin_title, known = _find(ctx, permission)
    holding = ctx.host.permissions.holders(permission, enabled, grants)
    names, packs = await names_of_roles(ctx), await ctx.host.packs.of(ctx.tenant_id)
    covering = await _groups_of_course(ctx, course_id)
    roles = [(grant.role, grant) for grant in await grants_of(ctx, user_id)]
    own = await _own_role(ctx, user)
    reasons = []
    for role, grant in [(user.role, None), *roles]:
        if role not in holding:
            continue
        source, pack = _source(role, permission, known, packs)
        reasons.append(
            Reason(
                role=role,
                role_name=names.get(role) or role,
                source=source,  # type: ignore[arg-type]
                pack=pack,
                scope=grant.scope if grant else EVERYWHERE,
                grant_id=grant.id if grant else None,
                given_by=grant.granted_by if grant else own.given_by,
                given_at=grant.granted_at if grant else own.given_at,
                covers=grant is None or _covers(grant, place, covering),
            )
        )
    obstacles: list[Obstacle] = []
    if known is None:
        obstacles.append("unknown_permission")
    elif plugin_id != "core" and plugin_id not in enabled:
        obstacles.append("plugin_off")
    elif not any(reason.covers for reason in reasons):
        obstacles.append("no_role")
    if user.status != "active":
        obstacles.append("suspended")
    elif await must_enrol(ctx, user, tuple(role for role, grant in roles if grant.scope.kind == "tenant")):
        obstacles.append("second_factor")
    return Explanation(
        user=_subject(user),
        permission=permission,
        title=known.title if known else permission,
        plugin=plugin_id,
        plugin_title=plugin_title,
        scope=place,
        allowed=not obstacles,
        obstacles=obstacles,
        reasons=sorted(reasons, key=lambda reason: not reason.covers),
        held_by=[RoleReference(slug=role, name=names.get(role) or role) for role in holding],
    )


async def course_by_slug(ctx: HostContext, slug: str) -> UUID:
    """A course's id; raises `NotFound`."""
    found = await ctx.session.scalar(select(Course.id).where(Course.slug == slug))
    if found is None:
        raise NotFound(f"There is no course {slug!r}.")
    return found


class _Given(msgspec.Struct, frozen=True, kw_only=True):
    given_by: Subject | None
    given_at: dt.datetime


async def _own_role(ctx: HostContext, user: User) -> _Given:
    """Who gave somebody their own role, as the audit log has it; else they have it since the account was made."""
    statement = (
        select(AuditEntry.actor_id, AuditEntry.at)
        .where(
            AuditEntry.subject_type == "user",
            AuditEntry.subject_id == str(user.id),
            AuditEntry.action == "identity.role.changed",
        )
        .order_by(AuditEntry.number.desc())
        .limit(1)
    )
    row = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        return _Given(given_by=None, given_at=user.created_at)
    return _Given(given_by=(await subjects(ctx, [row.actor_id])).get(row.actor_id), given_at=row.at)


def _subject(user: User) -> Subject:
    return Subject(kind="user", id=user.id, name=user.display_name, email=user.email)


def _find(ctx: HostContext, permission: str) -> tuple[str, str, Permission | None]:
    """Who brings a permission, and the permission; of plugins that are off, too."""
    everyone = ctx.host.registry.active_ids
    known = next((each for each in ctx.host.permissions.all(everyone) if each.name == permission), None)
    for record in ctx.host.registry.active:
        if known is not None and known in record.contributions.permissions:
            return record.id, record.manifest.title, known
    return "core", CORE_TITLE, known


def _source(role: str, permission: str, known: Permission | None, packs: PackSet) -> tuple[str, str | None]:
    if known is not None and role in known.roles:
        return "built_in", None
    pack = next((each.id for each in packs.packs if permission in each.roles.get(role, ())), None)
    return ("custom", None) if pack is None else ("pack", pack)


def _covers(grant: Grant, place: Scope, groups_of_course: set[UUID]) -> bool:
    if grant.scope.kind == "tenant" or (grant.scope.kind == place.kind and grant.scope.id == place.id):
        return True
    return grant.scope.kind == "group" and grant.scope.id in groups_of_course


async def _groups_of_course(ctx: HostContext, course_id: UUID | None) -> set[UUID]:
    if course_id is None:
        return set()
    return set(await ctx.session.scalars(select(GroupCourse.group_id).where(GroupCourse.course_id == course_id)))


async def _place(ctx: HostContext, course_id: UUID | None, group_id: UUID | None) -> Scope:
    if course_id is not None:
        titled = select(CourseVersion.title).where(CourseVersion.id == Course.current_version_id).scalar_subquery()
        row = (await ctx.session.execute(select(Course.slug, titled).where(Course.id == course_id))).one_or_none()
        if row is None:
            raise NotFound("There is no such course.")
        return Scope(kind="course", id=course_id, name=row[1] or row[0])
    if group_id is not None:
        name = await ctx.session.scalar(select(Group.name).where(Group.id == group_id))
        if name is None:
            raise NotFound("There is no such group.")
        return Scope(kind="group", id=group_id, name=name)
    return EVERYWHERE
