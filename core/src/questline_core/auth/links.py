"""Links that are mailed: 256 random bits, of which the database keeps a hash, good once and until they expire."""

import datetime as dt
import hashlib
import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from questline_core.auth.models import AccountToken
from questline_sdk import Context, Invalid

TOKEN_BYTES = 32
SIGN_UP, INVITATION, VERIFY_EMAIL = "sign_up", "invitation", "verify_email"
PASSWORD_RESET, EMAIL_CHANGE, SPENT, WELCOME = "password_reset", "email_change", "spent", "welcome"
PARENT = "parent"
LASTS = {
    SIGN_UP: dt.timedelta(hours=24),
    INVITATION: dt.timedelta(days=7),
    VERIFY_EMAIL: dt.timedelta(hours=24),
    PASSWORD_RESET: dt.timedelta(minutes=30),
    EMAIL_CHANGE: dt.timedelta(hours=2),
    WELCOME: dt.timedelta(days=7),
    PARENT: dt.timedelta(days=14),
}
"""How long a link of each kind is good."""


def digest(token: str) -> bytes:
    """What the database knows of a token."""
    return hashlib.sha256(token.encode()).digest()


async def issue(
    ctx: Context,
    kind: str,
    *,
    user_id: UUID | None = None,
    email: str | None = None,
    data: dict[str, Any] | None = None,
) -> str:
    """Make a link's token; former ones of the same kind for the same person are good no more."""
    former = AccountToken.user_id == user_id if user_id else AccountToken.email == email
    if kind != SIGN_UP:  # anybody may ask to sign up with somebody's address; that must not end their own link
        await ctx.session.execute(delete(AccountToken).where(AccountToken.kind == kind, former))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    values = {
        "kind": kind,
        "token_hash": digest(token),
        "user_id": user_id,
        "email": email,
        "data": data or {},
        "created_at": ctx.now,
        "expires_at": ctx.now + LASTS[kind],
    }
    await ctx.session.execute(insert(AccountToken).values(values))
    return token


async def look_at(ctx: Context, token: str, *kinds: str) -> AccountToken:
    """A link that is still good; raises `Invalid` (`link_over`) for any other."""
    found = await ctx.session.scalar(
        select(AccountToken).where(
            AccountToken.token_hash == digest(token), AccountToken.kind.in_(kinds), AccountToken.expires_at > ctx.now
        )
    )
    if found is None:
        raise link_over()
    return found


async def use(ctx: Context, token: str, *kinds: str) -> AccountToken:
    """Use a link up; of two at the same moment one wins. Raises `Invalid` (`link_over`)."""
    found: AccountToken | None = await ctx.session.scalar(
        delete(AccountToken)
        .where(
            AccountToken.token_hash == digest(token), AccountToken.kind.in_(kinds), AccountToken.expires_at > ctx.now
        )
        .returning(AccountToken)
    )
    if found is None:
        raise link_over()
    return found


async def spend(ctx: Context, ticket: str, *, until: dt.datetime) -> None:
    """Note that a ticket has been used; raises `Invalid` (`link_over`) where it was already."""
    values = {"kind": SPENT, "token_hash": digest(ticket), "data": {}, "created_at": ctx.now, "expires_at": until}
    statement = upsert(AccountToken).values(values).on_conflict_do_nothing(index_elements=["tenant_id", "token_hash"])
    if await ctx.session.scalar(statement.returning(AccountToken.id)) is None:
        raise link_over()


async def end_links(ctx: Context, user_id: UUID, *kinds: str) -> None:
    """Make a user's links of these kinds good no more."""
    await ctx.session.execute(delete(AccountToken).where(AccountToken.user_id == user_id, AccountToken.kind.in_(kinds)))


async def forget_expired(ctx: Context) -> None:
    """Remove what nobody can use any more."""
    await ctx.session.execute(delete(AccountToken).where(AccountToken.expires_at <= ctx.now))


def link_over() -> Invalid:
    """The answer to a link that is used up, expired, or was never given."""
    return Invalid("This link is not good any more: it has been used, has expired or is not whole.", code="link_over")
