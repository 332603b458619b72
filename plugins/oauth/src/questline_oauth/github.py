"""GitHub, which is OAuth 2 without OpenID Connect: who somebody is comes from its API."""

import secrets
from typing import Any
from urllib.parse import urlsplit

from questline_oauth.fetching import fetch, fetch_object
from questline_oauth.identity import identity_of
from questline_oauth.openid import challenge, code_of, exchange, with_query
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


async def begin(ctx: Context, settings: Provider, request: SignInRequest) -> SignInRedirect:
    """Send the browser to GitHub."""
    if request.fresh:
        raise SignInRefused("GitHub cannot ask again who you are; log out and in instead.")
    verifier = secrets.token_urlsafe(48)
    query = {
        "client_id": settings.client_id,
        "redirect_uri": request.addresses.return_to,
        "scope": settings.scopes or PRESETS["github"].scopes,
        "state": request.state,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
    }
    return SignInRedirect(
        url=with_query(f"{settings.address}/login/oauth/authorize", query), kept={"verifier": verifier}
    )


async def complete(ctx: Context, settings: Provider, answer: SignInAnswer) -> VerifiedIdentity:
    """Exchange the code and ask who it is of."""
    form = {
        "code": code_of(answer.parameters),
        "redirect_uri": answer.addresses.return_to,
        "code_verifier": answer.kept["verifier"],
    }
    url = f"{settings.address}/login/oauth/access_token"
    given = await exchange(ctx, settings, url, form, post_secret=True)
    headers = {"authorization": f"Bearer {given.get('access_token', '')}", "x-github-api-version": "2022-11-28"}
    user = await fetch_object(ctx, "GET", f"{_api(settings)}/user", headers=headers)
    if not isinstance(user.get("id"), int):
        raise SignInUnavailable("GitHub did not say who you are.")
    emails = await fetch(ctx, "GET", f"{_api(settings)}/user/emails", headers=headers)
    claims: dict[str, Any] = {"sub": str(user["id"]), "name": user.get("name") or user.get("login"), **_email(emails)}
    return identity_of(settings, settings.address, claims)


def _api(settings: Provider) -> str:
    """Where the API is: at an enterprise server it has the same host name."""
    if urlsplit(settings.address).hostname == "github.com":
        return "https://api.github.com"
    return f"{settings.address}/api/v3"


def _email(emails: object) -> dict[str, Any]:
    """The primary address, if it is confirmed; what the profile shows may be anything."""
    for each in emails if isinstance(emails, list) else ():
        if isinstance(each, dict) and each.get("primary") is True and each.get("verified") is True:
            return {"email": each.get("email"), "email_verified": True}
    return {}
