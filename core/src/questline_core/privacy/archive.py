"""The archive that a person takes along: JSON by area, schemas, files, a manifest with checksums and its signature."""

import asyncio
import datetime as dt
import hashlib
import re
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import IO, Any, BinaryIO
from uuid import UUID

import msgspec

from questline_core.auth.accounts import get_user
from questline_core.context import HostContext
from questline_core.privacy.collect import Area, areas, owners
from questline_core.privacy.json_stream import encode
from questline_core.privacy.readme import readme
from questline_core.privacy.register import notes_of
from questline_core.privacy.shapes import DIALECT, Shape
from questline_core.privacy.signing import ArchiveKey
from questline_sdk import NotFound
from questline_sdk.privacy import PersonalFile

FORMAT = "questline-archive/1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.json.jws"
BUFFER = 256 * 1024
OnStep = Callable[[str, int, int], Awaitable[None]]


class ArchivedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of an archive, its length and SHA-256."""

    path: str
    bytes: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive holds, about whom, from which site."""

    format: str
    site: str
    tenant: str
    user_id: UUID
    created_at: dt.datetime
    files: list[ArchivedFile]


class Writer:
    """Writes one archive, a piece at a time."""

    def __init__(self, file: BinaryIO, now: dt.datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._time = now.timetuple()[:6]
        self._taken: set[str] = set()
        self.files: list[ArchivedFile] = []
        self.wanted: list[tuple[str, PersonalFile]] = []

    def name_file(self, owner: str, file: PersonalFile) -> str:
        """Say where a file goes, and remember to put it there."""
        stem, dot, ending = re.sub(r"[^\w.-]+", "-", file.name).strip(".-").rpartition(".")
        stem, ending = (stem or "file", dot + ending) if dot else (ending or "file", "")
        path, number = f"files/{owner}/{stem}{ending}", 1
        while path in self._taken:
            number += 1
            path = f"files/{owner}/{stem}-{number}{ending}"
        self._taken.add(path)
        self.wanted.append((path, file))
        return path

    async def write(self, path: str, pieces: AsyncIterator[bytes]) -> None:
        """Write a file of pieces."""
        digest, size, buffer = hashlib.sha256(), 0, bytearray()
        info = zipfile.ZipInfo(path, self._time)
        info.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=True) as member:
            async for piece in pieces:
                buffer += piece
                if len(buffer) >= BUFFER:
                    size += await _flush(member, digest, buffer)
            size += await _flush(member, digest, buffer)
        self.files.append(ArchivedFile(path=path, bytes=size, sha256=digest.hexdigest()))

    async def write_bytes(self, path: str, content: bytes) -> None:
        """Write a small file."""

        async def once() -> AsyncIterator[bytes]:
            yield content

        await self.write(path, once())

    def close(self) -> None:
        """Write the directory of the archive."""
        self._zip.close()


async def write_archive(ctx: HostContext, user_id: UUID, file: BinaryIO, *, on_step: OnStep) -> Manifest:
    """Write everything that is kept of a person; memory stays flat. Raises `NotFound`.

    Args:
        ctx: A unit of work for reading.
        user_id: Whose data.
        file: Where to; must be seekable.
        on_step: Told before each step: its name, how many are done, and of how many.
    """
    user = await get_user(ctx, user_id)
    tenant = await ctx.host.tenants.get(ctx.tenant_id)
    total = len(owners(ctx)) + 2
    writer, done = Writer(file, ctx.now), 0
    async for area in areas(ctx, user_id):
        await on_step(area.owner, done, total)
        await _write_area(ctx, writer, area)
        done += 1
    await on_step("files", done, total)
    for path, wanted in writer.wanted:
        try:
            await ctx.host.store.info(wanted.key)
        except NotFound:
            continue
        await writer.write(path, ctx.host.store.stream(wanted.key))
    await on_step("seal", done + 1, total)
    await writer.write_bytes("README.txt", readme(user.locale, site=tenant.name, name=user.display_name))
    manifest = Manifest(
        format=FORMAT,
        site=tenant.name,
        tenant=tenant.slug,
        user_id=user_id,
        created_at=ctx.now,
        files=sorted(writer.files, key=lambda each: each.path),
    )
    content = msgspec.json.format(msgspec.json.encode(manifest))
    await writer.write_bytes(MANIFEST, content)
    await writer.write_bytes(SIGNATURE, ArchiveKey.of(ctx.host.settings).sign(content).encode())
    await asyncio.to_thread(writer.close)
    return manifest


async def _write_area(ctx: HostContext, writer: Writer, area: Area) -> None:
    shape = Shape()
    place = "core" if area.owner == "core" else f"plugins/{area.owner}"

    def name_file(file: PersonalFile) -> str:
        return writer.name_file(area.owner, file)

    await writer.write(f"{place}.json", encode(area.data, shape, name_file))
    schema = {"$schema": DIALECT, "title": f"What {area.owner} keeps of a person"}
    schema |= shape.schema(notes_of(ctx.host.registry, area.owner))
    await writer.write_bytes(f"schemas/{place}.schema.json", msgspec.json.format(msgspec.json.encode(schema)))


async def _flush(member: IO[bytes], digest: Any, buffer: bytearray) -> int:
    content = bytes(buffer)
    buffer.clear()
    digest.update(content)
    if content:
        await asyncio.to_thread(member.write, content)
    return len(content)
