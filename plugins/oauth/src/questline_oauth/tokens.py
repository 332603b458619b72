"""ID tokens: who signed them, for whom, for which request, and until when (OpenID Connect Core, 3.1.3.7)."""

import hmac
import re
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import extract_compact
from msgspec import Struct

from questline_sdk.sign_in import SignInRefused

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
"""Public-key signatures only: `none` is no signature, and with HMAC the client secret would sign."""
LEEWAY = 60
"""Seconds by which clocks may differ."""
KEY_TYPES = {"RSA", "EC", "OKP"}
MOST_KEYS = 100
DIRECTORY_ID = re.compile(r"[0-9a-fA-F-]{36}")


class Expected(Struct, frozen=True, kw_only=True):
    """What an ID token has to say."""

    issuer: str
    client_id: str
    nonce: str
    nonce_needed: bool
    now: int
    fresh_since: int | None = None
    """When the person was sent to prove again who they are."""
    any_directory: bool = False
    """The issuer has a place for the id of the directory, which the token names."""


class UnknownKey(Exception):
    """The token's key is not among the provider's, as far as they are known here."""


def read(token: str, keys: Mapping[str, Any], expected: Expected) -> dict[str, Any]:
    """The claims of an ID token.

    Raises:
        UnknownKey: Ask for the keys again.
        SignInRefused: It is not what it has to be.
    """
    try:
        named = _named_keys(keys, token)
        found = jwt.decode(token, KeySet.import_key_set({"keys": named}), algorithms=ALGORITHMS)
    except SignInRefused:
        raise
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise _refused(f"the ID token is not signed as it should be ({type(error).__name__})") from error
    claims = dict(found.claims)
    _check_parties(claims, expected)
    if expected.any_directory:
        _check_key(named, claims)
    _check_times(claims, expected)
    nonce = claims.get("nonce")
    if nonce is None and not expected.nonce_needed:
        return claims
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise _refused("the ID token belongs to another request")
    return claims


def _named_keys(keys: Mapping[str, Any], token: str) -> list[dict[str, Any]]:
    """The keys that may have signed a token: that of its id, or all where it names none."""
    usable = [
        each
        for each in list(keys.get("keys", ()))[:MOST_KEYS]
        if isinstance(each, dict) and each.get("kty") in KEY_TYPES and each.get("use", "sig") == "sig"
    ]
    kid = _header(token).get("kid")
    named = [each for each in usable if each.get("kid") == kid] if kid is not None else usable
    if not named:
        raise UnknownKey
    return named


def _header(token: str) -> Mapping[str, Any]:
    header: Mapping[str, Any] = extract_compact(token.encode()).headers()
    if header.get("alg") not in ALGORITHMS:
        raise _refused("the ID token is not signed by a public key")
    return header


def _check_parties(claims: Mapping[str, Any], expected: Expected) -> None:
    issuer = expected.issuer
    if expected.any_directory and DIRECTORY_ID.fullmatch(str(claims.get("tid"))):
        issuer = issuer.replace("{tenantid}", str(claims["tid"]))
    if claims.get("iss") != issuer:
        raise _refused("the ID token is of another issuer")
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp")
    if expected.client_id not in audiences or (party is not None and party != expected.client_id):
        raise _refused("the ID token is for another application")
    if len(audiences) > 1 and party is None:
        raise _refused("the ID token does not say which application it is for")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise _refused("the ID token names nobody")


def _check_key(keys: list[dict[str, Any]], claims: Mapping[str, Any]) -> None:
    """Some keys of a provider of many directories sign for one of them only, and say so."""
    for key in keys:
        said = key.get("issuer")
        if isinstance(said, str) and said.replace("{tenantid}", str(claims.get("tid"))) != claims["iss"]:
            raise _refused("the ID token is signed with the key of another directory")


def _check_times(claims: Mapping[str, Any], expected: Expected) -> None:
    expires, issued, begins = claims.get("exp"), claims.get("iat"), claims.get("nbf", 0)
    if not all(isinstance(each, int | float) for each in (expires, issued, begins)):
        raise _refused("the ID token has no times")
    if expires <= expected.now - LEEWAY:  # type: ignore[operator]
        raise _refused("the ID token has expired")
    if max(issued, begins) > expected.now + LEEWAY:
        raise _refused("the ID token is from the future")
    proved = claims.get("auth_time")
    if expected.fresh_since is not None and (
        not isinstance(proved, int | float) or proved < expected.fresh_since - LEEWAY
    ):
        raise _refused("the provider did not ask again who you are")


def _refused(why: str) -> SignInRefused:
    return SignInRefused(f"What the provider sent cannot be trusted: {why}.")
