"""The HTTP API of signing in with accounts elsewhere, and of linking them."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, Parameter, URLEncodedBody
from litestar.response import Redirect
from sqlalchemy import update

from questline_core.auth import throttle
from questline_core.auth.accounts import get_user
from questline_core.auth.answers import AnyRequest, device_of, signed_in, with_cookies
from questline_core.auth.cookies import DEVICE_COOKIE, read_cookie, refuse_other_sites
from questline_core.auth.entering import has_second_factor
from questline_core.auth.external import linking, posted
from questline_core.auth.external.entry import come_in
from questline_core.auth.external.flows import (
    Flow,
    Purpose,
    flow_cookie,
    is_signed_in_as_before,
    no_flow_cookie,
    read_flow,
)
from questline_core.auth.external.providers import addresses_of, begin, find
from questline_core.auth.external.schemas import (
    ANSWER_BYTES,
    BeginSignIn,
    ConnectedAccounts,
    ProviderReturn,
    SendTo,
)
from questline_core.auth.models import AuthSession
from questline_core.auth.routes import NEEDS_MORE
from questline_core.auth.schemas import SecondFactorNeeded, Session
from questline_core.auth.second_factor import demand_recent
from questline_core.auth.tickets import spend_ticket
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.http.responses import NO_CONTENT, problems
from questline_sdk import Conflict, Forbidden
from questline_sdk.sign_in import SignInAnswer, VerifiedIdentity

Ctx = NamedDependency[HostContext]
HostDependency = NamedDependency[Host]
Provider = Annotated[
    FromPath[str], Parameter(max_length=100, pattern=r"^[a-z0-9_.-]+$", description="`provider` of the site's answer.")
]
READ: dict[str, Any] = {"permission": "identity.profile.read", "before_enrolment": True}
MANAGE: dict[str, Any] = {"permission": "identity.profile.manage", "before_enrolment": True}
FAILS = problems(403, 429, 503)
"""Refused by the site or the provider; too often; the provider does not answer."""


@post("/sign-in/{provider:str}", operation_id="begin_sign_in", public=True, status_code=200, responses=FAILS)
async def begin_sign_in(
    ctx: Ctx, request: AnyRequest, provider: Provider, data: JSONBody[BeginSignIn]
) -> Response[SendTo]:
    """Begin a log-in with an account elsewhere; sets the cookie that the browser ends it with."""
    refuse_other_sites(request)
    return await _send(ctx, request, provider, "log_in", data)


@post(
    "/sign-in/{provider:str}/answer",
    operation_id="receive_sign_in_answer",
    public=True,
    status_code=303,
    request_max_body_size=ANSWER_BYTES,
    responses={303: ResponseSpec(None, description="On to the page that ends the sign-in.")} | problems(429),
)
async def receive_sign_in_answer(
    ctx: Ctx, host: HostDependency, request: AnyRequest, provider: Provider, data: URLEncodedBody[dict[str, str]]
) -> Redirect:
    """Take the form that a provider's page posts, from its own site; nothing is decided by it."""
    await find(ctx, provider)
    await throttle.attempt(host.redis, throttle.PROVIDER, throttle.network(device_of(request).address))
    state = posted.state_of(data)
    token = await posted.keep(ctx, data)
    address = (await addresses_of(ctx, provider)).return_to
    return Redirect(f"{address}#state={state}&answer={token}", status_code=303)


@post(
    "/sign-in/{provider:str}/completion",
    operation_id="complete_sign_in",
    public=True,
    status_code=200,
    responses=NEEDS_MORE | FAILS,
)
async def complete_sign_in(
    ctx: Ctx, host: HostDependency, request: AnyRequest, provider: Provider, data: JSONBody[ProviderReturn]
) -> Response[Session]:
    """End a log-in with what the provider's redirect brought; 202 where a second factor has to be given.

    403 where the site does not let somebody new in; 409 (`account_exists`) where their address has an account: they
    sign in to it and link.
    """
    refuse_other_sites(request)
    device = device_of(request)
    network = throttle.network(device.address)
    await throttle.attempt(host.redis, throttle.PROVIDER, network)
    flow, identity = await _identity(ctx, request, provider, "log_in", data)
    remembered, origin = read_cookie(request, host.settings, DEVICE_COOKIE), request.headers.get("origin")
    entered = await come_in(ctx, flow, identity, device, remembered=remembered, origin=origin)
    await throttle.refund(host.redis, throttle.PROVIDER, network)
    over = [no_flow_cookie(ctx, request, flow)]
    if isinstance(entered, SecondFactorNeeded):
        needed: Response[Any] = Response(entered, status_code=202, headers={"cache-control": "no-store"})
        return with_cookies(needed, over)
    return with_cookies(await signed_in(host, request, entered), over)


@get("/identities", operation_id="list_identities", **READ)
async def list_identities(ctx: Ctx) -> ConnectedAccounts:
    """The user's accounts elsewhere, and what the site offers to connect."""
    return await linking.accounts_of(ctx)


@post("/identities/{provider:str}", operation_id="begin_link", status_code=200, responses=FAILS, **MANAGE)
async def begin_link(
    ctx: Ctx, request: AnyRequest, provider: Provider, data: JSONBody[BeginSignIn]
) -> Response[SendTo]:
    """Begin to link an account elsewhere; needs a recent proof of identity."""
    await demand_recent(ctx)
    return await _send(ctx, request, provider, "link", data)


@post("/sign-in/{provider:str}/link", operation_id="complete_link", status_code=200, responses=FAILS, **MANAGE)
async def complete_link(
    ctx: Ctx, request: AnyRequest, provider: Provider, data: JSONBody[ProviderReturn]
) -> Response[ConnectedAccounts]:
    """Link the account elsewhere that the browser came back from; needs a recent proof of identity."""
    await demand_recent(ctx)
    flow, identity = await _identity(ctx, request, provider, "link", data)
    await linking.link(ctx, flow, identity, await get_user(ctx, ctx.user.id))
    await linking.tell(ctx, "linked", flow.name)
    return with_cookies(Response(await linking.accounts_of(ctx)), [no_flow_cookie(ctx, request, flow)])


@post(
    "/identities/{provider:str}/proof", operation_id="begin_proof_elsewhere", status_code=200, responses=FAILS, **MANAGE
)
async def begin_proof_elsewhere(
    ctx: Ctx, request: AnyRequest, provider: Provider, data: JSONBody[BeginSignIn]
) -> Response[SendTo]:
    """Begin to prove who one is by signing in elsewhere once more; not for who has a second factor here."""
    if await has_second_factor(ctx, await get_user(ctx, ctx.user.id)):
        raise Conflict("Use your second factor to confirm that it is you.", code="second_factor_stronger")
    return await _send(ctx, request, provider, "prove", data)


@post(
    "/sign-in/{provider:str}/proof",
    operation_id="complete_proof_elsewhere",
    status_code=204,
    responses=NO_CONTENT | FAILS,
    **MANAGE,
)
async def complete_proof_elsewhere(
    ctx: Ctx, request: AnyRequest, provider: Provider, data: JSONBody[ProviderReturn]
) -> Response[None]:
    """Note that the user has just proved elsewhere who they are."""
    flow, identity = await _identity(ctx, request, provider, "prove", data)
    known = await linking.owner_of(ctx, flow, identity)
    if known is None or known[1].id != ctx.user.id or await has_second_factor(ctx, known[1]):
        raise Forbidden("This is not the account that you connected.", code="identity_differs")
    values = {"authenticated_at": ctx.now}
    await ctx.session.execute(update(AuthSession).where(AuthSession.id == ctx.user.session_id).values(values))
    return with_cookies(Response(None, status_code=204), [no_flow_cookie(ctx, request, flow)])


@delete("/identities/{identity_id:uuid}", operation_id="unlink_identity", **MANAGE)
async def unlink_identity(ctx: Ctx, identity_id: FromPath[UUID]) -> None:
    """Unlink an account elsewhere; needs a recent proof of identity. 409 where it is the only way in."""
    await demand_recent(ctx)
    await linking.unlink(ctx, identity_id)


async def _send(
    ctx: HostContext, request: AnyRequest, provider: str, purpose: Purpose, data: BeginSignIn
) -> Response[SendTo]:
    origin = request.headers.get("origin")
    flow, url = await begin(ctx, provider, purpose, origin=origin, locale=data.locale, time_zone=data.time_zone)
    response = Response(SendTo(url=url), headers={"cache-control": "no-store"})
    return with_cookies(response, [flow_cookie(ctx, request, flow)])


async def _identity(
    ctx: HostContext, request: AnyRequest, name: str, purpose: Purpose, data: ProviderReturn
) -> tuple[Flow, VerifiedIdentity]:
    """Who the provider says has come back, once for each way that was begun."""
    _, provider, option = await find(ctx, name)
    flow, text = read_flow(ctx, request, data.state, name=name, purpose=purpose)
    if purpose != "log_in" and not is_signed_in_as_before(ctx, flow):
        raise Forbidden("Somebody else has signed in meanwhile; begin again.", code="session_changed")
    parameters = await posted.take(ctx, data.answer) if data.answer else data.parameters
    answer = SignInAnswer(addresses=flow.addresses, parameters=parameters, kept=flow.kept, fresh=flow.fresh)
    identity = await provider.complete(ctx, option, answer)
    await spend_ticket(ctx, text, flow)
    return flow, identity


router = Router(
    "/api/v1",
    route_handlers=[
        begin_sign_in,
        receive_sign_in_answer,
        complete_sign_in,
        list_identities,
        begin_link,
        complete_link,
        begin_proof_elsewhere,
        complete_proof_elsewhere,
        unlink_identity,
    ],
    tags=["identity"],
)
