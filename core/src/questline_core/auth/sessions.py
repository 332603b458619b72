"""Sessions: a family of refresh tokens, each good for one use; using one twice ends the family.

An access token (ten minutes by default) is not looked up. A revoked session is announced to every process, which
refuses its tokens from then on; one that was not listening at that moment takes them until they expire.

Two tabs may send the same token at the same moment. For ten seconds after its use a token therefore brings another
token of the same family instead of ending it; the tabs share one cookie jar, so only one of these is ever used on. The
first that is uses up all the others, so a thief who was quick enough is found out at the next refresh, theirs or ours.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import ColumnElement, delete, event, insert, or_, select, update

from questline_core.auth.cookies import RefreshCookie
from questline_core.auth.models import AuthSession, RefreshToken, User
from questline_core.auth.policy import SessionLimits
from questline_core.context import HostContext
from questline_core.plugins.enablement import announce
from questline_sdk import Context

GRACE = dt.timedelta(seconds=10)
LONGEST_USER_AGENT = 300
log = structlog.get_logger()


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """Where a session is used from."""

    user_agent: str | None = None
    address: str | None = None


class OnBehalf(msgspec.Struct, frozen=True, kw_only=True):
    """Who opens a session for somebody else, why, and when it ends whatever happens."""

    impersonator_id: UUID
    reason: str
    until: dt.datetime


async def open_session(
    ctx: Context,
    user_id: UUID,
    device: Device,
    limits: SessionLimits,
    *,
    second_factor: bool = False,
    on_behalf: OnBehalf | None = None,
) -> RefreshCookie:
    """Begin a session and issue its first refresh token; the user's expired sessions are cleared away.

    One that somebody else opens proves nothing of who the user is, and is not prolonged.
    """
    await ctx.session.execute(
        delete(AuthSession).where(AuthSession.user_id == user_id, AuthSession.expires_at <= ctx.now)
    )
    values = {
        "user_id": user_id,
        "created_at": ctx.now,
        "last_used_at": ctx.now,
        "expires_at": on_behalf.until if on_behalf else _end(ctx.now, ctx.now, limits),
        "authenticated_at": None if on_behalf else ctx.now,
        "second_factor_at": ctx.now if second_factor else None,
        "user_agent": (device.user_agent or "")[:LONGEST_USER_AGENT] or None,
        "address": device.address,
        "impersonator_id": on_behalf.impersonator_id if on_behalf else None,
        "impersonation_reason": on_behalf.reason if on_behalf else None,
    }
    statement = insert(AuthSession).values(values).returning(AuthSession.id)
    session_id = (await ctx.session.scalars(statement)).one()
    return await _issue(ctx, session_id)


async def rotate(ctx: Context, presented: RefreshCookie, limits: SessionLimits) -> tuple[User, RefreshCookie] | None:
    """Exchange a refresh token for the next one; None when the session is over, which must then be committed too.

    Rows are locked in the order user, session, token, as everywhere else.
    """
    owner = select(AuthSession.user_id).where(AuthSession.id == presented.session_id).scalar_subquery()
    user = await ctx.session.scalar(select(User).where(User.id == owner).with_for_update(key_share=True))
    session = await ctx.session.scalar(
        select(AuthSession).where(AuthSession.id == presented.session_id).with_for_update()
    )
    if user is None or session is None or session.revoked_at is not None or _over(session, ctx.now, limits):
        return None
    if user.status != "active":
        await revoke(ctx, AuthSession.id == session.id, reason="suspended")
        return None
    if not await _use(ctx, session, presented):
        return None
    oldest = ctx.now - dt.timedelta(days=limits.idle_days)
    await ctx.session.execute(
        delete(RefreshToken).where(RefreshToken.session_id == session.id, RefreshToken.issued_at <= oldest)
    )
    session.last_used_at = ctx.now
    if session.impersonator_id is None:
        user.last_seen_at = ctx.now
        session.expires_at = _end(session.created_at, ctx.now, limits)
    return user, await _issue(ctx, session.id)


async def end_session(ctx: Context, presented: RefreshCookie) -> None:
    """Log out: revoke the session a refresh token belongs to, however old the token is."""
    known = select(RefreshToken.session_id).where(
        RefreshToken.session_id == presented.session_id, RefreshToken.token_hash == presented.token_hash
    )
    await revoke(ctx, AuthSession.id.in_(known), reason="log_out")


async def end_sessions_of(ctx: Context, user_id: UUID, *, reason: str, but: UUID | None = None) -> None:
    """Revoke every session of a user, but one; those too that they have opened for others."""
    of_user = or_(AuthSession.user_id == user_id, AuthSession.impersonator_id == user_id)
    await revoke(ctx, of_user if but is None else of_user & (AuthSession.id != but), reason=reason)


async def revoke(ctx: Context, which: ColumnElement[bool], *, reason: str) -> None:
    """Revoke sessions that are not revoked yet, and have every process refuse their access tokens."""
    ended = await ctx.session.scalars(
        update(AuthSession)
        .where(which, AuthSession.revoked_at.is_(None))
        .values(revoked_at=ctx.now, revoke_reason=reason)
        .returning(AuthSession.id)
    )
    await refuse_tokens_of(ctx, ended.all())


async def refuse_tokens_of(ctx: Context, session_ids: Iterable[UUID]) -> None:
    """Have every process refuse the access tokens of sessions, or of keys: this one from the commit on."""
    ended = list(session_ids)
    for session_id in ended:
        await announce(ctx.session, f"session:{session_id}")
    if not isinstance(ctx, HostContext):
        return
    revoked = ctx.host.revoked

    def refuse(_: object) -> None:
        for session_id in ended:
            revoked.add(session_id)

    event.listen(ctx.session.sync_session, "after_commit", refuse, once=True)


def _over(session: AuthSession, now: dt.datetime, limits: SessionLimits) -> bool:
    """Say whether a session's time is up, by today's limits too."""
    return session.expires_at <= now or session.created_at + dt.timedelta(days=limits.longest_days) <= now


def _end(began: dt.datetime, now: dt.datetime, limits: SessionLimits) -> dt.datetime:
    """When a session ends unless it is used: after its idle time, but never later than its longest."""
    return min(now + dt.timedelta(days=limits.idle_days), began + dt.timedelta(days=limits.longest_days))


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
