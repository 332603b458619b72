"""The key ring: the keys that wrap the tenants' data keys, by id. It never lies in the database."""

import base64
import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from questline_core.settings import Settings, SettingsError
from questline_sdk.db.sealed import SealedError

KEY_BYTES = 32
NONCE_BYTES = 12
VERSION = b"\x03"
IDENTIFIER = re.compile(r"[A-Za-z0-9._-]{1,64}")


class KeyRing:
    """Keys by id; the first wraps, all unwrap. What is wrapped names its key."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        self._ciphers = {name: AESGCM(key) for name, key in keys.items()}
        self.active = next(iter(keys))

    @classmethod
    def of(cls, settings: Settings) -> "KeyRing":
        """The keys of the settings, and behind them the one that follows from the site's secret.

        Raises:
            SettingsError: The ring cannot be read.
        """
        keys: dict[str, bytes] = {}
        for where, text in _sources(settings):
            for name, key in _parse(where, text):
                if keys.setdefault(name, key) != key:
                    raise SettingsError(f"{where}: there are two keys with the id {name!r}")
        name, key = derived_key(settings.require("secret_key"))
        return cls({**keys, name: key})

    @property
    def ids(self) -> list[str]:
        """Every key's id, the active one first."""
        return list(self._ciphers)

    def wrap(self, plain: bytes, *, of: bytes) -> bytes:
        """Encrypt under the active key; `of` names the record, and only together with the same name does it open."""
        header = VERSION + bytes([len(self.active)]) + self.active.encode()
        nonce = secrets.token_bytes(NONCE_BYTES)
        return header + nonce + self._ciphers[self.active].encrypt(nonce, plain, header + of)

    def unwrap(self, wrapped: bytes, *, of: bytes) -> bytes:
        """Decrypt; raises `SealedError`."""
        name = ring_key_of(wrapped)
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise SealedError(f"the key ring has no key {name!r}")
        header, body = wrapped[: 2 + len(name)], wrapped[2 + len(name) :]
        try:
            return cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], header + of)
        except (InvalidTag, ValueError):
            raise SealedError(f"it was not wrapped by the ring's key {name!r}, or has been altered") from None


def ring_key_of(wrapped: bytes) -> str:
    """The id of the key that wrapped something; raises `SealedError` where it names none."""
    if wrapped[:1] != VERSION or len(wrapped) < 2 + wrapped[1]:
        raise SealedError("it is wrapped in an unknown way")
    return wrapped[2 : 2 + wrapped[1]].decode(errors="replace")


def derived_key(secret: str) -> tuple[str, bytes]:
    """The key of a site that sets none: it follows from the secret, and so does its id."""
    derive = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=b"questline key ring")
    key = derive.derive(secret.encode())
    return f"derived-{hashlib.sha256(key).hexdigest()[:8]}", key


def new_ring_key(name: str) -> str:
    """A line for the ring; raises `ValueError` for an id that cannot be one."""
    if not IDENTIFIER.fullmatch(name):
        raise ValueError("an id is made of up to 64 letters, digits, '.', '_' and '-'")
    return f"{name}:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}"


def _sources(settings: Settings) -> Iterator[tuple[str, str]]:
    if settings.encryption_keys:
        yield "encryption_keys", settings.encryption_keys
    if settings.encryption_keys_file:
        path = Path(settings.encryption_keys_file).expanduser()
        try:
            yield str(path), path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"encryption_keys_file: {path} cannot be read: {type(error).__name__}") from None


def _parse(where: str, text: str) -> Iterator[tuple[str, bytes]]:
    lines = (line.partition("#")[0].strip() for line in text.replace(",", "\n").splitlines())
    for number, line in enumerate(filter(None, lines), start=1):
        name, _, value = (part.strip() for part in line.partition(":"))
        if not IDENTIFIER.fullmatch(name):
            raise SettingsError(f"{where}: key {number} has no id; write <id>:<32 bytes in base64>")
        try:
            key = base64.b64decode(value, validate=True)
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise SettingsError(f"{where}: the key {name!r} is not 32 bytes in base64")
        yield name, key
