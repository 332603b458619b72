"""What a provider's claims make of somebody here."""

from collections.abc import Mapping
from typing import Any

from questline_oauth.settings import Provider
from questline_sdk.sign_in import VerifiedIdentity

VERIFIED = ("email_verified", "xms_edov")
WITH_SECOND_FACTOR = {"mfa", "otp", "hwk", "swk", "sms", "tel", "fpt", "face", "vbm", "iris", "retina"}
"""Values of `amr` (RFC 8176) that say that more than a password was asked for."""


def identity_of(settings: Provider, issuer: str, claims: Mapping[str, Any]) -> VerifiedIdentity:
    """The person whom verified claims are about."""
    email = claims.get("email")
    return VerifiedIdentity(
        issuer=issuer,
        subject=str(claims["sub"]),
        email=email if isinstance(email, str) and email else None,
        email_verified=settings.trusts_email or any(_is_true(claims.get(name)) for name in VERIFIED),
        name=_name(claims),
        role=role_of(settings, claims.get(settings.claim)),
        follow_role=settings.follow_roles,
        second_factor=_second_factor(settings, claims.get("amr")),
        new_accounts=settings.new_accounts,
    )


def role_of(settings: Provider, given: object) -> str | None:
    """The role of the first rule that fits one of the groups; None where none does."""
    groups = {str(each) for each in given} if isinstance(given, list | tuple) else {str(given)} if given else set()
    return next((rule.role for rule in settings.roles if rule.value in groups), None)


def _second_factor(settings: Provider, methods: object) -> bool:
    if settings.second_factor == "trust_if_said":
        return isinstance(methods, list) and bool(WITH_SECOND_FACTOR & {str(each) for each in methods})
    return settings.second_factor == "trust"


def _is_true(value: object) -> bool:
    # Some providers write it as a text.
    return value is True or value == "true"


def _name(claims: Mapping[str, Any]) -> str | None:
    parts = (claims.get("given_name"), claims.get("family_name"))
    whole = " ".join(part for part in parts if isinstance(part, str))
    for name in (claims.get("name"), whole, claims.get("preferred_username")):
        if isinstance(name, str) and name.strip():
            return name
    return None
