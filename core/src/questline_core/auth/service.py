"""Signing in and out, and the password: what the authentication routes do."""

from sqlalchemy import update

from questline_core.auth import links, throttle
from questline_core.auth.accounts import (
    create_user,
    delete_user,
    get_user,
    normal_email,
    set_password,
    set_role,
    set_status,
    update_profile,
    user_by_email,
)
from questline_core.auth.cookies import RefreshCookie
from questline_core.auth.entering import SignedIn, stay
from questline_core.auth.failures import note_failure
from questline_core.auth.models import User
from questline_core.auth.passwords import check_new_password, hash_password, needs_rehash, verify_password
from questline_core.auth.queries import CREDENTIALS_BY_EMAIL, CREDENTIALS_BY_ID, Credentials
from questline_core.auth.recovery import tell_password_changed
from questline_core.auth.schemas import ChangePassword, LogIn, SecondFactorNeeded
from questline_core.auth.second_factor import complete
from questline_core.auth.sessions import Device, end_session, end_sessions_of
from questline_core.context import HostContext
from questline_core.host import Host
from questline_sdk import Context, Forbidden, Invalid, NotFound, Unauthenticated

__all__ = [
    "SignedIn",
    "change_password",
    "create_user",
    "delete_user",
    "get_user",
    "log_in",
    "log_out",
    "refresh",
    "set_password",
    "set_role",
    "set_status",
    "update_profile",
    "user_by_email",
]


async def log_in(
    ctx: HostContext,
    host: Host,
    data: LogIn,
    device: Device,
    *,
    remembered: str | None = None,
    origin: str | None = None,
) -> SignedIn | SecondFactorNeeded:
    """Sign in with e-mail and password; an unknown address costs and answers the same as a wrong password.

    Args:
        ctx: The unit of work.
        host: The process's host.
        data: The credentials.
        device: Where they come from.
        remembered: What the device shows to do without a second factor.
        origin: The page's origin, for passkeys.

    Returns:
        Who is signed in, or what they have to give besides.

    Raises:
        Unauthenticated: The address or the password is wrong (`invalid_credentials`).
        Forbidden: The credentials are right, but the account is suspended (`account_suspended`).
        TooManyRequests: Too many failures for this account or from this address, or too many people at once.
    """
    email, address = normal_email(data.email), throttle.network(device.address)
    await throttle.attempt(host.redis, throttle.ACCOUNT, ctx.tenant_id, email)
    await throttle.attempt(host.redis, throttle.ADDRESS, address)
    async with host.log_ins.turn():
        # A read on a connection that is given back at once: none is held while the password waits for its turn.
        known = await ctx.fetch_one(CREDENTIALS_BY_EMAIL, email=email)
        if not await verify_password(known.password_hash if known else None, data.password) or known is None:
            note_failure("password", known.id if known else None)
            raise _wrong_credentials()
        user = await _let_in(ctx, known, data.password)
        if user.status != "active":
            raise Forbidden("This account is suspended; ask the site's administrators.", code="account_suspended")
        answer = await complete(ctx, user, device, remembered=remembered, origin=origin)
    await throttle.forget(host.redis, throttle.ACCOUNT, ctx.tenant_id, email)
    await throttle.refund(host.redis, throttle.ADDRESS, address)
    return answer


async def refresh(host: Host, presented: RefreshCookie) -> SignedIn:
    """Exchange a refresh token; raises `Unauthenticated` (`session_ended`) when its session is over.

    The cookie says which tenant, so this has a unit of work of its own, which also keeps what a refusal writes:
    the revocation of a family whose token came twice.
    """
    try:
        await host.tenants.open(presented.tenant_id)
        async with host.context(presented.tenant_id) as ctx:
            signed_in = await stay(ctx, presented)
    except NotFound:
        signed_in = None
    if signed_in is None:
        raise Unauthenticated("The session has ended; sign in again.", code="session_ended")
    return signed_in


async def log_out(host: Host, presented: RefreshCookie) -> None:
    """End the session that a refresh token belongs to."""
    async with host.context(presented.tenant_id) as ctx:
        await end_session(ctx, presented)


async def change_password(ctx: HostContext, host: Host, data: ChangePassword) -> None:
    """Change the signed-in user's password and end their other sessions.

    Raises:
        Invalid: The present password is wrong, or the new one is not accepted.
        TooManyRequests: The present password was wrong too often.
    """
    known = await ctx.fetch_one(CREDENTIALS_BY_ID, user_id=ctx.user.id)
    if known is None:
        raise Unauthenticated("This account does not exist any more.", code="account_gone")
    check_new_password(data.new_password, email=known.email, field="new_password")
    await throttle.attempt(host.redis, throttle.ACCOUNT, ctx.tenant_id, known.email)
    if not await verify_password(known.password_hash, data.current_password):
        raise Invalid.field("current_password", "is not your present password")
    hashed = await hash_password(data.new_password)
    statement = update(User).where(User.id == known.id, User.password_hash == known.password_hash)
    changed = await ctx.session.scalar(statement.values(password_hash=hashed).returning(User.id))
    if changed is None:
        raise Invalid.field("current_password", "has just been changed elsewhere")
    await end_sessions_of(ctx, known.id, reason="password_changed", but=ctx.user.session_id)
    await links.end_links(ctx, known.id, links.PASSWORD_RESET, links.EMAIL_CHANGE)
    await throttle.forget(host.redis, throttle.ACCOUNT, ctx.tenant_id, known.email)
    await ctx.audit("identity.password.changed", subject=("user", known.id))
    await tell_password_changed(ctx, await get_user(ctx, known.id))


async def _let_in(ctx: Context, known: Credentials, password: str) -> User:
    """Lock the account with the password that was verified: a change of it at the same moment comes after, or wins."""
    kept = known.password_hash or ""
    values = {"password_hash": await hash_password(password) if needs_rehash(kept) else kept}
    statement = update(User).where(User.id == known.id, User.password_hash == kept).values(values).returning(User)
    user = await ctx.session.scalar(statement)
    if user is None:
        raise _wrong_credentials()
    return user


def _wrong_credentials() -> Unauthenticated:
    return Unauthenticated("The e-mail address or the password is wrong.", code="invalid_credentials")
