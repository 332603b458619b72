"""Whom somebody may manage: nobody with more rights than their own, and owners and administrators only as an owner."""

from questline_core.access.standing import read_standing
from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_sdk import Conflict, Forbidden
from questline_sdk.permissions import ADMINS, Role


async def may_manage(ctx: HostContext, user: User) -> bool:
    """Say whether the signed-in user may change this account, suspend it, or give it another address."""
    if ctx.user.role == Role.OWNER:
        return True
    return user.role not in ADMINS and await permissions_of(ctx, user) <= ctx.user.permissions


async def demand_manageable(ctx: HostContext, user: User) -> None:
    """Demand that the signed-in user may manage this account; raises `Forbidden` (`role_too_high`)."""
    if not await may_manage(ctx, user):
        raise Forbidden("This person has rights that you have not; ask an owner.", code="role_too_high")


async def demand_other(ctx: HostContext, user: User) -> None:
    """Demand the same, and that it is not their own account; raises `Conflict` (`own_account`) or `Forbidden`."""
    if user.id == ctx.user.id:
        raise Conflict("This is your own account.", code="own_account")
    await demand_manageable(ctx, user)


async def permissions_of(ctx: HostContext, user: User) -> frozenset[str]:
    """What somebody may do, anywhere in the tenant; of who is suspended, what their role alone allows."""
    standing = await read_standing(ctx.session, user.id)
    held = (standing.role, *standing.roles, *standing.narrow) if standing else (user.role,)
    enabled, grants = await ctx.host.enablement.of(ctx.tenant_id), await ctx.host.roles.grants(ctx.tenant_id)
    return ctx.host.permissions.of_roles(held, enabled, grants)
