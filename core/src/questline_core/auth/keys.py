"""Signing keys of access tokens: made by an operator, wrapped by the key ring, known to every process before their use.

Before the first rotation tokens are signed with a key derived from the site's secret. A key verifies until every token
that it can have signed has expired.
"""

import base64
import datetime as dt
import hashlib
import itertools
from contextlib import suppress

import msgspec
import structlog
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from questline_core.auth.models import SigningKey
from questline_core.auth.sealing import Sealer, SealError
from questline_core.db.engine import open_session
from questline_core.encryption.ring import KeyRing
from questline_core.plugins.enablement import announce
from questline_sdk.db import SealedError

SEALED_FOR = "signing key"
FORMER = b"\x01"
"""How values begin that were sealed under the site's secret, before there was a key ring."""
LEAD = dt.timedelta(seconds=10)
"""A new key signs only after this, when every process has heard of it."""
LONGEST_TOKEN = dt.timedelta(hours=1)
ANNOUNCED = "keys:"
BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
log = structlog.get_logger()


class JsonWebKey(msgspec.Struct, frozen=True, kw_only=True):
    """The public half of a key (RFC 8037)."""

    kid: str
    x: str
    kty: str = "OKP"
    crv: str = "Ed25519"
    alg: str = "EdDSA"
    use: str = "sig"


class KeySet(msgspec.Struct, frozen=True, kw_only=True):
    """Public keys (JSON Web Key Set, RFC 7517)."""

    keys: list[JsonWebKey]


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """A key pair (Ed25519), and from when on it signs."""

    id: str
    private: Ed25519PrivateKey
    active_from: dt.datetime
    former_until: dt.datetime | None = None
    """Until when it still verifies once it has a successor; None for the newest."""

    @property
    def jwk(self) -> JsonWebKey:
        """The public half."""
        return JsonWebKey(kid=self.id, x=base64.urlsafe_b64encode(raw_public(self.private)).decode().rstrip("="))


def derived_key(secret: str) -> Key:
    """The key that follows from the site's secret."""
    seed = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"questline access tokens").derive(
        secret.encode()
    )
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return Key(id=key_id(private), private=private, active_from=BEGINNING)


def key_id(private: Ed25519PrivateKey) -> str:
    """A key's name: the beginning of the public half's SHA-256."""
    return hashlib.sha256(raw_public(private)).hexdigest()[:16]


def raw_public(private: Ed25519PrivateKey) -> bytes:
    """The public half's 32 bytes."""
    return private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def in_order(keys: list[Key]) -> list[Key]:
    """Oldest first, each knowing until when it verifies: an hour after its successor began."""
    ordered = sorted(keys, key=lambda key: key.active_from)
    ends: list[dt.datetime | None] = [key.active_from + LONGEST_TOKEN for key in ordered[1:]] + [None]
    return [msgspec.structs.replace(key, former_until=end) for key, end in zip(ordered, ends, strict=True)]


async def read_keys(session: AsyncSession, ring: KeyRing, secret: str) -> list[Key]:
    """Every key, oldest first; one that the key ring does not open is left out and logged."""
    keys = [derived_key(secret)]
    for row in await session.scalars(select(SigningKey).order_by(SigningKey.active_from)):
        try:
            private = Ed25519PrivateKey.from_private_bytes(open_key(row, ring, secret))
        except (SealError, SealedError, ValueError) as error:
            log.warning("a signing key does not open and is not used", key=row.id, reason=str(error))
            continue
        keys.append(Key(id=row.id, private=private, active_from=row.active_from))
    return in_order(keys)


def open_key(row: SigningKey, ring: KeyRing, secret: str) -> bytes:
    """The private half of a stored key; one from before there was a ring is sealed under the site's secret."""
    if row.sealed[:1] == FORMER:
        return Sealer(secret, SEALED_FOR).open(row.sealed, of=row.id.encode())
    return ring.unwrap(row.sealed, of=wrapped_as(row.id))


def wrapped_as(name: str) -> bytes:
    """What a wrapped signing key is bound to."""
    return b"questline signing key" + name.encode()


async def rotate_keys(owner_engine: AsyncEngine, ring: KeyRing, *, now: dt.datetime) -> str:
    """Make a new key and tell every process; keys that verify nothing any more are removed. Returns its id."""
    private = Ed25519PrivateKey.generate()
    raw = private.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    name = key_id(private)
    async with open_session(owner_engine, None) as session:
        rows = list(await session.scalars(select(SigningKey).order_by(SigningKey.active_from)))
        for row, successor in itertools.pairwise(rows):
            if successor.active_from + LONGEST_TOKEN < now:
                await session.delete(row)
        session.add(SigningKey(id=name, sealed=ring.wrap(raw, of=wrapped_as(name)), active_from=now + LEAD))
        await announce(session, ANNOUNCED)
        await session.commit()
    return name


async def rewrap_keys(owner_engine: AsyncEngine, ring: KeyRing, secret: str) -> None:
    """Wrap every signing key by the ring's active key; one that does not open stays as it is."""
    async with open_session(owner_engine, None) as session:
        for row in await session.scalars(select(SigningKey).with_for_update()):
            with suppress(SealError, SealedError):
                row.sealed = ring.wrap(open_key(row, ring, secret), of=wrapped_as(row.id))
        await session.commit()


def public_keys(keys: list[Key], now: dt.datetime) -> KeySet:
    """Every key that verifies, or will soon."""
    return KeySet(keys=[key.jwk for key in keys if key.former_until is None or key.former_until > now])
