"""Logging in with two factors, and proving again who one is before something that cannot be taken back."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from questline_core.auth import throttle
from questline_core.auth.entering import SignedIn, enter, has_second_factor
from questline_core.auth.factors import check_recovery_code, check_totp, codes_left, confirmed_totp, is_remembered
from questline_core.auth.failures import note_failure
from questline_core.auth.models import AuthSession, User
from questline_core.auth.passkeys import begin_assertion, finish_assertion, passkeys_of
from questline_core.auth.passwords import verify_password
from questline_core.auth.queries import CREDENTIALS_BY_ID
from questline_core.auth.schemas import Offer, Proof, SecondFactor, SecondFactorNeeded
from questline_core.auth.sessions import Device
from questline_core.auth.tickets import LASTS, Ticket, open_ticket, seal_ticket, spend_ticket
from questline_core.context import HostContext
from questline_sdk import Conflict, Forbidden, Invalid, Unauthenticated
from questline_sdk.events import UserLoggedIn

RECENT = dt.timedelta(minutes=15)
"""How long a proof of identity is good for what needs a recent one."""


class HalfWay(Ticket, frozen=True, kw_only=True):
    """Says that the password of this account was right."""

    user_id: UUID
    password_hash: str


async def complete(
    ctx: HostContext, user: User, device: Device, *, remembered: str | None, origin: str | None
) -> SignedIn | SecondFactorNeeded:
    """Let a user in whose password was right, unless they have a second factor that this device has yet to give."""
    policy = (await ctx.host.tenants.get(ctx.tenant_id)).sign_in
    if not await has_second_factor(ctx, user):
        return await let_in(ctx, user, device, second_factor=False)
    if await is_remembered(ctx, user.id, remembered, days=policy.remember_device_days):
        return await let_in(ctx, user, device, second_factor=True)
    ticket = HalfWay(user_id=user.id, password_hash=user.password_hash or "", expires_at=ctx.now + LASTS)
    return SecondFactorNeeded(
        ticket=seal_ticket(ctx, ticket),
        app=await confirmed_totp(ctx, user.id) is not None,
        recovery_code=await codes_left(ctx, user.id) > 0,
        passkey=await _offer(ctx, user.id, origin),
        remember_days=policy.remember_device_days,
    )


async def give_second_factor(ctx: HostContext, data: SecondFactor, device: Device) -> SignedIn:
    """Sign in with the second factor.

    Raises:
        Invalid: The ticket is not good (`link_over`), or the code or passkey is not accepted.
        TooManyRequests: Too many wrong codes.
    """
    ticket = open_ticket(ctx, data.ticket, HalfWay)
    await throttle.attempt(ctx.host.redis, throttle.CODE, ctx.tenant_id, ticket.user_id)
    user = await ctx.session.scalar(select(User).where(User.id == ticket.user_id).with_for_update(key_share=True))
    if user is None or (user.password_hash or "") != ticket.password_hash or user.status != "active":
        raise Unauthenticated("The e-mail address or the password is wrong.", code="invalid_credentials")
    if not await _check(ctx, user.id, data):
        note_failure("second factor", user.id)
        raise Invalid.field("code", "is not right, or has been used; try the next one")
    await spend_ticket(ctx, data.ticket, ticket)
    await throttle.forget(ctx.host.redis, throttle.CODE, ctx.tenant_id, ticket.user_id)
    return await let_in(ctx, user, device, second_factor=True)


async def log_in_with_passkey(ctx: HostContext, ticket: str, credential: dict[str, Any], device: Device) -> SignedIn:
    """Sign in with a passkey alone; raises `Invalid` (`passkey_refused`) or `Forbidden` (`account_suspended`)."""
    user_id = await finish_assertion(ctx, ticket, credential)
    user = await ctx.session.scalar(select(User).where(User.id == user_id).with_for_update(key_share=True))
    if user is None or user.status != "active":
        raise Forbidden("This account is suspended; ask the site's administrators.", code="account_suspended")
    return await let_in(ctx, user, device, second_factor=True)


async def prove_again(ctx: HostContext, proof: Proof) -> None:
    """Note that the signed-in user has just proved who they are, by whatever is strongest of what they have.

    Who has a second factor gives it; a password alone is not enough then.

    Raises:
        Invalid: It was not right.
        TooManyRequests: It was not right too often.
    """
    user_id = ctx.user.id
    await throttle.attempt(ctx.host.redis, throttle.CODE, ctx.tenant_id, user_id)
    user = await ctx.session.get_one(User, (ctx.tenant_id, user_id))
    if await has_second_factor(ctx, user):
        if not await _check(ctx, user_id, proof):
            note_failure("proof by second factor", user_id)
            raise Invalid.field("code", "is not right, or has been used; try the next one")
    else:
        known = await ctx.fetch_one(CREDENTIALS_BY_ID, user_id=user_id)
        if not await verify_password(known.password_hash if known else None, proof.password or ""):
            note_failure("proof by password", user_id)
            raise Invalid.field("password", "is not your password")
    await throttle.forget(ctx.host.redis, throttle.CODE, ctx.tenant_id, user_id)
    await ctx.session.execute(
        update(AuthSession).where(AuthSession.id == ctx.user.session_id).values(authenticated_at=ctx.now)
    )


async def demand_recent(ctx: HostContext) -> None:
    """Demand that the user proved who they are a short while ago; raises `Forbidden` (`step_up_needed`)."""
    if not await is_recent(ctx):
        raise Forbidden("Confirm that it is you first: POST /api/v1/me/proof.", code="step_up_needed")


async def is_recent(ctx: HostContext) -> bool:
    """Say whether the user proved who they are in this session a short while ago."""
    statement = select(AuthSession.authenticated_at).where(
        AuthSession.id == ctx.user.session_id, AuthSession.user_id == ctx.user.id
    )
    last = await ctx.session.scalar(statement)
    return last is not None and last > ctx.now - RECENT


async def _check(ctx: HostContext, user_id: UUID, given: SecondFactor | Proof) -> bool:
    if given.passkey is not None:
        await finish_assertion(ctx, given.passkey.ticket, given.passkey.credential, user_id)
        return True
    if given.recovery_code is not None:
        return await check_recovery_code(ctx, user_id, given.recovery_code)
    return given.code is not None and await check_totp(ctx, user_id, given.code)


async def _offer(ctx: HostContext, user_id: UUID, origin: str | None) -> Offer | None:
    if not await passkeys_of(ctx, user_id):
        return None
    try:
        return await begin_assertion(ctx, origin, user_id)
    except Conflict:
        return None


async def let_in(
    ctx: HostContext, user: User, device: Device, *, second_factor: bool, trusted: str | None = None
) -> SignedIn:
    """Let somebody in who has given all that is asked; `trusted` names the provider that asked for a second factor."""
    user.last_seen_at = ctx.now
    signed_in = await enter(ctx, user, device, second_factor=second_factor, trusted=trusted)
    await ctx.publish(UserLoggedIn(user_id=user.id))
    return signed_in
