"""The key that signs archives, and checking what it signed.

It follows from the site's secret and is not one of those that sign access tokens: those are removed a while after a
rotation, and an archive must be verifiable as long as somebody keeps it.
"""

import base64
import hashlib
import re
import zipfile
import zlib
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from questline_core.auth.keys import JsonWebKey, KeySet, key_id, raw_public
from questline_core.settings import Settings

PURPOSE = b"questline archives"
COMPACT = re.compile(r"([\w-]+)\.\.([\w-]+)")
CHUNK = 256 * 1024
LARGEST_MANIFEST = 64 * 1024 * 1024


class ArchiveError(Exception):
    """The file is no archive of this site, or not as the site wrote it; the message says what is wrong."""


class ArchiveKey:
    """A site's key for archives."""

    def __init__(self, secret: str) -> None:
        seed = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.id = key_id(self._private)

    @classmethod
    def of(cls, settings: Settings) -> "ArchiveKey":
        """The key that follows from the site's secret."""
        return cls(settings.require("secret_key"))

    @property
    def public(self) -> KeySet:
        """The public half."""
        return KeySet(keys=[JsonWebKey(kid=self.id, x=_encode(raw_public(self._private)))])

    def sign(self, content: bytes) -> str:
        """A JWS with detached content."""
        header = _encode(msgspec.json.encode({"alg": "EdDSA", "kid": self.id}))
        return f"{header}..{_encode(self._private.sign(f'{header}.{_encode(content)}'.encode()))}"


def verify_signature(content: bytes, signature: str, keys: KeySet) -> str:
    """Check a JWS with detached content; returns the key's id. Raises `ArchiveError`."""
    match = COMPACT.fullmatch(signature.strip())
    if match is None:
        raise ArchiveError("the signature is no JWS with detached content")
    header, signed = match.groups()
    try:
        said = msgspec.json.decode(_decode(header), type=dict[str, str])
    except (msgspec.DecodeError, ValueError):
        raise ArchiveError("the signature's header cannot be read") from None
    if said.keys() != {"alg", "kid"} or said["alg"] != "EdDSA":
        raise ArchiveError("the signature is of an unknown kind")
    key = next((each for each in keys.keys if each.kid == said["kid"]), None)
    if key is None:
        raise ArchiveError(f"it is signed with the key {said['kid']}, which is not this site's")
    try:
        public = Ed25519PublicKey.from_public_bytes(_decode(key.x))
        public.verify(_decode(signed), f"{header}.{_encode(content)}".encode())
    except (InvalidSignature, ValueError):
        raise ArchiveError("the signature does not fit: the manifest was altered") from None
    return said["kid"]


def verify_archive(path: Path, keys: KeySet) -> "Verified":
    """Check that an archive is whole, unaltered and signed with one of the keys; raises `ArchiveError`."""
    from questline_core.privacy.archive import FORMAT, MANIFEST, SIGNATURE, Manifest

    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if len(set(names)) != len(names) or not {MANIFEST, SIGNATURE} <= set(names):
                raise ArchiveError("it has no manifest with a signature, or two files of one name")
            if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise ArchiveError("its manifest is too large")
            content = archive.read(MANIFEST)
            kid = verify_signature(content, archive.read(SIGNATURE).decode("ascii", "replace"), keys)
            manifest = msgspec.json.decode(content, type=Manifest)
            if manifest.format != FORMAT:
                raise ArchiveError(f"its format is {manifest.format}, not {FORMAT}")
            known = {each.path: each for each in manifest.files}
            if added := sorted(set(names) - known.keys() - {MANIFEST, SIGNATURE}):
                raise ArchiveError(f"{added[0]} was added")
            for each in manifest.files:
                _check(archive, names, each.path, each.bytes, each.sha256)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError(f"it cannot be read: {error}") from None
    except msgspec.DecodeError as error:
        raise ArchiveError(f"its manifest cannot be read: {error}") from None
    return Verified(key=kid, site=manifest.site, user_id=str(manifest.user_id), files=len(manifest.files))


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """An archive that is as the site wrote it."""

    key: str
    site: str
    user_id: str
    files: int


def _check(archive: zipfile.ZipFile, names: list[str], path: str, size: int, sha256: str) -> None:
    if path not in names:
        raise ArchiveError(f"{path} is missing")
    digest, left = hashlib.sha256(), size
    with archive.open(path) as member:
        while left >= 0 and (chunk := member.read(CHUNK)):
            digest.update(chunk)
            left -= len(chunk)
    if left != 0 or digest.hexdigest() != sha256:
        raise ArchiveError(f"{path} was altered")


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
