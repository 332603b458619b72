"""What identity providers fetch of this site, and where they send people to be logged out."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from questline_saml.logout import LASTS, posted_request, read_request, redirected_request, response_url
from questline_saml.requests import entity_id, logout_address, metadata
from questline_saml.settings import IdentityProvider, SamlSettings
from questline_sdk import Context, NotFound
from questline_sdk.sign_in import SignInRefused, SignInSessions, SignInSite

MEDIA_TYPE = "application/samlmetadata+xml"
ANSWERED = {302: ResponseSpec(None, description="Back to the identity provider, with what was done.")}


@get("/{option:str}/metadata", operation_id="saml_get_metadata", public=True, media_type=MEDIA_TYPE)
async def get_metadata(ctx: NamedDependency[Context], option: FromPath[str]) -> Response[bytes]:
    """This site as an identity provider has to know it (SAML 2.0 metadata); its entity id is this address."""
    settings = await _settings(ctx, option)
    addresses = await ctx.service(SignInSite).addresses("saml", option)
    return Response(metadata(addresses, settings), media_type=MEDIA_TYPE)


@get(
    "/{option:str}/log-out",
    operation_id="saml_log_out_by_redirect",
    public=True,
    status_code=302,
    responses=ANSWERED,
)
async def log_out_by_redirect(
    ctx: NamedDependency[Context], request: Request[Any, Any, Any], option: FromPath[str]
) -> Redirect:
    """Single log-out by the HTTP-Redirect binding: ends the sessions of whom the signed request names."""
    settings = await _settings(ctx, option, logs_out=True)
    query = request.scope["query_string"].decode("latin-1")
    try:
        message = redirected_request(query, settings.signers())
    except ValueError as error:
        raise _refused(error) from error
    return await _log_out(ctx, settings, message, request.query_params.get("RelayState"))


@post(
    "/{option:str}/log-out",
    operation_id="saml_log_out_by_post",
    public=True,
    status_code=302,
    responses=ANSWERED,
)
async def log_out_by_post(
    ctx: NamedDependency[Context], option: FromPath[str], data: URLEncodedBody[dict[str, str]]
) -> Redirect:
    """Single log-out by the HTTP-POST binding: ends the sessions of whom the signed request names."""
    settings = await _settings(ctx, option, logs_out=True)
    try:
        message = posted_request(data, settings.signers())
    except ValueError as error:
        raise _refused(error) from error
    return await _log_out(ctx, settings, message, data.get("RelayState"))


async def _log_out(ctx: Context, settings: IdentityProvider, message: Any, relay_state: str | None) -> Redirect:
    addresses = await ctx.service(SignInSite).addresses("saml", settings.id)
    address = logout_address(addresses, settings.id)
    try:
        asked = read_request(message, issuer=settings.entity_id, address=address, now=ctx.now)
    except ValueError as error:
        raise _refused(error) from error
    key = ctx.redis_key("saml", "log-out", settings.id, asked.id)
    if not await ctx.redis.set(key, "1", nx=True, ex=int(LASTS.total_seconds()) * 2):
        raise SignInRefused("The request to log out has been used before.")
    await ctx.service(SignInSessions).end("saml", settings.id, issuer=settings.entity_id, subject=asked.name_id)
    url = response_url(
        settings.logout_url,
        settings.own_keys()[0],
        own=entity_id(addresses, settings.id),
        in_response_to=asked.id,
        relay_state=relay_state,
        now=ctx.now,
    )
    return Redirect(url, status_code=302)


async def _settings(ctx: Context, option: str, *, logs_out: bool = False) -> IdentityProvider:
    for each in (await ctx.settings(SamlSettings)).providers:
        if each.id == option and (each.logout_url or not logs_out):
            return each
    raise NotFound("There is no such identity provider.", code="provider_unknown")


def _refused(error: ValueError) -> SignInRefused:
    return SignInRefused(f"The request to log out was not accepted: {error}.")


ROUTES = [get_metadata, log_out_by_redirect, log_out_by_post]
