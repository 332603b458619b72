"""Files of a folder over HTTP: kept in memory with their gzip form, revalidated when the file changes."""

import asyncio
import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response

from questline_sdk import NotFound

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
MIN_GZIP = 512
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
COMPRESSED = {".css", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest"}


class StaticFile(msgspec.Struct, frozen=True):
    """A file in memory."""

    content: bytes
    zipped: bytes | None
    content_type: str
    etag: str


def child(folder: Path, name: str) -> Path | None:
    """The file of this relative name inside a folder; None where there is none, or where the name leads out of it."""
    names = name.strip("/").split("/")
    if any(each in {"", ".", ".."} or "\\" in each or "\0" in each for each in names):
        return None
    try:
        path = folder.joinpath(*names).resolve()
        return path if path.is_file() and path.is_relative_to(folder.resolve()) else None
    except OSError:
        return None


async def serve(
    request: Request[Any, Any, Any], folder: Path, name: str, *, caching: str, headers: dict[str, str] | None = None
) -> Response[bytes]:
    """Answer with a file of a folder; raises `NotFound` where there is none."""
    path = child(folder, name)
    if path is None:
        raise NotFound("There is no such file.", code="file_not_found")
    file = await load(path)
    answer = {"etag": file.etag, "cache-control": caching, "vary": "accept-encoding", **(headers or {})}
    if file.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=answer, media_type=file.content_type)
    content = file.content
    if file.zipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content = file.zipped
        answer["content-encoding"] = "gzip"
    return Response(content, headers=answer, media_type=file.content_type)


async def load(path: Path) -> StaticFile:
    """Read a file, from memory where it has not changed."""
    version = _version(path)
    found = _files.get(path)
    if found is None or found[0] != version:
        found = _files[path] = (version, await asyncio.to_thread(_read, path))
    return found[1]


_files: dict[Path, tuple[tuple[int, int], StaticFile]] = {}


def _version(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    zipped = gzip.compress(content, 9, mtime=0) if path.suffix in COMPRESSED and len(content) >= MIN_GZIP else None
    if zipped is not None and len(zipped) >= len(content):
        zipped = None
    etag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    return StaticFile(content=content, zipped=zipped, content_type=content_type(path.suffix), etag=etag)


@lru_cache(maxsize=256)
def content_type(suffix: str) -> str:
    """The content type of a file name's ending."""
    return TYPES.get(suffix) or mimetypes.types_map.get(suffix) or "application/octet-stream"
