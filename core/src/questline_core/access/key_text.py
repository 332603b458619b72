"""What an API key looks like: `qlk_`, a name, and a secret whose checksum lets scanners tell it from other words.

`qlk_<12: name>_<22: tenant><32: secret><6: CRC-32 of all before>`, in digits and letters. The secret has 190 bits, so
one round of SHA-256 is enough to keep it.
"""

import hashlib
import re
import secrets
import string
import zlib
from uuid import UUID

import msgspec

START = "qlk_"
ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
NAME_LENGTH = 12
TENANT_LENGTH = 22
SECRET_LENGTH = 32
CHECKSUM_LENGTH = 6
SHAPE = re.compile(r"(qlk_[0-9A-Za-z]{12})_([0-9A-Za-z]{22})[0-9A-Za-z]{38}", re.ASCII)


class KeyText(msgspec.Struct, frozen=True, kw_only=True):
    """A key as it is handed out, once."""

    text: str
    prefix: str
    """How it begins; enough to recognise it, of no use to anybody."""
    tenant_id: UUID

    @property
    def digest(self) -> bytes:
        """What the database knows of it."""
        return hashlib.sha256(self.text.encode()).digest()


def new_key(tenant_id: UUID) -> KeyText:
    """A fresh random key of a tenant."""
    prefix = START + _random(NAME_LENGTH)
    body = f"{prefix}_{_base62(tenant_id.int, TENANT_LENGTH)}{_random(SECRET_LENGTH)}"
    return KeyText(text=body + _checksum(body), prefix=prefix, tenant_id=tenant_id)


def read_key(text: str) -> KeyText | None:
    """The key that a text is; None for one that was never handed out, such as one with a typing error."""
    found = SHAPE.fullmatch(text)
    if found is None or _checksum(text[:-CHECKSUM_LENGTH]) != text[-CHECKSUM_LENGTH:]:
        return None
    tenant = 0
    for letter in found[2]:
        tenant = tenant * len(ALPHABET) + ALPHABET.index(letter)
    if tenant >= 1 << 128:
        return None
    return KeyText(text=text, prefix=found[1], tenant_id=UUID(int=tenant))


def _checksum(body: str) -> str:
    return _base62(zlib.crc32(body.encode()), CHECKSUM_LENGTH)


def _base62(number: int, length: int) -> str:
    letters = []
    for _ in range(length):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(reversed(letters))


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
