"""Deleting a tenant for good: every row of every table, every file, every key; what was removed is counted and kept.

Begun once, it goes on where it stopped: it removes what is still there, and notes the counts as it goes. The audit log
goes last, by a function of the database that the application cannot use for a tenant that is not due.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import msgspec
import structlog

from questline_core.db.shards import MAIN
from questline_core.plugins.enablement import CHANNEL
from questline_core.tenancy.messages import OF_TENANT, mark
from questline_core.tenancy.states import is_closed
from questline_core.tenancy.tables import TenantTable, tenant_tables
from questline_sdk import NotFound

if TYPE_CHECKING:
    from questline_core.host import Host

TOGETHER = 5000
"""Rows removed by one statement: what holds locks, and what a lost process has to do again, at most."""
KEPT_TO_THE_END = {"core.tenant_task", "core.tenant_usage"}
log = structlog.get_logger()

Progress = Callable[[str, int], None]


class Removed(msgspec.Struct, kw_only=True):
    """What has been removed so far: rows by table, files, keys, waiting messages."""

    rows: dict[str, int] = {}
    blobs: int = 0
    keys: int = 0
    messages: int = 0


async def delete_tenant(
    host: "Host", tenant_id: UUID, *, task_id: UUID | None = None, on_step: Progress = lambda _step, _count: None
) -> Removed | None:
    """Remove everything of a tenant whose time has come; None where it is not to be deleted, or is gone already."""
    host.tenants.forget()
    try:
        tenant = await host.tenants.get(tenant_id)
    except NotFound:
        return None
    if tenant.state != "deleting" or not is_closed(tenant, host.clock()):
        return None
    removed = Removed()
    shard = await host.tenants.shard_of(tenant_id)
    connection = await asyncpg.connect(host.database.named(shard).url)
    try:
        await connection.execute("SELECT set_config('questline.tenant_id', $1, false)", str(tenant_id))
        if await connection.fetchval("SELECT true FROM core.tenant WHERE id = $1", tenant_id):
            await _note(connection, task_id, removed, read=True)
            await connection.execute("SELECT pg_notify($1, 'tenants:')", CHANNEL)
            tables = await tenant_tables(connection)
            for table in reversed(tables):
                await _empty(connection, table, tenant_id, removed, on_step)
                await _note(connection, task_id, removed)
            await _remove_files(host, tenant_id, removed, on_step)
            await _remove_keys(host, tenant_id, removed, on_step)
            await _remove_messages(host, tenant_id, removed)
            await _count_rest(connection, tables, tenant_id, removed)
            await connection.execute("SELECT core.remove_tenant($1)", msgspec.json.encode(removed).decode())
            await _prove(connection, tables, tenant_id)
    finally:
        await connection.close(timeout=2)
    if shard not in (None, MAIN):
        await _leave_directory(host, tenant_id, removed)
    host.tenants.forget()
    log.info("a tenant was deleted", tenant=tenant.slug, rows=sum(removed.rows.values()), blobs=removed.blobs)
    return removed


async def _note(connection: Any, task_id: UUID | None, removed: Removed, *, read: bool = False) -> None:
    """Keep the counts with the task, or take up those of a run before."""
    if task_id is None:
        return
    if read:
        found = await connection.fetchval(
            "UPDATE core.tenant_task SET state = 'running' WHERE id = $1 RETURNING result", task_id
        )
        former = msgspec.json.decode(found or "{}", type=Removed)
        for name in former.__struct_fields__:
            setattr(removed, name, getattr(former, name))
        return
    await connection.execute(
        "UPDATE core.tenant_task SET result = $2, done = $3 WHERE id = $1",
        task_id,
        msgspec.json.encode(removed).decode(),
        sum(removed.rows.values()),
    )


async def _empty(connection: Any, table: TenantTable, tenant_id: UUID, removed: Removed, on_step: Progress) -> None:
    """Remove a table's rows step by step where the application may; the others go with the tenant's own row."""
    may = await connection.fetchval("SELECT has_table_privilege($1, 'DELETE')", table.sql)
    if not may or table.title in KEPT_TO_THE_END:
        return
    statement = (
        f"DELETE FROM {table.sql} WHERE ctid = ANY (ARRAY("  # noqa: S608  names from the catalogue, quoted
        f"SELECT ctid FROM {table.sql} WHERE tenant_id = $1 LIMIT {TOGETHER}))"
    )
    total = removed.rows.get(table.title, 0)
    while count := int((await connection.execute(statement, tenant_id)).split()[-1]):
        total += count
        removed.rows[table.title] = total
        on_step(table.title, total)
    removed.rows.setdefault(table.title, 0)


async def _count_rest(connection: Any, tables: list[TenantTable], tenant_id: UUID, removed: Removed) -> None:
    """Count what is left for the tenant's own row to take along."""
    for table in tables:
        left = await connection.fetchval(f"SELECT count(*) FROM {table.sql} WHERE tenant_id = $1", tenant_id)  # noqa: S608
        removed.rows[table.title] = removed.rows.get(table.title, 0) + left


async def _prove(connection: Any, tables: list[TenantTable], tenant_id: UUID) -> None:
    """Look once more into every table; a row that is left is an error, never a silence."""
    for table in tables:
        left = await connection.fetchval(f"SELECT count(*) FROM {table.sql} WHERE tenant_id = $1", tenant_id)  # noqa: S608
        if left:
            raise RuntimeError(f"{left} rows of the deleted tenant are left in {table.title}")


async def _remove_files(host: "Host", tenant_id: UUID, removed: Removed, on_step: Progress) -> None:
    async for blob in host.store.list(f"{tenant_id}/"):
        await host.store.delete(blob.key)
        removed.blobs += 1
        on_step("files", removed.blobs)


async def _remove_keys(host: "Host", tenant_id: UUID, removed: Removed, on_step: Progress) -> None:
    async for key in host.redis.scan_iter(match=f"questline:*{tenant_id}*", count=1000):
        removed.keys += int(await host.redis.delete(key))
        on_step("keys", removed.keys)


async def _remove_messages(host: "Host", tenant_id: UUID, removed: Removed) -> None:
    """Remove what waits in the queues; what runs at this moment finds no tenant and is dropped."""
    for database in host.database.all.values():
        connection = await asyncpg.connect(database.url)
        try:
            done = await connection.execute(
                f"DELETE FROM queue.pgqueuer WHERE status <> 'picked' AND {OF_TENANT}",  # noqa: S608
                mark(tenant_id),
            )
            removed.messages += int(done.split()[-1])
        finally:
            await connection.close(timeout=2)


async def _leave_directory(host: "Host", tenant_id: UUID, removed: Removed) -> None:
    """Remove the entry in the main database of a tenant that lived in another."""
    connection = await asyncpg.connect(host.database.url)
    try:
        await connection.execute("SELECT set_config('questline.tenant_id', $1, false)", str(tenant_id))
        await connection.execute("SELECT core.remove_tenant($1)", msgspec.json.encode(removed).decode())
        await connection.execute("SELECT pg_notify($1, 'tenants:')", CHANNEL)
    finally:
        await connection.close(timeout=2)
