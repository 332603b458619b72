"""Moving a tenant to another database: copied while it is used, switched in a short window in which it is read-only.

Each step is noted in `core.tenant_move` of the main database before it is done, and what decides is one transaction
there: before it the tenant lives in the source and the copy is thrown away, after it in the target and the source's
rows are. A run that finds the notes of one that was lost undoes or finishes it first.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec

from questline_core.db.shards import MAIN
from questline_core.plugins.enablement import CHANNEL
from questline_core.tenancy.copying import Copy, Step, Sum, connected, remove_rows
from questline_core.tenancy.messages import take_messages
from questline_core.tenancy.tables import TenantTable, revisions, tenant_tables
from questline_sdk import Conflict, NotFound

ENTERED, MOVING = 7_262_027, 7_262_028
"""Classes of advisory locks: held by every transaction of a tenant; held by whoever moves it."""
DIRECTORY = ("id", "slug", "host", "state", "state_reason", "state_since", "delete_at", "limits", "shard", "created_at")
"""Columns of a tenant's entry that the main database decides."""
FEW_ROWS = 500
LIVE_PASSES = 6
WAIT_SECONDS = 30.0
"""How long the window may wait for transactions that began before it."""


class MoveReport(msgspec.Struct, kw_only=True):
    """What a move did."""

    source: str
    target: str
    rows: int = 0
    window_seconds: float = 0.0
    tables: dict[str, Sum] = {}
    removed: int | None = None
    """Rows removed at the source; None while they are kept."""


class Move:
    """The move of one tenant; `addresses` are the owner's, by the databases' names."""

    def __init__(
        self, addresses: Mapping[str, str], tenant_id: UUID, *, on_step: Step = lambda _title, _count: None
    ) -> None:
        self._addresses = addresses
        self._id = tenant_id
        self._on_step = on_step
        self._attempt = uuid4()

    async def run(self, target: str) -> MoveReport:
        """Move the tenant and let it be used there; its rows at the source stay, out of use, until `clean`.

        Raises:
            Conflict: It cannot be moved there, and why; nothing was changed.
        """
        self._url(target)
        async with connected(self._url(MAIN), self._id) as main:
            await self._lock(main)
            source = await self._recover(main, target)
            if source == target:
                report = await main.fetchval("SELECT report FROM core.tenant_move WHERE id = $1", self._id)
                return (
                    msgspec.json.decode(report, type=MoveReport) if report else MoveReport(source=source, target=target)
                )
            report = MoveReport(source=source, target=target)
            async with (
                connected(self._url(source), self._id) as there,
                connected(self._url(target), self._id) as here,
            ):
                await self._check(there, here, source, target)
                tables = await tenant_tables(there)
                await self._note_start(main, report)
                try:
                    await self._copy_and_switch(main, there, here, tables, report)
                except BaseException:
                    await asyncio.shield(self._undo(source, target, tables))
                    raise
                await self._finish(main, here, report)
            return report

    async def clean(self) -> MoveReport | None:
        """Remove what a finished move left at the source; messages that wait there go to the tenant's database."""
        async with connected(self._url(MAIN), self._id) as main:
            await self._lock(main)
            row = await main.fetchrow("SELECT * FROM core.tenant_move WHERE id = $1", self._id)
            if row is None:
                return None
            await self._recover(main, row["target"])
            row = await main.fetchrow("SELECT * FROM core.tenant_move WHERE id = $1", self._id)
            if row is None:
                return None
            report = msgspec.json.decode(row["report"], type=MoveReport)
            async with (
                connected(self._url(row["source"]), self._id) as there,
                connected(self._url(row["target"]), self._id) as here,
            ):
                await self._take_messages(there, here)
                report.removed = await remove_rows(
                    there, await tenant_tables(there), self._id, with_entry=row["source"] != MAIN
                )
            await main.execute("DELETE FROM core.tenant_move WHERE id = $1", self._id)
            return report

    def _url(self, name: str) -> str:
        if name not in self._addresses:
            known = ", ".join(sorted(self._addresses))
            raise NotFound(f"There is no database {name!r} with an owner's address in the settings; there are {known}.")
        return self._addresses[name]

    async def _lock(self, main: Any) -> None:
        if not await main.fetchval("SELECT pg_try_advisory_lock($1, hashtext($2))", MOVING, str(self._id)):
            raise Conflict("Another process is moving this tenant.", code="tenant_is_moved")

    async def _recover(self, main: Any, target: str) -> str:
        """Undo or finish what a lost run began; returns the name of the database that the tenant lives in."""
        tenant = await main.fetchrow("SELECT shard FROM core.tenant WHERE id = $1", self._id)
        if tenant is None:
            raise NotFound("There is no such tenant.", code="tenant_not_found")
        lives = tenant["shard"] or MAIN
        row = await main.fetchrow("SELECT * FROM core.tenant_move WHERE id = $1", self._id)
        if row is None:
            return lives
        if row["step"] in ("copying", "window"):
            async with connected(self._url(row["target"]), self._id) as copy:
                tables = await tenant_tables(copy)
            await self._undo(row["source"], row["target"], tables)
        elif row["step"] == "switched":
            async with connected(self._url(row["target"]), self._id) as here:
                await self._finish(main, here, msgspec.json.decode(row["report"], type=MoveReport))
        if row["step"] in ("switched", "moved") and row["target"] != target:
            raise Conflict(
                f"The last move left rows in {row['source']}; remove them first with --clean.", code="tenant_not_clean"
            )
        return lives

    async def _check(self, there: Any, here: Any, source: str, target: str) -> None:
        mine, theirs = await revisions(there), await revisions(here)
        different = sorted(name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name))
        if different:
            raise Conflict(
                f"{source} and {target} are at different migrations ({', '.join(different)}); run `questline migrate`.",
                code="shards_differ",
            )

    async def _note_start(self, main: Any, report: MoveReport) -> None:
        await main.execute(
            "INSERT INTO core.tenant_move (id, source, target, step, attempt, report, started_at, changed_at)"
            " VALUES ($1, $2, $3, 'copying', $4, $5, now(), now())",
            self._id,
            report.source,
            report.target,
            self._attempt,
            msgspec.json.encode(report).decode(),
        )

    async def _copy_and_switch(
        self, main: Any, there: Any, here: Any, tables: Sequence[TenantTable], report: MoveReport
    ) -> None:
        await self._write_entry(there, here, report.target, first=True)
        await remove_rows(here, tables, self._id, with_entry=False)
        copy = Copy(there, here, self._id, tables, self._on_step)
        for _ in range(LIVE_PASSES):
            report.rows += (count := await copy.run())
            if count <= FEW_ROWS:
                break
        began = time.perf_counter()
        await self._advance(main, "copying", "window", report)
        await there.execute("UPDATE core.tenant SET read_only = true WHERE id = $1", self._id)
        await self._wait_for_writers(there)
        report.rows += await self._last_pass(copy, here, tables)
        await self._write_entry(there, here, report.target, first=False)
        await copy.copy_usage()
        report.tables, different = await copy.verify()
        if different:
            raise Conflict(f"The copy differs in {', '.join(different)}; nothing was moved.", code="copy_differs")
        self._on_step("switch", 1)
        report.window_seconds = round(time.perf_counter() - began, 3)
        async with main.transaction():
            await self._advance(main, "window", "switched", report)
            shard = None if report.target == MAIN else report.target
            await main.execute("UPDATE core.tenant SET shard = $2 WHERE id = $1", self._id, shard)
            await main.execute("SELECT pg_notify($1, 'tenants:')", CHANNEL)

    async def _last_pass(self, copy: Copy, here: Any, tables: Sequence[TenantTable]) -> int:
        """Copy the last changes; where values have changed places under a unique key, everything once more."""
        try:
            return await copy.run()
        except asyncpg.IntegrityConstraintViolationError:
            await remove_rows(here, tables, self._id, with_entry=False)
            return await Copy(copy.source, here, self._id, tables, self._on_step).run()

    async def _advance(self, main: Any, before: str, after: str, report: MoveReport) -> None:
        done = await main.execute(
            "UPDATE core.tenant_move SET step = $3, report = $4, changed_at = now()"
            " WHERE id = $1 AND step = $2 AND attempt = $5",
            self._id,
            before,
            after,
            msgspec.json.encode(report).decode(),
            self._attempt,
        )
        if done != "UPDATE 1":
            raise Conflict("Another run has taken this move over.", code="tenant_is_moved")

    async def _wait_for_writers(self, there: Any) -> None:
        """Wait until every transaction has ended that may not have seen that the tenant is read-only."""
        until = time.monotonic() + WAIT_SECONDS
        while not await there.fetchval("SELECT pg_try_advisory_lock($1, hashtext($2))", ENTERED, str(self._id)):
            if time.monotonic() > until:
                raise Conflict("A transaction of the tenant does not end; try again later.", code="tenant_busy")
            await asyncio.sleep(0.005)
        await there.execute("SELECT pg_advisory_unlock($1, hashtext($2))", ENTERED, str(self._id))

    async def _write_entry(self, there: Any, here: Any, target: str, *, first: bool) -> None:
        """Give the target the tenant's entry as it is now; it stays read-only there."""
        names = [
            row["name"]
            for row in await there.fetch(
                "SELECT attname::text AS name FROM pg_attribute WHERE attrelid = 'core.tenant'::regclass"
                " AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY 1"
            )
        ]
        entry = await there.fetchval("SELECT row_to_json(t)::text FROM core.tenant AS t WHERE id = $1", self._id)
        changed = [name for name in names if name != "read_only" and (name not in DIRECTORY or target != MAIN)]
        if first:
            listed = ", ".join(f'"{name}"' for name in names)
            await here.execute(
                f"INSERT INTO core.tenant ({listed}) SELECT {listed} FROM"  # noqa: S608
                ' json_populate_record(NULL::core.tenant, ($1::jsonb || \'{"read_only": true, "shard": null}\')::json)'
                " ON CONFLICT (id) DO UPDATE SET read_only = true",
                entry,
            )
        sets = ", ".join(f'"{name}" = new."{name}"' for name in changed if name not in {"id", "shard"})
        await here.execute(
            f"UPDATE core.tenant AS t SET {sets} FROM json_populate_record(NULL::core.tenant, $1::json) AS new"  # noqa: S608
            " WHERE t.id = new.id",
            entry,
        )

    async def _finish(self, main: Any, here: Any, report: MoveReport) -> None:
        """Let the tenant be used in the target."""
        await here.execute("UPDATE core.tenant SET read_only = false WHERE id = $1", self._id)
        await main.execute("UPDATE core.tenant_move SET step = 'moved', changed_at = now() WHERE id = $1", self._id)
        await main.execute("SELECT pg_notify($1, 'tenants:')", CHANNEL)
        await main.execute("SELECT pg_notify($1, $2)", CHANNEL, f"plugins:{self._id}")
        self._on_step("moved", report.rows)

    async def _undo(self, source: str, target: str, tables: Sequence[TenantTable]) -> None:
        """Throw the copy away and let the tenant be used where it is; does nothing once it has been switched."""
        async with connected(self._url(MAIN), self._id) as main:
            note = await main.fetchrow(
                "SELECT step FROM core.tenant_move WHERE id = $1 AND step IN ('copying', 'window')", self._id
            )
            if note is None:
                return
            async with connected(self._url(target), self._id) as here:
                await remove_rows(here, tables, self._id, with_entry=target != MAIN)
            async with connected(self._url(source), self._id) as there:
                await there.execute("UPDATE core.tenant SET read_only = false WHERE id = $1", self._id)
            await main.execute("DELETE FROM core.tenant_move WHERE id = $1", self._id)

    async def _take_messages(self, there: Any, here: Any) -> None:
        """Bring over the messages that wait at the source; one that runs there meanwhile has its note of delivery."""
        await take_messages(there, here, self._id)
