"""Sessions: a family of refresh tokens, each good for one use; using one twice ends the family.

An access token (ten minutes by default) is not looked up: who is suspended, deleted or signed out keeps it until it
expires, but gets no new one.

Two tabs may send the same token at the same moment. For ten seconds after its use a token therefore brings another
token of the same family instead of ending it; the tabs share one cookie jar, so only one of these is ever used on. The
first that is uses up all the others, so a thief who was quick enough is found out at the next refresh, theirs or ours.
"""

import datetime as dt
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import ColumnElement, delete, insert, select, update

from questline_core.auth.cookies import RefreshCookie
from questline_core.auth.models import AuthSession, RefreshToken, User
from questline_sdk import Context

GRACE = dt.timedelta(seconds=10)
LONGEST_USER_AGENT = 300
log = structlog.get_logger()


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """Where a session is used from."""

    user_agent: str | None = None
    address: str | None = None


async def open_session(ctx: Context, user_id: UUID, device: Device, *, days: int) -> RefreshCookie:
    """Begin a session and issue its first refresh token; the user's expired sessions are cleared away."""
    await ctx.session.execute(
        delete(AuthSession).where(AuthSession.user_id == user_id, AuthSession.expires_at <= ctx.now)
    )
    values = {
        "user_id": user_id,
        "created_at": ctx.now,
        "last_used_at": ctx.now,
        "expires_at": ctx.now + dt.timedelta(days=days),
        "user_agent": (device.user_agent or "")[:LONGEST_USER_AGENT] or None,
        "address": device.address,
    }
    statement = insert(AuthSession).values(values).returning(AuthSession.id)
    session_id = (await ctx.session.scalars(statement)).one()
    return await _issue(ctx, session_id)


async def rotate(ctx: Context, presented: RefreshCookie, *, days: int) -> tuple[User, RefreshCookie] | None:
    """Exchange a refresh token for the next one; None when the session is over, which must then be committed too.

    Rows are locked in the order user, session, token, as everywhere else.
    """
    owner = select(AuthSession.user_id).where(AuthSession.id == presented.session_id).scalar_subquery()
    user = await ctx.session.scalar(select(User).where(User.id == owner).with_for_update(key_share=True))
    session = await ctx.session.scalar(
        select(AuthSession).where(AuthSession.id == presented.session_id).with_for_update()
    )
    if user is None or session is None or session.revoked_at is not None or session.expires_at <= ctx.now:
        return None
    if user.status != "active":
        await revoke(ctx, AuthSession.id == session.id, reason="suspended")
        return None
    if not await _use(ctx, session, presented):
        return None
    oldest = ctx.now - dt.timedelta(days=days)
    await ctx.session.execute(
        delete(RefreshToken).where(RefreshToken.session_id == session.id, RefreshToken.issued_at <= oldest)
    )
    session.last_used_at = user.last_seen_at = ctx.now
    session.expires_at = ctx.now + dt.timedelta(days=days)
    return user, await _issue(ctx, session.id)


async def end_session(ctx: Context, presented: RefreshCookie) -> None:
    """Log out: revoke the session a refresh token belongs to, however old the token is."""
    known = select(RefreshToken.session_id).where(
        RefreshToken.session_id == presented.session_id, RefreshToken.token_hash == presented.token_hash
    )
    await revoke(ctx, AuthSession.id.in_(known), reason="log_out")


async def end_sessions_of(ctx: Context, user_id: UUID, *, reason: str, but: UUID | None = None) -> None:
    """Revoke every session of a user, but one."""
    of_user = AuthSession.user_id == user_id
    await revoke(ctx, of_user if but is None else of_user & (AuthSession.id != but), reason=reason)


async def revoke(ctx: Context, which: ColumnElement[bool], *, reason: str) -> None:
    """Revoke sessions that are not revoked yet."""
    await ctx.session.execute(
        update(AuthSession)
        .where(which, AuthSession.revoked_at.is_(None))
        .values(revoked_at=ctx.now, revoke_reason=reason)
    )


async def _use(ctx: Context, session: AuthSession, presented: RefreshCookie) -> bool:
    token = await ctx.session.scalar(
        select(RefreshToken).where(
            RefreshToken.session_id == session.id,
            RefreshToken.token_hash == presented.token_hash,
        )
    )
    if token is None:
        return False
    if token.used_at is None:
        await ctx.session.execute(
            update(RefreshToken)
            .where(RefreshToken.session_id == session.id, RefreshToken.used_at.is_(None))
            .values(used_at=ctx.now)
        )
        return True
    if ctx.now - token.used_at <= GRACE:
        return True
    log.warning("a refresh token was used again: session revoked", session=str(session.id), user=str(session.user_id))
    await revoke(ctx, AuthSession.id == session.id, reason="reuse")
    return False


async def _issue(ctx: Context, session_id: UUID) -> RefreshCookie:
    cookie = RefreshCookie.fresh(ctx.tenant_id, session_id)
    values = {"session_id": session_id, "token_hash": cookie.token_hash, "issued_at": ctx.now}
    await ctx.session.execute(insert(RefreshToken).values(values))
    return cookie
