"""Sealing: what must be kept or handed out but not read, encrypted with AES-256-GCM under keys of the site's secret."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
NONCE_BYTES = 12


class SealError(Exception):
    """The bytes were not sealed with this secret for this purpose, or have been altered."""


class Sealer:
    """Seals bytes for one purpose; what was sealed for another does not open."""

    def __init__(self, secret: str, purpose: str) -> None:
        derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"questline sealed {purpose}".encode())
        self._cipher = AESGCM(derive.derive(secret.encode()))

    def seal(self, data: bytes, *, of: bytes = b"") -> bytes:
        """Encrypt; `of` names the record it belongs to, and only together with the same name does it open."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, data, of)

    def open(self, sealed: bytes, *, of: bytes = b"") -> bytes:
        """Decrypt; raises `SealError`."""
        body = sealed[1:]
        if sealed[:1] != VERSION:
            raise SealError("sealed in an unknown way")
        try:
            return self._cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], of)
        except (InvalidTag, ValueError):
            raise SealError("sealed with another secret, or altered") from None
