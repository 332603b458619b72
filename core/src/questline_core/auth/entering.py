"""Coming in: the session of somebody who has proved who they are."""

from uuid import UUID

import msgspec
from sqlalchemy import exists, or_, select, update

from questline_core.access.standing import Standing, read_standing
from questline_core.auth.cookies import RefreshCookie
from questline_core.auth.models import AuthSession, Passkey, Totp, User
from questline_core.auth.policy import SessionLimits, limits_of
from questline_core.auth.schemas import Impersonation
from questline_core.auth.sessions import Device, open_session, rotate
from questline_core.context import HostContext
from questline_core.privacy.choices import honour_browser
from questline_core.privacy.consents import is_kept_out


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who has just been let in, and what keeps their browser in."""

    user: User
    cookie: RefreshCookie
    idle_days: int
    """How long the browser keeps the cookie."""
    standing: Standing
    """The roles they hold."""
    must_enrol: bool = False
    """Their role needs a second factor that they have not set up; until then they may do nothing else."""
    must_consent: bool = False
    """They have to agree to something, or a parent of theirs; until then they may do nothing else."""
    impersonation: Impersonation | None = None
    """There where somebody else acts for them."""


async def enter(
    ctx: HostContext, user: User, device: Device, *, second_factor: bool = False, trusted: str | None = None
) -> SignedIn:
    """Open a session for a user; `trusted` names the provider whose second factor is taken for one of ours."""
    limits = await session_limits(ctx)
    cookie = await open_session(ctx, user.id, device, limits, second_factor=second_factor)
    if trusted is not None:
        of_session = AuthSession.id == cookie.session_id
        await ctx.session.execute(update(AuthSession).where(of_session).values(second_factor_by=trusted))
    await honour_browser(ctx, user.id)
    standing = await _standing(ctx, user)
    needed = trusted is None and await must_enrol(ctx, user, standing.roles)
    return SignedIn(
        user=user,
        cookie=cookie,
        idle_days=limits.idle_days,
        standing=standing,
        must_enrol=needed,
        must_consent=await is_kept_out(ctx, user.id, user.role),
    )


async def stay(ctx: HostContext, presented: RefreshCookie) -> SignedIn | None:
    """Go on with a session; None when it is over, which must then be committed too."""
    limits = await session_limits(ctx)
    rotated = await rotate(ctx, presented, limits)
    if rotated is None:
        return None
    user, cookie = rotated
    standing = await _standing(ctx, user)
    impersonation = await impersonation_of(ctx, cookie.session_id)
    if impersonation is None:
        await honour_browser(ctx, user.id)
    needed = await must_enrol(ctx, user, standing.roles) and not await _is_trusted(ctx, cookie)
    return SignedIn(
        user=user,
        cookie=cookie,
        idle_days=limits.idle_days,
        standing=standing,
        must_enrol=needed and impersonation is None,
        must_consent=impersonation is None and await is_kept_out(ctx, user.id, user.role),
        impersonation=impersonation,
    )


async def impersonation_of(ctx: HostContext, session_id: UUID) -> Impersonation | None:
    """Who opened a session for its user, and why; None where it was the user."""
    columns = (AuthSession.impersonator_id, User.display_name, AuthSession.impersonation_reason, AuthSession.expires_at)
    opened_by = (User.tenant_id == AuthSession.tenant_id) & (User.id == AuthSession.impersonator_id)
    statement = select(*columns).join(User, opened_by).where(AuthSession.id == session_id)
    row = (await ctx.session.execute(statement)).one_or_none()
    if row is None or row.impersonator_id is None:
        return None
    return Impersonation(
        impersonator_id=row.impersonator_id,
        by=row.display_name,
        reason=row.impersonation_reason or "",
        until=row.expires_at,
    )


async def _standing(ctx: HostContext, user: User) -> Standing:
    return await read_standing(ctx.session, user.id) or Standing(role=user.role)


async def session_limits(ctx: HostContext) -> SessionLimits:
    """How long the tenant's sessions last."""
    settings = ctx.host.settings
    policy = (await ctx.host.tenants.get(ctx.tenant_id)).sign_in
    return limits_of(policy, idle_days=settings.session_days, longest_days=settings.session_longest_days)


async def must_enrol(ctx: HostContext, user: User, roles: tuple[str, ...] = ()) -> bool:
    """Say whether the user has yet to set up the second factor that one of their roles needs."""
    policy = (await ctx.host.tenants.get(ctx.tenant_id)).sign_in
    needing = {user.role, *roles}.intersection(policy.second_factor_roles)
    return bool(needing) and not await has_second_factor(ctx, user)


async def _is_trusted(ctx: HostContext, cookie: RefreshCookie) -> bool:
    trusted = select(AuthSession.second_factor_by).where(AuthSession.id == cookie.session_id)
    return await ctx.session.scalar(trusted) is not None


async def has_second_factor(ctx: HostContext, user: User) -> bool:
    """Say whether a user has an authenticator app or a passkey."""
    statement = select(
        or_(
            exists().where(Totp.user_id == user.id, Totp.confirmed_at.is_not(None)),
            exists().where(Passkey.user_id == user.id),
        )
    )
    return bool(await ctx.session.scalar(statement))
