"""Acting for somebody else: for a reason, for a short while, and never with more rights than one's own."""

import datetime as dt
from uuid import UUID

from sqlalchemy import select

from questline_core.access.standing import Standing, read_standing
from questline_core.auth.accounts import get_user
from questline_core.auth.cookies import RefreshCookie
from questline_core.auth.entering import SignedIn, impersonation_of, session_limits
from questline_core.auth.models import AuthSession, User
from questline_core.auth.second_factor import demand_recent
from questline_core.auth.sessions import Device, OnBehalf, end_session, open_session
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.people.rights import permissions_of
from questline_sdk import Actor, Conflict, Forbidden
from questline_sdk.permissions import ADMINS, Role

LASTS = dt.timedelta(minutes=30)
PERMISSION = "tenant.users.impersonate"


async def may_impersonate(ctx: HostContext, user: User) -> bool:
    """Say whether the signed-in user may act for this person now."""
    try:
        await _demand(ctx, user)
    except (Conflict, Forbidden):
        return False
    return True


async def begin(ctx: HostContext, user_id: UUID, reason: str, device: Device) -> SignedIn:
    """Open a session of somebody else's; needs a recent proof of identity.

    Raises:
        Conflict: It is one's own account (`own_account`), or a suspended one (`account_suspended`).
        Forbidden: Not with this permission, not where the tenant has switched it off (`impersonation_off`), not of
            owners or of people with more rights (`role_too_high`), not while acting for somebody already.
        NotFound: There is no such user.
    """
    user = await get_user(ctx, user_id)
    await _demand(ctx, user)
    await demand_recent(ctx)
    until = ctx.now + LASTS
    limits = await session_limits(ctx)
    on_behalf = OnBehalf(impersonator_id=ctx.user.id, reason=reason.strip(), until=until)
    cookie = await open_session(ctx, user.id, device, limits, on_behalf=on_behalf)
    after = {"reason": on_behalf.reason, "until": until.isoformat()}
    await ctx.audit("identity.impersonation.begun", subject=("user", user.id), after=after)
    return SignedIn(
        user=user,
        cookie=cookie,
        idle_days=limits.idle_days,
        standing=await read_standing(ctx.session, user.id) or Standing(role=user.role),
        impersonation=await impersonation_of(ctx, cookie.session_id),
    )


async def end(host: Host, presented: RefreshCookie) -> None:
    """Close the session that somebody opened for somebody else; one's own stays as it is."""
    async with host.context(presented.tenant_id) as ctx:
        found = await impersonation_of(ctx, presented.session_id)
        user_id = await ctx.session.scalar(select(AuthSession.user_id).where(AuthSession.id == presented.session_id))
        if found is None or user_id is None:
            return
        await end_session(ctx, presented)
        ctx.actor = Actor(
            id=user_id,
            tenant_id=ctx.tenant_id,
            role="",
            permissions=frozenset(),
            impersonator_id=found.impersonator_id,
        )
        await ctx.audit("identity.impersonation.ended", subject=("user", user_id))


async def _demand(ctx: HostContext, user: User) -> None:
    if ctx.user.impersonator_id is not None:
        raise Forbidden("You act for somebody already; end that first.", code="impersonating")
    if not ctx.user.may(PERMISSION):
        raise Forbidden(f"This needs the permission {PERMISSION}.")
    if not (await ctx.host.tenants.get(ctx.tenant_id)).sign_in.impersonation:
        raise Forbidden("Nobody may act for others on this site.", code="impersonation_off")
    if user.id == ctx.user.id:
        raise Conflict("This is your own account.", code="own_account")
    if user.status != "active":
        raise Conflict("This account is suspended.", code="account_suspended")
    too_high = user.role == Role.OWNER or (user.role in ADMINS and ctx.user.role != Role.OWNER)
    if too_high or not await permissions_of(ctx, user) <= ctx.user.permissions:
        raise Forbidden("This person has rights that you have not.", code="role_too_high")
