"""Passkeys: public keys of a user's devices and password managers (WebAuthn level 2).

Every use demands that the authenticator verifies its user, so a passkey is both factors in one.
"""

import secrets
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
import webauthn
from sqlalchemy import delete, insert, select, update
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from questline_core.auth.factors import forget_without_factor
from questline_core.auth.models import Passkey, User
from questline_core.auth.schemas import Offer
from questline_core.auth.tickets import LASTS, Ticket, open_ticket, seal_ticket, spend_ticket
from questline_core.context import HostContext
from questline_sdk import Conflict, Invalid, NotFound

REQUIRED = UserVerificationRequirement.REQUIRED
MOST = 20
CHALLENGE_BYTES = 32


class Registration(Ticket, frozen=True, kw_only=True):
    """The first step of adding a passkey."""

    user_id: UUID
    challenge: str
    site: "Site"


class Assertion(Ticket, frozen=True, kw_only=True):
    """The first step of signing in with a passkey; without a user, whose it is shows in the second."""

    user_id: UUID | None
    challenge: str
    site: "Site"


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Where passkeys are bound to: the host name, and the page's origin."""

    rp_id: str
    origin: str


async def site_of(ctx: HostContext, origin: str | None) -> Site:
    """The site as passkeys know it: the page's origin where it is one of ours; raises `Conflict`."""
    tenant = await ctx.host.tenants.get(ctx.tenant_id)
    ours = {urlsplit(ctx.host.settings.public_url or "http://localhost").hostname, tenant.host} - {None}
    name = urlsplit(origin or "").hostname
    if origin is None or name not in ours:
        raise Conflict(
            f"Passkeys work at the site's own name only: open {' or '.join(sorted(map(str, ours)))}.",
            code="passkeys_unavailable",
        )
    return Site(rp_id=str(name), origin=origin)


async def begin_registration(ctx: HostContext, user: User, origin: str | None) -> Offer:
    """Ask the browser for a new passkey."""
    site = await site_of(ctx, origin)
    known = await passkeys_of(ctx, user.id)
    if len(known) >= MOST:
        raise Conflict(f"You have {MOST} passkeys already; remove one first.", code="too_many_passkeys")
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    options = webauthn.generate_registration_options(
        rp_id=site.rp_id,
        rp_name=(await ctx.host.tenants.get(ctx.tenant_id)).name,
        user_id=user.id.bytes,
        user_name=user.email,
        user_display_name=user.display_name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=REQUIRED
        ),
        exclude_credentials=[_descriptor(each) for each in known],
    )
    ticket = Registration(
        user_id=user.id, challenge=bytes_to_base64url(challenge), site=site, expires_at=ctx.now + LASTS
    )
    return Offer(ticket=seal_ticket(ctx, ticket), options=msgspec.json.decode(options_to_json(options)))


async def finish_registration(
    ctx: HostContext, user_id: UUID, ticket_text: str, credential: dict[str, Any], name: str
) -> Passkey:
    """Keep the passkey that the browser made; raises `Invalid`."""
    ticket = open_ticket(ctx, ticket_text, Registration)
    if ticket.user_id != user_id:
        raise _refused()
    await spend_ticket(ctx, ticket_text, ticket)
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(ticket.challenge),
            expected_rp_id=ticket.site.rp_id,
            expected_origin=ticket.site.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused() from error
    transports = credential.get("response", {}).get("transports", [])
    if await ctx.session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id)) is not None:
        raise Conflict("This passkey is in use already.", code="passkey_in_use")
    values = {
        "user_id": user_id,
        "credential_id": made.credential_id,
        "public_key": made.credential_public_key,
        "sign_count": made.sign_count,
        "transports": [each for each in transports if isinstance(each, str)][:10],
        "backed_up": made.credential_backed_up,
        "name": name,
        "created_at": ctx.now,
    }
    return (await ctx.session.scalars(insert(Passkey).values(values).returning(Passkey))).one()


async def begin_assertion(ctx: HostContext, origin: str | None, user_id: UUID | None = None) -> Offer:
    """Ask the browser for a passkey: one of this user's, or any that it has for the site."""
    site = await site_of(ctx, origin)
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    known = await passkeys_of(ctx, user_id) if user_id else []
    options = webauthn.generate_authentication_options(
        rp_id=site.rp_id,
        challenge=challenge,
        allow_credentials=[_descriptor(each) for each in known],
        user_verification=REQUIRED,
    )
    ticket = Assertion(user_id=user_id, challenge=bytes_to_base64url(challenge), site=site, expires_at=ctx.now + LASTS)
    return Offer(ticket=seal_ticket(ctx, ticket), options=msgspec.json.decode(options_to_json(options)))


async def finish_assertion(
    ctx: HostContext, ticket_text: str, credential: dict[str, Any], user_id: UUID | None = None
) -> UUID:
    """Check what the browser signed; returns whose passkey it is. Raises `Invalid` (`passkey_refused`)."""
    ticket = open_ticket(ctx, ticket_text, Assertion)
    if user_id != ticket.user_id:
        raise _refused()
    try:
        wanted = Passkey.credential_id == base64url_to_bytes(str(credential["id"]))
        passkey = await ctx.session.scalar(select(Passkey).where(wanted).with_for_update())
        if passkey is None or (user_id is not None and passkey.user_id != user_id):
            raise _refused()
        used = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(ticket.challenge),
            expected_rp_id=ticket.site.rp_id,
            expected_origin=ticket.site.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refused() from error
    await spend_ticket(ctx, ticket_text, ticket)
    values = {"sign_count": used.new_sign_count, "last_used_at": ctx.now, "backed_up": used.credential_backed_up}
    await ctx.session.execute(update(Passkey).where(Passkey.id == passkey.id).values(values))
    return passkey.user_id


async def passkeys_of(ctx: HostContext, user_id: UUID) -> list[Passkey]:
    """A user's passkeys, oldest first."""
    return list(await ctx.session.scalars(select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)))


async def remove_passkey(ctx: HostContext, user_id: UUID, passkey_id: UUID) -> None:
    """Forget a passkey; raises `NotFound`."""
    statement = delete(Passkey).where(Passkey.id == passkey_id, Passkey.user_id == user_id)
    if await ctx.session.scalar(statement.returning(Passkey.id)) is None:
        raise NotFound("You have no such passkey.")
    await forget_without_factor(ctx, user_id)


def _descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(id=passkey.credential_id)


def _refused() -> Invalid:
    return Invalid("This passkey was not accepted; try again, or use another way.", code="passkey_refused")
