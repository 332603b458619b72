"""Removes what an uninstalled plugin has left in the database, after writing all of it to an archive."""

import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from questline_core.generations import ledger
from questline_core.generations.errors import OperationError
from questline_core.generations.tenants import set_tenant, tenant_ids

TABLES = """
SELECT c.relname AS name, EXISTS (
    SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped) AS tenants
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
"""
ABOUT_PLUGINS = """
SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'plugin_id'
WHERE c.relnamespace = 'core'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
"""
"""Core's tables with tenants' rows about a plugin: who has it on, its settings, its parked jobs."""
OF_PLUGIN = "starts_with(field, $1 || '.')"
"""Which of people's values in custom fields of their profiles are a plugin's."""
PROFILES = "core.profile_value"
BATCH = 1000


class Remains(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a plugin."""

    id: str
    schema: bool
    tables: dict[str, int] = {}
    """Rows of each table."""
    profile_values: int = 0
    """What people have in the plugin's fields of their profiles."""
    jobs: int = 0


class ArchiveManifest(msgspec.Struct, frozen=True, kw_only=True):
    """`manifest.json` of an archive."""

    plugin: str
    revision: str | None
    tables: dict[str, int]


async def remains_of(connection: ledger.Connection, plugin_id: str) -> Remains:
    """Look what an uninstalled plugin has left."""
    tables = {}
    async with connection.transaction(readonly=True):
        for row in await connection.fetch(TABLES, plugin_id):
            if row["name"] != "alembic_version":
                tables[row["name"]] = await _count(connection, f'"{plugin_id}"."{row["name"]}"', tenants=row["tenants"])
    heads = await ledger.heads(connection, [plugin_id])
    async with connection.transaction(readonly=True):
        values = 0
        for tenant_id in await tenant_ids(connection):
            await set_tenant(connection, tenant_id)
            values += await connection.fetchval(f"SELECT count(*) FROM core.profile_value WHERE {OF_PLUGIN}", plugin_id)  # noqa: S608
    jobs = await connection.fetchval("SELECT count(*) FROM queue.pgqueuer WHERE entrypoint = $1", plugin_id)
    return Remains(id=plugin_id, schema=heads[plugin_id].schema, tables=tables, jobs=jobs, profile_values=values)


async def export(connection: ledger.Connection, plugin_id: str, target: Path) -> ArchiveManifest:
    """Write a plugin's rows to a zip archive, a JSON line each: of its schema, and of people's fields that are its.

    Raises:
        OperationError: The file cannot be written.
    """
    partial = target.with_name(f".{target.name}.partial")
    heads = await ledger.heads(connection, [plugin_id])
    counts: dict[str, int] = {}
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                for table in await connection.fetch(TABLES, plugin_id):
                    counts[table["name"]] = 0
                    with archive.open(f"{table['name']}.jsonl", "w", force_zip64=True) as lines:
                        async for line in _lines(connection, plugin_id, table):
                            lines.write(line.encode() + b"\n")
                            counts[table["name"]] += 1
                counts[PROFILES] = 0
                with archive.open(f"{PROFILES}.jsonl", "w", force_zip64=True) as lines:
                    for tenant_id in await tenant_ids(connection):
                        await set_tenant(connection, tenant_id)
                        query = f"SELECT row_to_json(t)::text FROM {PROFILES} t WHERE {OF_PLUGIN}"  # noqa: S608
                        async for row in connection.cursor(query, plugin_id, prefetch=BATCH):
                            lines.write(row[0].encode() + b"\n")
                            counts[PROFILES] += 1
            manifest = ArchiveManifest(plugin=plugin_id, revision=heads[plugin_id].revision, tables=counts)
            archive.writestr("manifest.json", msgspec.json.format(msgspec.json.encode(manifest)))
        partial.rename(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise OperationError(f"{target} cannot be written: {error.strerror}; nothing was removed") from error
    return manifest


async def remove(connection: ledger.Connection, plugin_id: str) -> None:
    """Drop a plugin's schema and every row of core and of the queue that is about it, in one transaction."""
    async with connection.transaction():
        await connection.execute(f'DROP SCHEMA IF EXISTS "{plugin_id}" CASCADE')
        await connection.execute("DELETE FROM queue.pgqueuer WHERE entrypoint = $1", plugin_id)
        await connection.execute("DELETE FROM queue.pgqueuer_log WHERE entrypoint = $1", plugin_id)
        tables = [row["name"] for row in await connection.fetch(ABOUT_PLUGINS)]
        for tenant_id in await tenant_ids(connection):
            await set_tenant(connection, tenant_id)
            for table in tables:
                await connection.execute(f"DELETE FROM core.{table} WHERE plugin_id = $1", plugin_id)  # noqa: S608
            await connection.execute("DELETE FROM core.delivery WHERE starts_with(handler, $1 || '.')", plugin_id)
            await connection.execute(f"DELETE FROM {PROFILES} WHERE {OF_PLUGIN}", plugin_id)  # noqa: S608


async def _lines(connection: ledger.Connection, plugin_id: str, table: Any) -> AsyncIterator[str]:
    name = f'"{plugin_id}"."{table["name"]}"'
    tenants: list[UUID | None] = [*await tenant_ids(connection)] if table["tenants"] else [None]
    for tenant_id in tenants:
        if tenant_id is not None:
            await set_tenant(connection, tenant_id)
        async for row in connection.cursor(f"SELECT row_to_json(t)::text FROM {name} t", prefetch=BATCH):  # noqa: S608
            yield row[0]


async def _count(connection: ledger.Connection, table: str, *, tenants: bool) -> int:
    query = f"SELECT count(*) FROM {table}"  # noqa: S608  names from the catalogue
    if not tenants:
        return int(await connection.fetchval(query))
    count = 0
    for tenant_id in await tenant_ids(connection):
        await set_tenant(connection, tenant_id)
        count += await connection.fetchval(query)
    return count
