"""Signing up, in and out, and the password: what the authentication routes do."""

import msgspec
from sqlalchemy import update

from questline_core.auth import throttle
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
from questline_core.auth.models import User
from questline_core.auth.passwords import check_new_password, hash_password, needs_rehash, verify_password
from questline_core.auth.queries import CREDENTIALS_BY_EMAIL, CREDENTIALS_BY_ID, Credentials
from questline_core.auth.schemas import ChangePassword, LogIn, SignUp
from questline_core.auth.sessions import Device, end_session, end_sessions_of, open_session, rotate
from questline_core.host import Host
from questline_sdk import Context, Forbidden, Invalid, Unauthenticated
from questline_sdk.events import UserLoggedIn, UserSignedUp

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
    "sign_up",
    "update_profile",
    "user_by_email",
]


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who has just been let in, and what keeps their browser in."""

    user: User
    cookie: RefreshCookie


async def sign_up(ctx: Context, host: Host, data: SignUp, device: Device) -> SignedIn:
    """Create a learner's account and sign them in.

    Raises:
        Forbidden: The tenant does not let people sign up (`sign_up_closed`).
        Conflict: The e-mail address has an account (`email_taken`).
        TooManyRequests: Too many accounts from this address.
    """
    if (await host.tenants.get(ctx.tenant_id)).sign_up != "open":
        raise Forbidden(
            "This site does not let people sign up by themselves; ask its administrators.", code="sign_up_closed"
        )
    await throttle.attempt(host.redis, throttle.SIGN_UP, throttle.network(device.address))
    user = await create_user(
        ctx,
        email=data.email,
        display_name=data.display_name,
        password=data.password,
        locale=data.locale,
        time_zone=data.time_zone,
    )
    user.last_seen_at = ctx.now
    cookie = await open_session(ctx, user.id, device, days=host.settings.session_days)
    await ctx.publish(UserSignedUp(user_id=user.id))
    return SignedIn(user=user, cookie=cookie)


async def log_in(ctx: Context, host: Host, data: LogIn, device: Device) -> SignedIn:
    """Sign in with e-mail and password; an unknown address costs and answers the same as a wrong password.

    Raises:
        Unauthenticated: The address or the password is wrong (`invalid_credentials`).
        Forbidden: The credentials are right, but the account is suspended (`account_suspended`).
        TooManyRequests: Too many failures for this account or from this address.
    """
    email, address = normal_email(data.email), throttle.network(device.address)
    await throttle.attempt(host.redis, throttle.ACCOUNT, ctx.tenant_id, email)
    await throttle.attempt(host.redis, throttle.ADDRESS, address)
    # A read on a connection that is given back at once: none is held while the password waits for its turn.
    known = await ctx.fetch_one(CREDENTIALS_BY_EMAIL, email=email)
    if not await verify_password(known.password_hash if known else None, data.password) or known is None:
        raise _wrong_credentials()
    user = await _let_in(ctx, known, data.password)
    if user.status != "active":
        raise Forbidden("This account is suspended; ask the site's administrators.", code="account_suspended")
    cookie = await open_session(ctx, user.id, device, days=host.settings.session_days)
    await ctx.publish(UserLoggedIn(user_id=user.id))
    await throttle.forget(host.redis, throttle.ACCOUNT, ctx.tenant_id, email)
    await throttle.refund(host.redis, throttle.ADDRESS, address)
    return SignedIn(user=user, cookie=cookie)


async def refresh(host: Host, presented: RefreshCookie) -> SignedIn:
    """Exchange a refresh token; raises `Unauthenticated` (`session_ended`) when its session is over.

    The cookie says which tenant, so this has a unit of work of its own, which also keeps what a refusal writes:
    the revocation of a family whose token came twice.
    """
    async with host.context(presented.tenant_id) as ctx:
        rotated = await rotate(ctx, presented, days=host.settings.session_days)
    if rotated is None:
        raise Unauthenticated("The session has ended; sign in again.", code="session_ended")
    user, cookie = rotated
    return SignedIn(user=user, cookie=cookie)


async def log_out(host: Host, presented: RefreshCookie) -> None:
    """End the session that a refresh token belongs to."""
    async with host.context(presented.tenant_id) as ctx:
        await end_session(ctx, presented)


async def change_password(ctx: Context, host: Host, data: ChangePassword) -> None:
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
    await throttle.forget(host.redis, throttle.ACCOUNT, ctx.tenant_id, known.email)


async def _let_in(ctx: Context, known: Credentials, password: str) -> User:
    """Lock the account with the password that was verified: a change of it at the same moment comes after, or wins."""
    kept = known.password_hash or ""
    values = {"last_seen_at": ctx.now, "password_hash": await hash_password(password) if needs_rehash(kept) else kept}
    statement = update(User).where(User.id == known.id, User.password_hash == kept).values(values).returning(User)
    user = await ctx.session.scalar(statement)
    if user is None:
        raise _wrong_credentials()
    return user


def _wrong_credentials() -> Unauthenticated:
    return Unauthenticated("The e-mail address or the password is wrong.", code="invalid_credentials")
