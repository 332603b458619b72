"""The journal of changes: who changes the plugins, which step it is in, and what it had found before."""

import asyncio
import datetime as dt
import os
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import psutil

from questline_core.generations.errors import OperationError

OPERATION_LOCK = 7_262_027
"""Session lock that whoever changes the plugins holds; it is free as soon as that process is gone."""
NOTICE_SECONDS = 15.0
NOTICE_POLL_SECONDS = 0.05
MISSING = (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError)


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The state of a plugin's schema."""

    schema: bool
    """Whether the schema is there."""
    revision: str | None = None


class Arguments(msgspec.Struct, frozen=True, kw_only=True):
    """What an operation was asked for, and what else it needs to be undone or finished by another process."""

    command: str
    created: bool = False
    """Whether its generation is a new one, which goes when the operation is undone."""
    downs: dict[str, str] = {}
    """Revisions that plugins are brought back to after the switch."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the journal."""

    id: UUID
    kind: str
    step: str
    arguments: Arguments
    heads_before: dict[str, Head]
    generation_before: int
    generation: int | None
    started_at: dt.datetime
    host: str
    pid: int
    log_path: str | None

    @property
    def mark(self) -> str:
        """The name of the connections that work for it."""
        return f"questline {self.id}"

    @property
    def log(self) -> Path:
        """The file with everything that its children printed."""
        return Path(self.log_path or os.devnull)


class Journal:
    """The connection that holds the lock, and the rows."""

    def __init__(self, connection: "asyncpg.Connection[Any]") -> None:
        self.connection = connection

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator["Journal"]:
        """Take the lock for as long as the block lasts; raises `OperationError` where another process has it."""
        connection = await connect(url)
        try:
            journal = cls(connection)
            try:
                await journal._lock()
                await connection.fetchval("SELECT count(*) FROM core.plugin_operation")
            except MISSING:
                raise OperationError("the database is older than this version; run `questline migrate`") from None
            yield journal
        finally:
            await connection.close(timeout=5)

    async def _lock(self) -> None:
        """Take the lock; where its holder is a process that was killed, wait until the database has noticed."""
        deadline = time.monotonic() + NOTICE_SECONDS
        while not await self.connection.fetchval("SELECT pg_try_advisory_lock($1)", OPERATION_LOCK):
            entries = await self.unfinished()
            if time.monotonic() > deadline or not any(map(_is_of_a_dead_process, entries)):
                raise OperationError(_held(entries))
            await asyncio.sleep(NOTICE_POLL_SECONDS)

    async def begin(self, kind: str, command: str, generation_before: int, logs: Path) -> Entry:
        """Write down that an operation begins."""
        identity = await self.connection.fetchval("SELECT uuidv7()")
        await self.connection.execute(
            "INSERT INTO core.plugin_operation (id, kind, step, arguments, generation_before, host, pid, log_path)"
            " VALUES ($1, $2, 'resolve', $3, $4, $5, $6, $7)",
            *(identity, kind, Arguments(command=command), generation_before, socket.gethostname(), os.getpid()),
            str(logs / f"plugin-{identity}.log"),
        )
        return await self.read(identity)

    async def update(self, entry: Entry, **values: Any) -> Entry:
        """Change columns of a row."""
        names = list(values)
        columns = ", ".join(f"{name} = ${position}" for position, name in enumerate(names, 2))
        await self.connection.execute(
            f"UPDATE core.plugin_operation SET {columns} WHERE id = $1",  # noqa: S608  names of columns, ours
            *(entry.id, *values.values()),
        )
        return await self.read(entry.id)

    async def finish(self, entry: Entry, outcome: str) -> None:
        """Write down how an operation ended."""
        await self.connection.execute(
            "UPDATE core.plugin_operation SET finished_at = now(), outcome = $2 WHERE id = $1", entry.id, outcome
        )

    async def read(self, identity: UUID) -> Entry:
        """A row."""
        row = await self.connection.fetchrow("SELECT * FROM core.plugin_operation WHERE id = $1", identity)
        return _entry(row)

    async def unfinished(self) -> list[Entry]:
        """The operations that have not ended, the latest first; more than one only after processes were killed."""
        rows = await self.connection.fetch(
            "SELECT * FROM core.plugin_operation WHERE finished_at IS NULL ORDER BY id DESC"
        )
        return [_entry(row) for row in rows]


async def connect(url: str) -> "asyncpg.Connection[Any]":
    """A connection whose JSON columns take and give Python values."""
    connection = await asyncpg.connect(url, server_settings={"application_name": "questline plugins"})
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: msgspec.json.encode(value).decode(),
        decoder=msgspec.json.decode,
    )
    return connection


def _entry(row: Any) -> Entry:
    names = {field.name for field in msgspec.structs.fields(Entry)}
    return msgspec.convert({name: value for name, value in row.items() if name in names}, Entry)


def _is_of_a_dead_process(entry: Entry) -> bool:
    if entry.host != socket.gethostname():
        return False
    try:
        return psutil.Process(entry.pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def _held(entries: list[Entry]) -> str:
    if not entries:
        return "another process is changing the plugins; try again when it is done"
    first = entries[0]
    since = first.started_at.strftime("%H:%M:%S UTC")
    return (
        f"`questline {first.arguments.command}` is changing the plugins since {since}"
        f" (process {first.pid} on {first.host}, step {first.step}); try again when it is done"
    )
