"""The tenant's identity providers: sends the browser there and reads what it brings back."""

import base64
import datetime as dt
import hashlib
import math
from collections.abc import Sequence
from typing import ClassVar

from questline_saml.requests import entity_id, new_id, request_url
from questline_saml.responses import Expected, Statement, read
from questline_saml.settings import IdentityProvider, SamlSettings
from questline_sdk import Context
from questline_sdk.sign_in import (
    SignInAnswer,
    SignInOption,
    SignInProvider,
    SignInRedirect,
    SignInRefused,
    SignInRequest,
    SignInUnavailable,
    VerifiedIdentity,
)

ICON = (
    "M12 7V3H2v18h20V7zM6 19H4v-2h2zm0-4H4v-2h2zm0-4H4V9h2zm0-4H4V5h2zm4 12H8v-2h2zm0-4H8v-2h2zm0-4H8V9h2z"
    "m0-4H8V5h2zm10 12h-8v-2h2v-2h-2v-2h2v-2h-2V9h8zm-2-8h-2v2h2zm0 4h-2v2h2z"
)
"""A house."""


class SamlProvider(SignInProvider):
    """Every identity provider in the tenant's settings."""

    name: ClassVar[str] = "saml"

    async def options(self, ctx: Context) -> Sequence[SignInOption]:
        """A button for each."""
        settings = await ctx.settings(SamlSettings)
        return [SignInOption(id=each.id, label=each.label, icon=ICON) for each in settings.providers]

    async def begin(self, ctx: Context, option: str, request: SignInRequest) -> SignInRedirect:
        """Send the browser there with a request."""
        settings, request_id = await find_provider(ctx, option), new_id()
        url = request_url(
            settings,
            request.addresses,
            request_id=request_id,
            state=request.state,
            now=ctx.now,
            fresh=request.fresh,
        )
        return SignInRedirect(url=url, kept={"request": request_id, "at": ctx.now.isoformat()})

    async def complete(self, ctx: Context, option: str, answer: SignInAnswer) -> VerifiedIdentity:
        """Verify the response that was posted."""
        settings = await find_provider(ctx, option)
        expected = Expected(
            issuer=settings.entity_id,
            audience=entity_id(answer.addresses, option),
            recipient=answer.addresses.answer_to,
            request_id=answer.kept["request"],
            signers=settings.signers(),
            own_keys=settings.own_keys(),
            now=ctx.now,
            fresh_since=dt.datetime.fromisoformat(answer.kept["at"]) if answer.fresh else None,
        )
        try:
            statement = read(base64.b64decode(answer.parameters.get("SAMLResponse", ""), validate=True), expected)
        except ValueError as error:
            raise SignInRefused(f"The identity provider's answer was not accepted: {error}.") from error
        await _use_once(ctx, settings, statement)
        return _identity(settings, statement)


async def _use_once(ctx: Context, settings: IdentityProvider, statement: Statement) -> None:
    """Remember an assertion until it has expired; raises `SignInRefused` where it was here before.

    It also answers one request only, and each request is answered once: that holds where Valkey has forgotten.
    """
    digest = hashlib.sha256(f"{settings.entity_id}\0{statement.assertion_id}".encode()).hexdigest()
    seconds = max(1, math.ceil((statement.expires_at - ctx.now).total_seconds()))
    if not await ctx.redis.set(ctx.redis_key("saml", "assertion", digest), "1", nx=True, ex=seconds):
        raise SignInRefused("The identity provider's answer has been used before; begin again.")


def _identity(settings: IdentityProvider, statement: Statement) -> VerifiedIdentity:
    subject = _first(statement, settings.subject_attribute) if settings.subject_attribute else statement.name_id
    if not subject or (statement.transient and not settings.subject_attribute):
        raise SignInRefused("The identity provider gave no lasting name; tell the site's administrators.")
    groups = set(statement.attributes.get(settings.groups_attribute, ()))
    groups |= {part.strip() for each in groups for part in each.split(",")}
    return VerifiedIdentity(
        issuer=settings.entity_id,
        subject=subject,
        email=_first(statement, settings.email_attribute) or (statement.name_id if "@" in statement.name_id else None),
        email_verified=settings.trusts_email,
        name=_first(statement, settings.name_attribute),
        role=next((rule.role for rule in settings.roles if rule.value in groups), None),
        follow_role=settings.follow_roles,
        second_factor=settings.second_factor == "trust",
        new_accounts=settings.new_accounts,
    )


def _first(statement: Statement, attribute: str) -> str | None:
    return next((value for value in statement.attributes.get(attribute, ()) if value), None)


async def find_provider(ctx: Context, option: str) -> IdentityProvider:
    """One of the tenant's identity providers; raises `SignInUnavailable`."""
    for each in (await ctx.settings(SamlSettings)).providers:
        if each.id == option:
            return each
    raise SignInUnavailable("This identity provider is not set up any more.")
