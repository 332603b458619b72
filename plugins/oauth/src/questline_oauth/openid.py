"""OpenID Connect: discovery, the authorization code with PKCE, state and nonce, and the ID token."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from msgspec import Struct

from questline_oauth import tokens
from questline_oauth.fetching import Documents, fetch_object
from questline_oauth.identity import identity_of
from questline_oauth.presets import PRESETS
from questline_oauth.settings import Provider
from questline_sdk import Context
from questline_sdk.sign_in import (
    SignInAnswer,
    SignInRedirect,
    SignInRefused,
    SignInRequest,
    SignInUnavailable,
    VerifiedIdentity,
)

DISCOVERY = "/.well-known/openid-configuration"
DIRECTORY = "{tenantid}"
documents = Documents()


class Metadata(Struct, frozen=True, kw_only=True):
    """Where a provider's endpoints are."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str | None
    posts_secret: bool
    names_itself: bool
    """It puts its issuer into the redirect back (RFC 9207)."""


async def begin(ctx: Context, settings: Provider, request: SignInRequest) -> SignInRedirect:
    """Send the browser to the provider."""
    preset, metadata = PRESETS[settings.kind], await discover(ctx, settings)
    nonce, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    query = {
        "response_type": "code",
        "client_id": settings.client_id,
        "redirect_uri": request.addresses.return_to,
        "scope": settings.scopes or preset.scopes,
        "state": request.state,
    }
    if preset.nonce:
        query["nonce"] = nonce
    if preset.pkce:
        query |= {"code_challenge": challenge(verifier), "code_challenge_method": "S256"}
    if request.fresh:
        query |= {"prompt": "login", "max_age": "0"}
    if request.locale:
        query["ui_locales"] = request.locale
    kept = {"nonce": nonce, "verifier": verifier, "at": str(int(ctx.now.timestamp()))}
    return SignInRedirect(url=with_query(metadata.authorization, query), kept=kept)


async def complete(ctx: Context, settings: Provider, answer: SignInAnswer) -> VerifiedIdentity:
    """Exchange the code and verify the ID token."""
    metadata = await discover(ctx, settings)
    code = code_of(answer.parameters)
    said = answer.parameters.get("iss")
    if (said is not None or metadata.names_itself) and said != metadata.issuer and DIRECTORY not in metadata.issuer:
        raise SignInRefused("This answer comes from another provider.")
    pkce = PRESETS[settings.kind].pkce
    form = {"code": code, "redirect_uri": answer.addresses.return_to} | (
        {"code_verifier": answer.kept["verifier"]} if pkce else {}
    )
    given = await exchange(ctx, settings, metadata.token, form, post_secret=metadata.posts_secret)
    claims = await _claims(ctx, settings, metadata, str(given.get("id_token", "")), answer)
    if "email" not in claims and metadata.userinfo and given.get("access_token"):
        headers = {"authorization": f"Bearer {given['access_token']}"}
        more = await fetch_object(ctx, "GET", metadata.userinfo, headers=headers)
        if more.get("sub") != claims["sub"]:
            raise SignInRefused("The provider told of somebody else.")
        claims = {**more, **claims}
    return identity_of(settings, str(claims["iss"]), claims)


async def discover(ctx: Context, settings: Provider) -> Metadata:
    """What the provider says of itself; raises `SignInUnavailable`."""
    address = settings.address
    document = await documents.get(ctx, address + DISCOVERY)
    issuer = document.get("issuer")
    directory = PRESETS[settings.kind].any_directory
    if not isinstance(issuer, str) or (issuer.rstrip("/") != address and not (directory and DIRECTORY in issuer)):
        raise SignInUnavailable("The provider names another issuer than the settings do.")
    methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Metadata(
        issuer=issuer,
        authorization=_endpoint(document, "authorization_endpoint", address),
        token=_endpoint(document, "token_endpoint", address),
        keys=_endpoint(document, "jwks_uri", address),
        userinfo=document.get("userinfo_endpoint"),
        posts_secret=PRESETS[settings.kind].post_secret or "client_secret_basic" not in methods,
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
    )


async def exchange(
    ctx: Context, settings: Provider, url: str, form: Mapping[str, str], *, post_secret: bool
) -> Mapping[str, Any]:
    """Exchange a code for tokens; raises `SignInRefused` where the provider does not."""
    data, options = {"grant_type": "authorization_code", **form}, {}
    if settings.client_secret and not post_secret:
        pair = f"{quote(settings.client_id, safe='')}:{quote(settings.client_secret, safe='')}"
        options["headers"] = {"authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    else:
        data["client_id"] = settings.client_id
        if settings.client_secret:
            data["client_secret"] = settings.client_secret
    given = await fetch_object(ctx, "POST", url, data=data, accept=(200, 400, 401, 403), **options)
    if "error" in given:
        raise SignInRefused("The provider did not accept the sign-in; begin again, or tell the site's administrators.")
    return given


def code_of(parameters: Mapping[str, str]) -> str:
    """The code that came back; raises `SignInRefused` for what the provider sends in its place."""
    if "error" in parameters:
        stopped = parameters["error"] == "access_denied"
        raise SignInRefused("You stopped at the provider." if stopped else "The provider did not let you in.")
    if not parameters.get("code"):
        raise SignInRefused("The provider sent no code.")
    return parameters["code"]


def challenge(verifier: str) -> str:
    """The PKCE challenge of a verifier (RFC 7636, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def with_query(url: str, query: Mapping[str, str]) -> str:
    """An address with these parameters after those it has."""
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(query)}"


async def _claims(
    ctx: Context, settings: Provider, metadata: Metadata, token: str, answer: SignInAnswer
) -> dict[str, Any]:
    expected = tokens.Expected(
        issuer=metadata.issuer,
        client_id=settings.client_id,
        nonce=answer.kept["nonce"],
        nonce_needed=PRESETS[settings.kind].nonce,
        now=int(ctx.now.timestamp()),
        fresh_since=int(answer.kept["at"]) if answer.fresh else None,
        any_directory=PRESETS[settings.kind].any_directory and DIRECTORY in metadata.issuer,
    )
    for anew in (False, True):  # keys rotate: one that is not known is looked for once more
        try:
            return tokens.read(token, await documents.get(ctx, metadata.keys, anew=anew), expected)
        except tokens.UnknownKey:
            continue
    raise SignInRefused("What the provider sent cannot be trusted: it is signed with a key that is not its own.")


def _endpoint(document: Mapping[str, Any], name: str, address: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or (urlsplit(value).scheme != "https" and urlsplit(address).scheme == "https"):
        raise SignInUnavailable(f"The provider has no usable {name}.")
    return value
