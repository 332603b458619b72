"""Blob storage: one protocol over local files and S3."""

from collections.abc import AsyncIterator
from typing import BinaryIO, Protocol

import msgspec


class BlobInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What the store knows of a blob; `size` in bytes."""

    key: str
    size: int
    content_type: str
    etag: str


class BlobStore(Protocol):
    """Stores immutable bytes under keys such as `tenants/<id>/media/<sha256>.svg`."""

    async def put(self, key: str, data: bytes, *, content_type: str) -> BlobInfo:
        """Store a blob durably before returning; the same key again replaces it."""
        ...

    async def put_file(self, key: str, file: BinaryIO, *, content_type: str) -> BlobInfo:
        """Store what an open file holds, from its beginning to its end, without reading it whole into memory."""
        ...

    async def get(self, key: str) -> bytes:
        """Read a whole blob; raises `NotFound`."""
        ...

    def stream(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Read bytes `start` to `end` (exclusive) in chunks; raises `NotFound`."""
        ...

    async def info(self, key: str) -> BlobInfo:
        """Describe a blob without reading it; raises `NotFound`."""
        ...

    async def delete(self, key: str) -> None:
        """Remove a blob; no error where there is none."""
        ...

    def list(self, prefix: str) -> AsyncIterator[BlobInfo]:
        """List the blobs whose keys start with `prefix`, in key order."""
        ...

    async def url(self, key: str, *, expires_in: int) -> str | None:
        """An address that serves the blob for `expires_in` seconds, or None where only the host can serve it."""
        ...
