"""What a sealed value looks like: version, id of the data key, nonce, AES-256-GCM."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from questline_sdk.db.sealed import Ciphertext, SealedError

VERSION = b"\x02"
NONCE_BYTES = 12
HEADER_BYTES = 17


def place(tenant_id: UUID, table: str, column: str, row: Mapping[str, Any]) -> bytes:
    """What a sealed value is bound to: taken elsewhere, it does not open.

    Args:
        tenant_id: The tenant.
        table: With its schema: `core.totp`.
        column: The column's name.
        row: The row's key, without the tenant.
    """
    key = [[name, str(row[name])] for name in sorted(row)]
    return msgspec.json.encode([str(tenant_id), table, column, key])


def seal(key_id: UUID, cipher: AESGCM, plain: bytes, of: bytes) -> Ciphertext:
    """Encrypt for a place."""
    header, nonce = VERSION + key_id.bytes, secrets.token_bytes(NONCE_BYTES)
    return Ciphertext(header + nonce + cipher.encrypt(nonce, plain, header + of))


def key_of(sealed: bytes) -> UUID:
    """The data key that sealed a value; raises `SealedError` where it names none."""
    if sealed[:1] != VERSION or len(sealed) < HEADER_BYTES + NONCE_BYTES:
        raise SealedError("it is sealed in an unknown way")
    return UUID(bytes=bytes(sealed[1:HEADER_BYTES]))


def unseal(cipher: AESGCM, sealed: bytes, of: bytes) -> bytes:
    """Decrypt what was sealed for this place; raises `SealedError`."""
    header, nonce = bytes(sealed[:HEADER_BYTES]), bytes(sealed[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES])
    try:
        return cipher.decrypt(nonce, bytes(sealed[HEADER_BYTES + NONCE_BYTES :]), header + of)
    except (InvalidTag, ValueError):
        raise SealedError("it was altered, or belongs to another row") from None
