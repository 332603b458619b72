"""The HTTP API of a user's own security: sessions, second factors, passkeys, proofs of identity."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from questline_core.auth import factors, passkeys, second_factor, security, throttle
from questline_core.auth.accounts import get_user
from questline_core.auth.answers import AnyRequest, device_of, signed_in, with_cookies
from questline_core.auth.cookies import device_cookie, refuse_other_sites
from questline_core.auth.entering import has_second_factor
from questline_core.auth.keys import KeySet, public_keys
from questline_core.auth.schemas import (
    NewPasskey,
    NewTotp,
    Offer,
    PasskeyAnswer,
    Proof,
    RecoveryCodes,
    SecondFactor,
    Security,
    Session,
    SessionList,
    WithCode,
)
from questline_core.auth.second_factor import demand_recent
from questline_core.auth.sessions import end_sessions_of
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.http.responses import problems
from questline_sdk import Conflict

Ctx = NamedDependency[HostContext]
HostDependency = NamedDependency[Host]
BEFORE = {"before_enrolment": True, "before_consent": True}
READ: dict[str, Any] = {"permission": "identity.profile.read", **BEFORE}
MANAGE: dict[str, Any] = {"permission": "identity.profile.manage", **BEFORE}
KeepCurrent = Annotated[bool, QueryParameter(description="Leave the session of this request as it is.")]


@post(
    "/auth/second-factor", operation_id="give_second_factor", public=True, status_code=200, responses=problems(403, 429)
)
async def give_second_factor(
    ctx: Ctx, host: HostDependency, request: AnyRequest, data: JSONBody[SecondFactor]
) -> Response[Session]:
    """Sign in with the second factor and the ticket that the log-in answered with."""
    refuse_other_sites(request)
    entered = await second_factor.give_second_factor(ctx, data, device_of(request))
    response = await signed_in(host, request, entered)
    days = (await host.tenants.get(ctx.tenant_id)).sign_in.remember_device_days
    if data.remember and days:
        token = await factors.remember_device(ctx, entered.user.id, days)
        with_cookies(response, [device_cookie(request, host.settings, token, days)])
    return response


@post("/auth/passkey/options", operation_id="begin_passkey_log_in", public=True, status_code=200)
async def begin_passkey_log_in(ctx: Ctx, request: AnyRequest) -> Offer:
    """What to ask the browser for a log-in with a passkey; 409 where the page's address is not the site's own."""
    return await passkeys.begin_assertion(ctx, request.headers.get("origin"))


@post("/auth/passkey", operation_id="log_in_with_passkey", public=True, status_code=200, responses=problems(403, 429))
async def log_in_with_passkey(
    ctx: Ctx, host: HostDependency, request: AnyRequest, data: JSONBody[PasskeyAnswer]
) -> Response[Session]:
    """Sign in with a passkey."""
    refuse_other_sites(request)
    device = device_of(request)
    await throttle.attempt(host.redis, throttle.ADDRESS, throttle.network(device.address))
    entered = await second_factor.log_in_with_passkey(ctx, data.ticket, data.credential, device)
    return await signed_in(host, request, entered)


@get("/me/security", operation_id="get_security", **READ)
async def get_security(ctx: Ctx) -> Security:
    """How the signed-in user's account is protected."""
    return await security.security_of(ctx)


@post("/me/proof", operation_id="prove_identity", status_code=204, responses=problems(429), **MANAGE)
async def prove_identity(ctx: Ctx, data: JSONBody[Proof]) -> None:
    """Prove who one is again; for fifteen minutes then, what needs a recent proof is allowed."""
    await second_factor.prove_again(ctx, data)


@post("/me/proof/passkey", operation_id="begin_passkey_proof", status_code=200, **MANAGE)
async def begin_passkey_proof(ctx: Ctx, request: AnyRequest) -> Offer:
    """What to ask the browser for a proof with one of the user's passkeys."""
    return await passkeys.begin_assertion(ctx, request.headers.get("origin"), ctx.user.id)


@get("/me/sessions", operation_id="list_sessions", **READ)
async def list_sessions(ctx: Ctx) -> SessionList:
    """The browsers the user is signed in with."""
    return SessionList(sessions=await security.sessions_of(ctx, ctx.user.id))


@delete("/me/sessions/{session_id:uuid}", operation_id="end_session", **MANAGE)
async def end_session(ctx: Ctx, session_id: FromPath[UUID]) -> None:
    """Sign one browser out."""
    await security.end_one(ctx, session_id)


@delete("/me/sessions", operation_id="end_sessions", **MANAGE)
async def end_sessions(ctx: Ctx, keep_current: KeepCurrent = False) -> None:
    """Sign out everywhere, and forget every remembered device."""
    await ctx.audit("identity.sessions.ended", subject=("user", ctx.user.id), after={"kept_current": keep_current})
    await end_sessions_of(ctx, ctx.user.id, reason="ended_by_user", but=ctx.user.session_id if keep_current else None)
    await factors.forget_devices(ctx, ctx.user.id)


@delete("/me/remembered-devices", operation_id="forget_remembered_devices", **MANAGE)
async def forget_remembered_devices(ctx: Ctx) -> None:
    """Demand the second factor on every device again."""
    await factors.forget_devices(ctx, ctx.user.id)


@post("/me/totp", operation_id="begin_totp", **MANAGE)
async def begin_totp(ctx: Ctx) -> NewTotp:
    """Make a secret for an authenticator app; needs a recent proof of identity."""
    await demand_recent(ctx)
    return await factors.begin_totp(ctx, await get_user(ctx, ctx.user.id))


@post("/me/totp/confirmation", operation_id="confirm_totp", status_code=200, responses=problems(429), **MANAGE)
async def confirm_totp(ctx: Ctx, host: HostDependency, data: JSONBody[WithCode]) -> RecoveryCodes:
    """Put the app in use by its first code; answers with recovery codes where there are none yet."""
    await throttle.attempt(host.redis, throttle.CODE, ctx.tenant_id, ctx.user.id)
    await factors.confirm_totp(ctx, ctx.user.id, data.code)
    await throttle.forget(host.redis, throttle.CODE, ctx.tenant_id, ctx.user.id)
    await security.tell(ctx, "app_added")
    return RecoveryCodes(recovery_codes=await factors.codes_if_first(ctx, ctx.user.id))


@delete("/me/totp", operation_id="remove_totp", **MANAGE)
async def remove_totp(ctx: Ctx) -> None:
    """Remove the authenticator app; needs a recent proof of identity."""
    await demand_recent(ctx)
    if await factors.confirmed_totp(ctx, ctx.user.id) is not None:
        await factors.remove_totp(ctx, ctx.user.id)
        await security.tell(ctx, "app_removed")


@post("/me/recovery-codes", operation_id="renew_recovery_codes", **MANAGE)
async def renew_recovery_codes(ctx: Ctx) -> RecoveryCodes:
    """Make new recovery codes in place of the former; needs a recent proof of identity."""
    await demand_recent(ctx)
    if not await has_second_factor(ctx, await get_user(ctx, ctx.user.id)):
        raise Conflict("Set up an authenticator app or a passkey first.", code="no_second_factor")
    await security.tell(ctx, "codes_renewed")
    return RecoveryCodes(recovery_codes=await factors.new_recovery_codes(ctx, ctx.user.id))


@post("/me/passkeys/options", operation_id="begin_passkey", status_code=200, **MANAGE)
async def begin_passkey(ctx: Ctx, request: AnyRequest) -> Offer:
    """What to ask the browser for a new passkey; needs a recent proof of identity."""
    await demand_recent(ctx)
    return await passkeys.begin_registration(ctx, await get_user(ctx, ctx.user.id), request.headers.get("origin"))


@post("/me/passkeys", operation_id="add_passkey", **MANAGE)
async def add_passkey(ctx: Ctx, data: JSONBody[NewPasskey]) -> RecoveryCodes:
    """Keep the passkey that the browser made; answers with recovery codes where there are none yet."""
    await passkeys.finish_registration(ctx, ctx.user.id, data.ticket, data.credential, data.name.strip())
    await security.tell(ctx, "passkey_added")
    return RecoveryCodes(recovery_codes=await factors.codes_if_first(ctx, ctx.user.id))


@delete("/me/passkeys/{passkey_id:uuid}", operation_id="remove_passkey", **MANAGE)
async def remove_passkey(ctx: Ctx, passkey_id: FromPath[UUID]) -> None:
    """Remove a passkey; needs a recent proof of identity."""
    await demand_recent(ctx)
    await passkeys.remove_passkey(ctx, ctx.user.id, passkey_id)
    await security.tell(ctx, "passkey_removed")


@get(
    "/.well-known/jwks.json",
    operation_id="get_key_set",
    public=True,
    tenantless=True,
    media_type="application/jwk-set+json",
)
async def get_key_set(host: HostDependency) -> Response[KeySet]:
    """The public keys that access tokens are signed with (JSON Web Key Set, RFC 7517)."""
    keys = public_keys(host.tokens.keys, host.clock())
    return Response(keys, media_type="application/jwk-set+json", headers={"cache-control": "public, max-age=60"})


key_set = Router("/", route_handlers=[get_key_set], tags=["identity"])
router = Router(
    "/api/v1",
    route_handlers=[
        give_second_factor,
        begin_passkey_log_in,
        log_in_with_passkey,
        get_security,
        prove_identity,
        begin_passkey_proof,
        list_sessions,
        end_session,
        end_sessions,
        forget_remembered_devices,
        begin_totp,
        confirm_totp,
        remove_totp,
        renew_recovery_codes,
        begin_passkey,
        add_passkey,
        remove_passkey,
    ],
    tags=["identity"],
)
