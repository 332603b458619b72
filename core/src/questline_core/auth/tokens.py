"""Access tokens: short-lived JWTs signed with Ed25519; the header names the key."""

import datetime as dt
from functools import lru_cache
from uuid import UUID, uuid4

import jwt
import msgspec

from questline_core.auth.keys import Key, derived_key
from questline_sdk import Unauthenticated

ALGORITHM = "EdDSA"
ISSUER = "questline"
AUDIENCE = "questline-api"
VERIFIED_CACHE = 10_000
Roles = tuple[str, ...]


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What an access token says: the user, their tenant, role and session, and its end (seconds since 1970)."""

    sub: UUID
    tid: UUID
    role: str
    sid: UUID
    exp: int
    iat: int
    roles: Roles = ()
    """Further roles held in the whole tenant."""
    narrow: Roles = ()
    """Roles held in single courses or over groups."""
    scope: str | None = None
    """Permissions that the token is limited to, with spaces between; None for no limit."""
    client_id: UUID | None = None
    """The service account whose token it is (RFC 9068)."""
    enrol: bool = False
    """Good for nothing but setting up a second factor."""
    consent: bool = False
    """Good for nothing but reading and answering what the site asks people to agree to."""
    imp: UUID | None = None
    """Who acts for the user."""


class AccessTokens:
    """Issues and verifies access tokens; a verified token is remembered until it expires."""

    def __init__(self, secret: str, *, seconds: int) -> None:
        self.seconds = seconds
        self.keys: list[Key] = [derived_key(secret)]
        self._verified = lru_cache(VERIFIED_CACHE)(self._verify)

    def replace_keys(self, keys: list[Key]) -> None:
        """Sign and verify with these keys from now on, oldest first; nothing is remembered of the former."""
        self.keys = keys
        self._verified.cache_clear()

    def issue(
        self,
        *,
        user_id: UUID,
        tenant_id: UUID,
        role: str,
        session_id: UUID,
        roles: Roles = (),
        narrow: Roles = (),
        enrol: bool = False,
        consent: bool = False,
        impersonator_id: UUID | None = None,
    ) -> str:
        """Sign a token that lasts `seconds` from now."""
        payload: dict[str, object] = {
            "sub": str(user_id),
            "tid": str(tenant_id),
            "role": role,
            "sid": str(session_id),
        }
        payload |= {name: list(value) for name, value in (("roles", roles), ("narrow", narrow)) if value}
        if enrol:
            payload["enrol"] = True
        if consent:
            payload["consent"] = True
        if impersonator_id is not None:
            payload["imp"] = str(impersonator_id)
        return self._sign(payload)

    def issue_to_client(
        self, *, client_id: UUID, tenant_id: UUID, key_id: UUID, role: str, roles: Roles, narrow: Roles, scope: str
    ) -> str:
        """Sign a service account's token in the form of RFC 9068; it ends with the key that it was asked for with."""
        payload: dict[str, object] = {
            "sub": str(client_id),
            "client_id": str(client_id),
            "jti": uuid4().hex,
            "scope": scope,
            "tid": str(tenant_id),
            "role": role,
            "roles": list(roles),
            "narrow": list(narrow),
            "sid": str(key_id),
        }
        return self._sign(payload, kind="at+jwt")

    def _sign(self, payload: dict[str, object], kind: str = "JWT") -> str:
        now = dt.datetime.now(dt.UTC)
        payload |= {"iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + dt.timedelta(seconds=self.seconds)}
        key = next(key for key in reversed(self.keys) if key.active_from <= now)
        return jwt.encode(payload, key.private, algorithm=ALGORITHM, headers={"kid": key.id, "typ": kind})

    def verify(self, token: str) -> Claims:
        """Read a token; raises `Unauthenticated` for a forged, foreign or expired one."""
        claims = self._verified(token)
        if claims.exp <= dt.datetime.now(dt.UTC).timestamp():
            raise Unauthenticated("The access token has expired.", code="token_expired")
        return claims

    def _verify(self, token: str) -> Claims:
        try:
            payload = jwt.decode(
                token,
                self._key_of(token).private.public_key(),
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                options={"require": ["exp", "iat", "sub"]},
            )
            return msgspec.convert(payload, Claims)
        except jwt.ExpiredSignatureError:
            raise Unauthenticated("The access token has expired.", code="token_expired") from None
        except (jwt.PyJWTError, msgspec.ValidationError):
            raise Unauthenticated("The access token is not valid.", code="token_invalid") from None

    def _key_of(self, token: str) -> Key:
        """The key that a token names, while it verifies."""
        name, now = jwt.get_unverified_header(token).get("kid"), dt.datetime.now(dt.UTC)
        for key in self.keys:
            if key.id == name and (key.former_until is None or key.former_until > now):
                return key
        raise jwt.InvalidKeyError(name)
