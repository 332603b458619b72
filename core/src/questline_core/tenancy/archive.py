"""A tenant as one file: JSON lines of every table, its files, and a manifest with versions and checksums.

The file is a ZIP archive, written and read as a stream. All tables are read at one moment. It appears under its name
when it is whole; a run that is lost leaves nothing under that name, and nothing in a database that it was reading into.
"""

import asyncio
import datetime as dt
import hashlib
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID, uuid4

import asyncpg
import msgspec

from questline_core import __version__
from questline_core.tenancy.copying import USAGE, connected, sums
from questline_core.tenancy.tables import TenantTable, revisions, tenant_tables
from questline_sdk import Conflict, Invalid
from questline_sdk.storage import BlobStore

FORMAT = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.json.jws"
ARCHIVES = "exports/"
"""Where a tenant's own archives lie in the store; none of them is put into another."""
TOGETHER = 500
CHAINED = {"number", "previous", "hash", "details_salt", "details_digest", "origin_salt", "origin_digest"}
"""Columns that the database fills in anew where the log is chained for another tenant's id."""
LOG, HEAD = "core.audit_entry", "core.audit_head"
SETTLE_TASKS = """
UPDATE core.tenant_task SET result = CASE kind WHEN 'export' THEN '{}' ELSE result END,
    state = CASE WHEN state IN ('waiting', 'running') THEN 'cancelled' ELSE state END
WHERE tenant_id = $1
"""
"""Nobody works on a copy's tasks, and the archives of the original are not here."""

Step = Callable[[str, int], None]
Sign = Callable[[bytes], str]


class ArchivedTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table's rows in the archive."""

    rows: int
    sha256: str
    checksum: str
    """The database's sum over the rows."""


class ArchivedBlob(msgspec.Struct, frozen=True, kw_only=True):
    """A file in the archive; its name is the key without the tenant's id."""

    size: int
    sha256: str
    content_type: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive holds, and of which versions."""

    format: int
    questline: str
    written_at: dt.datetime
    tenant: dict[str, Any]
    revisions: dict[str, str]
    tables: dict[str, ArchivedTable]
    blobs: dict[str, ArchivedBlob]


async def export_tenant(
    url: str, store: BlobStore, tenant_id: UUID, path: Path, *, on_step: Step, sign: Sign | None = None
) -> Manifest:
    """Write a tenant's archive; `url` is an address of the database it lives in, `sign` signs the manifest."""
    partial = path.with_name(path.name + ".partial")
    file = await asyncio.to_thread(partial.open, "wb")
    with file:
        manifest = await write_tenant(url, store, tenant_id, file, on_step=on_step, sign=sign)
    partial.replace(path)
    return manifest


async def write_tenant(
    url: str, store: BlobStore, tenant_id: UUID, file: BinaryIO, *, on_step: Step, sign: Sign | None = None
) -> Manifest:
    """Write a tenant's archive into an open file."""
    tables: dict[str, ArchivedTable] = {}
    blobs: dict[str, ArchivedBlob] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        async with (
            connected(url, tenant_id) as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            known = await tenant_tables(connection)
            found = await sums(connection, known, tenant_id)
            for table in known:
                digest = await _write_table(connection, archive, table, tenant_id, on_step)
                tables[table.title] = ArchivedTable(
                    rows=found[table.title].rows, sha256=digest, checksum=found[table.title].checksum
                )
            entry = await connection.fetchval("SELECT row_to_json(t)::text FROM core.tenant t WHERE id = $1", tenant_id)
            at = await revisions(connection)
        async for blob in store.list(f"{tenant_id}/"):
            name = blob.key.removeprefix(f"{tenant_id}/")
            if name.startswith(ARCHIVES):
                continue
            digest = await _write_blob(store.stream(blob.key), archive, name)
            blobs[name] = ArchivedBlob(size=blob.size, sha256=digest, content_type=blob.content_type)
            on_step("files", len(blobs))
        manifest = Manifest(
            format=FORMAT,
            questline=__version__,
            written_at=dt.datetime.now(dt.UTC),
            tenant=msgspec.json.decode(entry),
            revisions=at,
            tables=tables,
            blobs=blobs,
        )
        content = msgspec.json.format(msgspec.json.encode(manifest))
        archive.writestr(MANIFEST, content)
        if sign is not None:
            archive.writestr(SIGNATURE, sign(content))
    return manifest


async def import_tenant(
    url: str, store: BlobStore, path: Path, *, slug: str | None = None, on_step: Step
) -> tuple[UUID, Manifest]:
    """Read an archive into a site, all of it or nothing; `url` is the owner's address of the main database.

    The tenant keeps its id where no other has it; else it gets a new one, and its audit log is chained anew.

    Raises:
        Invalid: The file is no archive, or has been damaged.
        Conflict: The slug is taken, or the archive is of another version than this site.
    """
    with _opened(path) as archive:
        manifest = _read_manifest(archive)
        former = UUID(manifest.tenant["id"])
        async with connected(url, former) as connection:
            await _check(connection, manifest, slug or manifest.tenant["slug"])
            taken = await connection.fetchval("SELECT true FROM core.tenant WHERE id = $1", former)
        tenant_id = uuid4() if taken else former
        for name, blob in manifest.blobs.items():
            data = archive.read(f"blobs/{name}")
            _same(hashlib.sha256(data).hexdigest(), blob.sha256, f"blobs/{name}")
            await store.put(f"{tenant_id}/{name}", data, content_type=blob.content_type)
            on_step("files", blob.size)
        async with connected(url, tenant_id) as connection, connection.transaction():
            await _insert_entry(connection, manifest, tenant_id, slug)
            known = await tenant_tables(connection)
            for table in [
                *(each for each in known if each.title != USAGE),
                *(each for each in known if each.title == USAGE),
            ]:
                if table.title in manifest.tables:
                    await _read_table(connection, archive, table, manifest, tenant_id, on_step)
            await connection.execute(SETTLE_TASKS, tenant_id)
            await connection.execute("UPDATE core.tenant SET read_only = false WHERE id = $1", tenant_id)
            await connection.execute("SELECT pg_notify('questline_changed', 'tenants:')")
    return tenant_id, manifest


async def _write_table(
    connection: Any, archive: zipfile.ZipFile, table: TenantTable, tenant_id: UUID, on_step: Step
) -> str:
    digest, rows = hashlib.sha256(), 0
    halves = [table.columns[:40], table.columns[40:]]
    columns = " || ".join(
        "jsonb_build_object(" + ", ".join(f"'{name}', t.\"{name}\"" for name in half) + ")" for half in halves if half
    )
    order = table.listed(table.key)
    query = f"SELECT ({columns})::text AS line FROM {table.sql} AS t WHERE tenant_id = $1 ORDER BY {order}"  # noqa: S608
    with archive.open(f"tables/{table.title}.jsonl", "w", force_zip64=True) as file:
        async for row in connection.cursor(query, tenant_id, prefetch=TOGETHER):
            line = row["line"].encode() + b"\n"
            digest.update(line)
            file.write(line)
            rows += 1
            if rows % TOGETHER == 0:
                on_step(table.title, rows)
    on_step(table.title, rows)
    return digest.hexdigest()


async def _write_blob(chunks: AsyncIterator[bytes], archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(f"blobs/{name}", "w", force_zip64=True) as file:
        async for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise Invalid.field("file", f"{path} cannot be read as an archive: {error}") from None


def _read_manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except (KeyError, msgspec.DecodeError):
        raise Invalid.field("file", "has no manifest; it is no whole archive of a tenant") from None
    if manifest.format != FORMAT:
        raise Invalid.field("file", f"has format {manifest.format}; this version reads {FORMAT}")
    return manifest


async def _check(connection: Any, manifest: Manifest, slug: str) -> None:
    here = await revisions(connection)
    filled = {title.partition(".")[0] for title, table in manifest.tables.items() if table.rows}
    different = sorted(name for name in filled if here.get(name) != manifest.revisions.get(name))
    if different:
        named = ", ".join(f"{name} {manifest.revisions.get(name)} (here {here.get(name)})" for name in different)
        raise Conflict(f"The archive is of other versions than this site: {named}.", code="archive_differs")
    if await connection.fetchval("SELECT true FROM core.tenant WHERE slug = $1", slug):
        raise Conflict(f"There is a tenant {slug!r} already; give another with --slug.", code="slug_taken")


async def _insert_entry(connection: Any, manifest: Manifest, tenant_id: UUID, slug: str | None) -> None:
    """Read-only while its rows arrive, so that no limit refuses them; its host name stays where it was."""
    entry = {
        **manifest.tenant,
        "id": str(tenant_id),
        "slug": slug or manifest.tenant["slug"],
        "host": None,
        "shard": None,
        "read_only": True,
        "state": "active",
        "state_reason": None,
        "delete_at": None,
    }
    await connection.execute(
        "INSERT INTO core.tenant SELECT (json_populate_record(NULL::core.tenant, $1::json)).*",
        msgspec.json.encode(entry).decode(),
    )


async def _read_table(
    connection: Any, archive: zipfile.ZipFile, table: TenantTable, manifest: Manifest, tenant_id: UUID, on_step: Step
) -> None:
    renamed = str(tenant_id) != manifest.tenant["id"]
    if renamed and table.title == HEAD:
        return
    left_out = CHAINED if renamed and table.title == LOG else set()
    columns = tuple(name for name in table.columns if name not in left_out)
    order = "ORDER BY number" if table.title == LOG else ""
    conflict = "ON CONFLICT (tenant_id, what) DO UPDATE SET amount = excluded.amount" if table.title == USAGE else ""
    values = ", ".join("$2::uuid" if name == "tenant_id" else f'"{name}"' for name in columns)
    statement = (
        f"INSERT INTO {table.sql} ({table.listed(columns)}) OVERRIDING SYSTEM VALUE"  # noqa: S608
        f" SELECT {values} FROM json_populate_recordset(NULL::{table.sql}, $1::json) {order} {conflict}"
    )
    digest, done = hashlib.sha256(), 0
    for lines in _batches(archive, f"tables/{table.title}.jsonl"):
        for line in lines:
            digest.update(line)
        try:
            await connection.execute(statement, "[" + b",".join(lines).decode() + "]", tenant_id)
        except asyncpg.PostgresError as error:
            raise Conflict(f"{table.title} cannot be read: {error}", code="archive_differs") from error
        done += len(lines)
        on_step(table.title, done)
    _same(digest.hexdigest(), manifest.tables[table.title].sha256, table.title)


def _batches(archive: zipfile.ZipFile, name: str) -> Iterator[list[bytes]]:
    with archive.open(name) as file:
        lines: list[bytes] = []
        for line in file:
            lines.append(line)
            if len(lines) == TOGETHER:
                yield lines
                lines = []
        if lines:
            yield lines


def _same(found: str, wanted: str, what: str) -> None:
    if found != wanted:
        raise Invalid.field("file", f"{what} has been damaged: its checksum differs")
