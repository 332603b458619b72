"""The roles of a tenant: the built-in ones, and its own, which it makes, changes and deletes."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from questline_core.access.changes import announce_roles
from questline_core.access.models import CustomRole, RoleGrant
from questline_core.access.schemas import (
    ChangeRole,
    NewRole,
    PermissionCatalogue,
    PermissionGroup,
    PermissionInfo,
    RoleCard,
    RoleList,
)
from questline_core.access.subjects import subjects
from questline_core.auth.models import User
from questline_core.auth.permissions import CORE_PERMISSIONS
from questline_core.context import HostContext
from questline_sdk import Conflict, Forbidden, Invalid, NotFound, Permission
from questline_sdk.permissions import Role

CORE_TITLE = "Questline"
MOST_ROLES = 200
MOST_NAMED = 10


async def permission_catalogue(ctx: HostContext) -> PermissionCatalogue:
    """Every permission in the tenant, by who brings it."""
    groups = [("core", CORE_TITLE, list(CORE_PERMISSIONS))]
    enabled = await ctx.host.enablement.of(ctx.tenant_id)
    groups += [
        (record.id, record.manifest.title, record.contributions.permissions)
        for record in ctx.host.registry.active
        if record.id in enabled and record.contributions.permissions
    ]
    return PermissionCatalogue(
        groups=[
            PermissionGroup(plugin=plugin, title=title, permissions=[_info(ctx, each) for each in permissions])
            for plugin, title, permissions in groups
        ]
    )


async def list_roles(ctx: HostContext) -> RoleList:
    """The built-in roles, then the tenant's own."""
    holders = await _holders(ctx)
    enabled, packs = await ctx.host.enablement.of(ctx.tenant_id), await ctx.host.packs.of(ctx.tenant_id)
    built_in = []
    for role in Role:
        own = ctx.host.permissions.of_role(role, enabled)
        everything = ctx.host.permissions.of_role(role, enabled, packs.grants)
        built_in.append(
            RoleCard(
                slug=role,
                name=role.title(),
                description="",
                built_in=True,
                permissions=sorted(everything),
                by_packs=sorted(everything - own),
                holders=holders[role],
            )
        )
    rows = await ctx.session.scalars(select(CustomRole).order_by(func.lower(CustomRole.name), CustomRole.slug))
    return RoleList(roles=[*built_in, *(_card(row, holders[row.slug]) for row in rows)])


async def create_role(ctx: HostContext, data: NewRole) -> RoleCard:
    """Make a role.

    Raises:
        Conflict: There is a role with this slug (`role_taken`), or there are too many (`too_many_roles`).
        Forbidden: It would hold what the acting user does not (`not_yours_to_give`).
        Invalid: There is no such permission.
    """
    permissions = await _checked(ctx, data.permissions, former=frozenset())
    if data.slug in set(Role):
        raise Conflict("There is a built-in role of this name.", code="role_taken")
    if (await ctx.session.scalar(select(func.count()).select_from(CustomRole)) or 0) >= MOST_ROLES:
        raise Conflict(f"A site has at most {MOST_ROLES} roles of its own.", code="too_many_roles")
    values = {"slug": data.slug, "name": data.name.strip(), "description": data.description.strip()}
    statement = insert(CustomRole).values(**values, permissions=permissions, created_at=ctx.now, changed_at=ctx.now)
    statement = statement.on_conflict_do_nothing(index_elements=["tenant_id", "slug"])
    role = (await ctx.session.scalars(statement.returning(CustomRole))).one_or_none()
    if role is None:
        raise Conflict("There is a role with this slug already.", code="role_taken")
    await ctx.audit("tenant.role.created", subject=("role", data.slug), after={**values, "permissions": permissions})
    await announce_roles(ctx)
    return _card(role, 0)


async def change_role(ctx: HostContext, slug: str, data: ChangeRole) -> RoleCard:
    """Change a role; who holds it may do what it says from then on.

    Raises:
        Forbidden: It would hold more of what the acting user does not (`not_yours_to_give`).
        Invalid: There is no such permission.
        NotFound: The tenant has made no such role.
    """
    role = await locked_role(ctx, slug)
    permissions = await _checked(ctx, data.permissions, former=frozenset(role.permissions))
    before = {"name": role.name, "description": role.description, "permissions": role.permissions}
    role.name, role.description = data.name.strip(), data.description.strip()
    role.permissions, role.changed_at = permissions, ctx.now
    await ctx.session.flush()
    after = {"name": role.name, "description": role.description, "permissions": permissions}
    await ctx.audit("tenant.role.changed", subject=("role", slug), before=before, after=after)
    await announce_roles(ctx)
    return _card(role, (await _holders(ctx, slug))[slug])


async def delete_role(ctx: HostContext, slug: str) -> None:
    """Delete a role that nobody holds.

    Raises:
        Conflict: Somebody holds it (`role_in_use`); the detail names them.
        NotFound: The tenant has made no such role.
    """
    role = await locked_role(ctx, slug)
    names = await _names_of_holders(ctx, slug)
    if names:
        others = (await _holders(ctx, slug))[slug] - len(names)
        shown = ", ".join(names) + (f" and {others} more" if others > 0 else "")
        raise Conflict(f"Take the role from {shown} first.", code="role_in_use")
    await ctx.session.delete(role)
    await ctx.session.flush()
    before = {"name": role.name, "permissions": role.permissions}
    await ctx.audit("tenant.role.deleted", subject=("role", slug), before=before)
    await announce_roles(ctx)


async def locked_role(ctx: HostContext, slug: str, *, to_grant: bool = False) -> CustomRole:
    """A role of the tenant's own, locked against a change, or against its end only; raises `NotFound`."""
    statement = select(CustomRole).where(CustomRole.slug == slug)
    role = await ctx.session.scalar(statement.with_for_update(read=to_grant, key_share=to_grant))
    if role is None:
        raise NotFound("There is no such role of this site's own.", code="role_not_found")
    return role


async def names_of_roles(ctx: HostContext) -> dict[str, str]:
    """Every role's name by its slug."""
    rows = (await ctx.session.execute(select(CustomRole.slug, CustomRole.name))).all()
    return {role.value: role.title() for role in Role} | {row.slug: row.name for row in rows}


def demand_holding(ctx: HostContext, permissions: frozenset[str], also: frozenset[str] = frozenset()) -> None:
    """Demand that the acting user holds what they give away; raises `Forbidden` (`not_yours_to_give`)."""
    if ctx.actor is None:
        return
    missing = sorted(permissions - ctx.actor.permissions - also)
    if missing:
        raise Forbidden(f"You cannot give what you do not hold: {', '.join(missing)}.", code="not_yours_to_give")


def _info(ctx: HostContext, permission: Permission) -> PermissionInfo:
    return PermissionInfo(name=permission.name, title=permission.title, mine=ctx.user.may(permission.name))


def _card(role: CustomRole, holders: int) -> RoleCard:
    return RoleCard(
        slug=role.slug,
        name=role.name,
        description=role.description,
        built_in=False,
        permissions=sorted(role.permissions),
        by_packs=[],
        holders=holders,
    )


async def _checked(ctx: HostContext, names: list[str], former: frozenset[str]) -> list[str]:
    """Permissions that exist, or that the role held before: those of a plugin that is off stay."""
    enabled = await ctx.host.enablement.of(ctx.tenant_id)
    known = {each.name for each in ctx.host.permissions.all(enabled)} | former
    for name in names:
        if name not in known:
            raise Invalid.field("permissions", f"{name} is no permission of this site")
    demand_holding(ctx, frozenset(names) - former)
    return sorted(set(names))


async def _holders(ctx: HostContext, role: str | None = None) -> Counter[str]:
    own = select(User.role.label("role"), User.id.label("subject"))
    granted = select(RoleGrant.role, RoleGrant.subject_id)
    both = own.union(granted).subquery("held")
    statement = select(both.c.role, func.count()).group_by(both.c.role)
    if role is not None:
        statement = statement.where(both.c.role == role)
    return Counter({row[0]: row[1] for row in await ctx.session.execute(statement)})


async def _names_of_holders(ctx: HostContext, role: str) -> list[str]:
    ids = select(RoleGrant.subject_id).where(RoleGrant.role == role).distinct().limit(MOST_NAMED)
    found = await subjects(ctx, list(await ctx.session.scalars(ids)))
    return sorted(each.name for each in found.values())
