"""Blobs as files of one folder: each holds its description and its bytes, so that both appear in one rename."""

import asyncio
import hashlib
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from questline_core.storage.errors import StorageError, no_blob
from questline_core.storage.keys import SUFFIX, check_key, check_prefix
from questline_sdk import NotFound
from questline_sdk.storage import BlobInfo

MAGIC = b"QLB1"
CHUNK = 256 * 1024
STALE_SECONDS = 24 * 3600
TEMPORARY = ".writing"


class LocalStore:
    """Stores blobs under a folder, durably: written aside, synchronised to disk, then renamed into place."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._swept = False

    async def put(self, key: str, data: bytes, *, content_type: str) -> BlobInfo:
        """Store a blob; it is on the disk when this returns."""
        return await asyncio.to_thread(self._put, check_key(key), data, content_type)

    async def put_file(self, key: str, file: BinaryIO, *, content_type: str) -> BlobInfo:
        """Store what an open file holds, from its beginning to its end; it is on the disk when this returns."""
        return await asyncio.to_thread(self._put_file, check_key(key), file, content_type)

    async def get(self, key: str) -> bytes:
        """Read a whole blob; raises `NotFound`."""
        return await asyncio.to_thread(self._get, check_key(key))

    async def stream(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Read bytes `start` to `end` (exclusive) in chunks; raises `NotFound`."""
        file, left = await asyncio.to_thread(self._open_at, check_key(key), start, end)
        try:
            while left > 0:
                chunk = await asyncio.to_thread(file.read, min(CHUNK, left))
                if not chunk:
                    return
                left -= len(chunk)
                yield chunk
        finally:
            file.close()

    async def info(self, key: str) -> BlobInfo:
        """Describe a blob; raises `NotFound`."""
        return await asyncio.to_thread(self._info, check_key(key))

    async def delete(self, key: str) -> None:
        """Remove a blob, if it is there."""
        await asyncio.to_thread(self._delete, check_key(key))

    async def list(self, prefix: str) -> AsyncIterator[BlobInfo]:
        """List blobs by key."""
        for key in await asyncio.to_thread(_keys, self.root, check_prefix(prefix)):
            with suppress(NotFound):
                yield await asyncio.to_thread(self._info, key)

    async def url(self, key: str, *, expires_in: int) -> str | None:
        """None: only the host can serve a local file."""
        check_key(key)
        del expires_in
        return None

    def _path(self, key: str) -> Path:
        return self.root / (key + SUFFIX)

    def _put(self, key: str, data: bytes, content_type: str) -> BlobInfo:
        etag = hashlib.sha256(data).hexdigest()[:32]
        info = BlobInfo(key=key, size=len(data), content_type=content_type, etag=etag)
        return self._write(info, [data])

    def _put_file(self, key: str, file: BinaryIO, content_type: str) -> BlobInfo:
        digest = hashlib.sha256()
        file.seek(0)
        while chunk := file.read(CHUNK):
            digest.update(chunk)
        info = BlobInfo(key=key, size=file.tell(), content_type=content_type, etag=digest.hexdigest()[:32])
        file.seek(0)
        return self._write(info, iter(partial(file.read, CHUNK), b""))

    def _write(self, info: BlobInfo, chunks: Iterable[bytes]) -> BlobInfo:
        head = msgspec.json.encode(info)
        path = self._path(info.key)
        with _disk_errors(info.key):
            _make_folder(path.parent)
            temporary = self.root / TEMPORARY
            temporary.mkdir(exist_ok=True)
            self._sweep(temporary)
            descriptor, name = tempfile.mkstemp(dir=temporary)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.writelines((MAGIC, len(head).to_bytes(4, "big"), head))
                    file.writelines(chunks)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            _sync_folder(path.parent)
        return info

    def _sweep(self, temporary: Path) -> None:
        """Remove, once per process, what a killed process left half-written."""
        if self._swept:
            return
        self._swept = True
        for left in temporary.iterdir():
            with suppress(FileNotFoundError):
                if time.time() - left.stat().st_mtime > STALE_SECONDS:
                    left.unlink()

    def _open(self, key: str) -> tuple[BinaryIO, BlobInfo]:
        with _disk_errors(key):
            file = self._path(key).open("rb")
        try:
            if file.read(len(MAGIC)) != MAGIC:
                raise StorageError(f"The file of the blob {key!r} is damaged.", code="blob_damaged")
            head = file.read(int.from_bytes(file.read(4), "big"))
            return file, msgspec.json.decode(head, type=BlobInfo)
        except BaseException:
            file.close()
            raise

    def _open_at(self, key: str, start: int, end: int | None) -> tuple[BinaryIO, int]:
        file, info = self._open(key)
        file.seek(start, os.SEEK_CUR)
        return file, (info.size if end is None else min(end, info.size)) - start

    def _get(self, key: str) -> bytes:
        file, _ = self._open(key)
        with file:
            return file.read()

    def _info(self, key: str) -> BlobInfo:
        file, info = self._open(key)
        file.close()
        return info

    def _delete(self, key: str) -> None:
        path = self._path(key)
        with suppress(FileNotFoundError, NotADirectoryError), _disk_errors(key, missing=False):
            path.unlink()
            _sync_folder(path.parent)


@contextmanager
def _disk_errors(key: str, *, missing: bool = True) -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        if not missing:
            raise
        raise no_blob(key) from None
    except OSError as error:
        raise StorageError(f"The blob folder cannot be used: {error.strerror}.", retry_after=5) from error


def _keys(root: Path, prefix: str) -> list[str]:
    folder = root / prefix.rpartition("/")[0]
    keys = (path.relative_to(root).as_posix() for path in folder.rglob(f"*{SUFFIX}") if path.is_file())
    return sorted(key.removesuffix(SUFFIX) for key in keys if key.startswith(prefix))


def _make_folder(folder: Path) -> None:
    """Create a folder and its parents, each of them on the disk when this returns."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir()
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
