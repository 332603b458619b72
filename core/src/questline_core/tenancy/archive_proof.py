"""Whether an archive of a tenant is from a site, whole and unaltered."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from questline_core.auth.keys import KeySet
from questline_core.privacy.signing import LARGEST_MANIFEST, ArchiveError, verify_signature
from questline_core.tenancy.archive import FORMAT, MANIFEST, SIGNATURE, Manifest

CHUNK = 256 * 1024


class VerifiedTenant(msgspec.Struct, frozen=True, kw_only=True):
    """An archive that is as the site wrote it."""

    key: str
    slug: str
    tables: int
    files: int


def verify_tenant_archive(path: Path, keys: KeySet) -> VerifiedTenant:
    """Check that an archive of a tenant is whole, unaltered and signed with one of the keys; raises `ArchiveError`."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if len(set(names)) != len(names) or not {MANIFEST, SIGNATURE} <= set(names):
                raise ArchiveError("it has no manifest with a signature, or two files of one name")
            if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise ArchiveError("its manifest is too large")
            content = archive.read(MANIFEST)
            key = verify_signature(content, archive.read(SIGNATURE).decode("ascii", "replace"), keys)
            manifest = msgspec.json.decode(content, type=Manifest)
            if manifest.format != FORMAT:
                raise ArchiveError(f"its format is {manifest.format}, not {FORMAT}")
            wanted = dict(_wanted(manifest))
            if added := sorted(set(names) - wanted.keys() - {MANIFEST, SIGNATURE}):
                raise ArchiveError(f"{added[0]} was added")
            for name, sha256 in wanted.items():
                if name not in names:
                    raise ArchiveError(f"{name} is missing")
                if _digest(archive, name) != sha256:
                    raise ArchiveError(f"{name} was altered")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError(f"it cannot be read: {error}") from None
    except msgspec.DecodeError as error:
        raise ArchiveError(f"its manifest cannot be read: {error}") from None
    return VerifiedTenant(key=key, slug=manifest.tenant["slug"], tables=len(manifest.tables), files=len(manifest.blobs))


def _wanted(manifest: Manifest) -> Iterator[tuple[str, str]]:
    for title, table in manifest.tables.items():
        yield f"tables/{title}.jsonl", table.sha256
    for name, blob in manifest.blobs.items():
        yield f"blobs/{name}", blob.sha256


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while chunk := member.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
