"""Copying a tenant's rows from one database to another: all of them once, then what has changed since."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import msgspec

from questline_core.tenancy.tables import DERIVED, TenantTable

SAME_TEXT = {"timezone": "UTC", "extra_float_digits": "1", "datestyle": "ISO, MDY", "bytea_output": "hex"}
"""Settings under which equal values are equal texts in both databases."""
USAGE = "core.tenant_usage"
CHUNKS = 16

Step = Callable[[str, int], None]


class Sum(msgspec.Struct, frozen=True):
    """How many rows a table has of a tenant, and a sum over them all."""

    rows: int
    checksum: str


@asynccontextmanager
async def connected(url: str, tenant_id: UUID) -> AsyncIterator[Any]:
    """A connection that sees and changes the tenant's rows."""
    connection = await asyncpg.connect(
        url, server_settings={**SAME_TEXT, "application_name": "questline move"}, statement_cache_size=0
    )
    try:
        await connection.execute("SELECT set_config('questline.tenant_id', $1, false)", str(tenant_id))
        yield connection
    finally:
        await connection.close(timeout=5)


class Copy:
    """A copy of one tenant's rows that can be brought up to date."""

    def __init__(self, source: Any, target: Any, tenant_id: UUID, tables: Sequence[TenantTable], on_step: Step) -> None:
        self.source, self.target, self.tenant_id = source, target, tenant_id
        self.tables = [table for table in tables if table.title not in DERIVED]
        self._usage = next(table for table in tables if table.title == USAGE)
        self._on_step = on_step
        self._since: str | None = None
        """Transactions that had not ended when the last pass looked have this number or a greater one."""

    async def run(self) -> int:
        """Copy what has changed since the last pass, at first everything; returns the number of rows.

        The source is read as it is at one moment, so that no row comes before one that it refers to.
        """
        async with self.source.transaction(isolation="repeatable_read", readonly=True):
            horizon = await self.source.fetchval("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
            async with self.target.transaction():
                staged = {table.title: await self._stage(place, table) for place, table in enumerate(self.tables)}
                if self._since is not None:
                    for place, table in reversed(list(enumerate(self.tables))):
                        await self._remove_deleted(place, table, staged[table.title])
                for place, table in enumerate(self.tables):
                    await self._merge(f"stage_{place}", table)
        self._since = horizon
        return sum(staged.values())

    async def copy_usage(self) -> None:
        """Make the counts the source's: those of the copy were counted by its own triggers."""
        async with self.target.transaction():
            await self.target.execute(f"DELETE FROM {self._usage.sql} WHERE tenant_id = $1", self.tenant_id)  # noqa: S608
            await self._load("stage_usage", self._usage, self._query(self._usage, self._usage.columns))
            await self._merge("stage_usage", self._usage)

    async def verify(self) -> tuple[dict[str, Sum], list[str]]:
        """Count and sum up every table in both databases; returns the sums, and the tables that differ."""
        tables = [*self.tables, self._usage]
        mine, theirs = await asyncio.gather(
            sums(self.source, tables, self.tenant_id), sums(self.target, tables, self.tenant_id)
        )
        return mine, [title for title, found in mine.items() if theirs[title] != found]

    @property
    def _own(self) -> str:
        return f"tenant_id = '{self.tenant_id}'"

    def _query(self, table: TenantTable, columns: tuple[str, ...]) -> str:
        return f"SELECT {table.listed(columns)} FROM {table.sql} WHERE {self._own}"  # noqa: S608  names are quoted

    def _changed(self) -> str:
        """SQL that is true for the rows that may have come or changed since the last pass."""
        if self._since is None:
            return self._own
        return f"{self._own} AND age(xmin) <= age('{int(self._since)}'::xid8::xid)"

    async def _stage(self, place: int, table: TenantTable) -> int:
        """Bring changed rows over, into a table beside the real one; returns how many."""
        query = f"SELECT {table.listed()} FROM {table.sql} WHERE {self._changed()}"  # noqa: S608
        count = await self._load(f"stage_{place}", table, query)
        self._on_step(table.title, count)
        return count

    async def _load(self, stage: str, table: TenantTable, query: str, columns: tuple[str, ...] | None = None) -> int:
        columns = columns or table.columns
        await self.target.execute(f"DROP TABLE IF EXISTS pg_temp.{stage}")
        await self.target.execute(
            f"CREATE TEMP TABLE {stage} ON COMMIT DROP AS SELECT {table.listed(columns)} FROM {table.sql} LIMIT 0"  # noqa: S608
        )
        chunks: asyncio.Queue[bytes | None] = asyncio.Queue(CHUNKS)

        async def read() -> None:
            await self.source.copy_from_query(query, output=chunks.put, format="binary")
            await chunks.put(None)

        async def arriving() -> AsyncIterator[bytes]:
            while (chunk := await chunks.get()) is not None:
                yield chunk

        async with asyncio.TaskGroup() as both:
            both.create_task(read())
            writing = both.create_task(
                self.target.copy_to_table(stage, source=arriving(), columns=list(columns), format="binary")
            )
        return int(writing.result().split()[-1])

    async def _remove_deleted(self, place: int, table: TenantTable, staged: int) -> None:
        """Remove rows that the source has no more: looked for where the numbers of rows say that there are some."""
        total = await self.source.fetchval(f"SELECT count(*) FROM {table.sql} WHERE {self._own}")  # noqa: S608
        have = await self.target.fetchval(f"SELECT count(*) FROM {table.sql} WHERE {self._own}")  # noqa: S608
        if staged == 0 and have == total:
            return
        known = await self.target.fetchval(
            f"SELECT count(*) FROM {table.sql} JOIN stage_{place} USING ({table.listed(table.key)}) WHERE {self._own}"  # noqa: S608
        )
        if have - known == total - staged:
            return
        await self._load(
            "stage_keys",
            table,
            self._query(table, table.key),
            table.key,
        )
        same = " AND ".join(f'k."{name}" = t."{name}"' for name in table.key)
        await self.target.execute(
            f"DELETE FROM {table.sql} AS t WHERE {self._own} AND NOT EXISTS (SELECT FROM stage_keys AS k WHERE {same})"  # noqa: S608
        )

    async def _merge(self, stage: str, table: TenantTable) -> None:
        others = [name for name in table.columns if name not in table.key]
        conflict = f"ON CONFLICT ({table.listed(table.key)}) DO "
        conflict += "UPDATE SET " + ", ".join(f'"{n}" = excluded."{n}"' for n in others) if others else "NOTHING"
        await self.target.execute(
            f"INSERT INTO {table.sql} ({table.listed()}) OVERRIDING SYSTEM VALUE"  # noqa: S608
            f" SELECT {table.listed()} FROM {stage} {conflict}"
        )


async def sums(connection: Any, tables: Sequence[TenantTable], tenant_id: UUID) -> dict[str, Sum]:
    """The sums over a tenant's rows by table: they do not depend on the rows' order."""
    found = {}
    for table in tables:
        row = await connection.fetchrow(
            f"SELECT count(*) AS rows, coalesce(sum(hashtextextended(ROW({table.listed()})::text, 0)), 0)::text AS sum"  # noqa: S608
            f" FROM {table.sql} WHERE tenant_id = $1",
            tenant_id,
        )
        found[table.title] = Sum(row["rows"], row["sum"])
    return found


async def remove_rows(connection: Any, tables: Sequence[TenantTable], tenant_id: UUID, *, with_entry: bool) -> int:
    """Remove a tenant's rows from a database as its owner, and its entry; returns the number of rows."""
    removed = 0
    async with connection.transaction():
        for table in reversed(tables):
            done = await connection.execute(f"DELETE FROM {table.sql} WHERE tenant_id = $1", tenant_id)  # noqa: S608
            removed += int(done.split()[-1])
        for table in reversed(tables):  # what a trigger has counted while the others went
            await connection.execute(f"DELETE FROM {table.sql} WHERE tenant_id = $1", tenant_id)  # noqa: S608
        if with_entry:
            await connection.execute("DELETE FROM core.tenant WHERE id = $1", tenant_id)
    return removed
