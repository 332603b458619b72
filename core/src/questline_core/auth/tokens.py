"""Access tokens: short-lived JWTs signed with Ed25519, their key derived from the site's secret."""

import datetime as dt
import hashlib
from functools import lru_cache
from uuid import UUID

import jwt
import msgspec
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from questline_sdk import Unauthenticated

ALGORITHM = "EdDSA"
ISSUER = "questline"
AUDIENCE = "questline-api"
VERIFIED_CACHE = 10_000


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What an access token says: the user, their tenant, role and session, and its end (seconds since 1970)."""

    sub: UUID
    tid: UUID
    role: str
    sid: UUID
    exp: int


class AccessTokens:
    """Issues and verifies access tokens; a verified token is remembered until it expires."""

    def __init__(self, secret: str, *, seconds: int) -> None:
        seed = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"questline access tokens").derive(
            secret.encode()
        )
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self._public = self._private.public_key()
        raw = self._public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        self._key_id = hashlib.sha256(raw).hexdigest()[:16]
        self.seconds = seconds
        self._verified = lru_cache(VERIFIED_CACHE)(self._verify)

    def issue(self, *, user_id: UUID, tenant_id: UUID, role: str, session_id: UUID) -> str:
        """Sign a token that lasts `seconds` from now."""
        now = dt.datetime.now(dt.UTC)
        payload = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + dt.timedelta(seconds=self.seconds),
            "sub": str(user_id),
            "tid": str(tenant_id),
            "role": role,
            "sid": str(session_id),
        }
        return jwt.encode(payload, self._private, algorithm=ALGORITHM, headers={"kid": self._key_id})

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
                self._public,
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
