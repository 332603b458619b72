"""Connections: SQLAlchemy sessions for writes, a bare asyncpg pool for hot reads, the owner's engine for migrations."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from questline_core.encryption.columns import SealingSession
from questline_sdk.db import HotQuery
from questline_sdk.db.hot import READ_AS

T = TypeVar("T")


def sqlalchemy_url(url: str) -> str:
    """The address as SQLAlchemy wants it, with the asyncpg driver named."""
    return "postgresql+asyncpg://" + url.split("://", 1)[1]


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


class TenantConnection(asyncpg.Connection):
    """A connection that can set the tenant in the same message that begins a transaction: one round trip, not two."""

    setting = ""
    """SQL that goes with the next BEGIN; empty for none."""

    async def execute(self, query: str, *args: Any, timeout: float | None = None) -> str:  # noqa: ASYNC109
        """Execute a command, the setting with it where it begins a transaction."""
        if self.setting and query.startswith("BEGIN"):
            query, self.setting = query + self.setting, ""
        status: str = await super().execute(query, *args, timeout=timeout)
        return status


class ReadingConnection(asyncpg.Connection):
    """A read-only connection that stays with a tenant until it is asked to read as another: one round trip a read."""

    tenant_id: UUID | None = None

    async def read_as(self, tenant_id: UUID, query: HotQuery[T], arguments: list[Any]) -> list[T]:
        """Run a hot read; every row says as which tenant it was read, and is not believed if that is another."""
        if self.tenant_id != tenant_id:
            self.tenant_id = None
            await self.execute(f"SET questline.tenant_id = '{tenant_id!s}'")
            self.tenant_id = tenant_id
        records = await self.fetch(query.sql, *arguments)
        if any(record[READ_AS] != str(tenant_id) for record in records):
            self.terminate()
            raise RuntimeError("another's rows were read: connections must not be shared by a pooler of transactions")
        return [query.build(record) for record in records]


def make_engine(url: str, *, pool_size: int, application_name: str = "questline") -> AsyncEngine:
    """Create an async engine whose JSON goes through msgspec.

    A connection that was lost while it lay in the pool is found by asking its socket, not the server: SQLAlchemy's
    own ping costs three round trips.
    """
    engine = create_async_engine(
        sqlalchemy_url(url),
        pool_size=pool_size,
        max_overflow=pool_size,
        connect_args={
            "connection_class": TenantConnection,
            "server_settings": {"application_name": application_name},
        },
        json_serializer=_json,
        json_deserializer=msgspec.json.decode,
        hide_parameters=True,
    )
    event.listen(engine.sync_engine, "checkout", _check_out)
    return engine


def _check_out(_adapted: Any, record: Any, _proxy: Any) -> None:
    connection: TenantConnection = record.driver_connection
    connection.setting = ""
    if connection.is_closed():
        raise DisconnectionError("the connection was lost while it lay in the pool")


class Database:
    """The application's connections as the role that owns nothing and obeys row-level security."""

    def __init__(self, url: str, *, pool_size: int = 10, fenced: bool = False) -> None:
        self.url = url
        self.fenced = fenced
        """Whether a transaction asks first if the tenant's rows may be changed here (`core.enter`)."""
        self._pool_size = pool_size
        self.engine = make_engine(url, pool_size=pool_size)
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()

    async def pool(self) -> "asyncpg.Pool[asyncpg.Record]":
        """The pool of hot reads, opened at first use."""
        if self._pool is None:
            async with self._opening:
                if self._pool is None:
                    self._pool = await asyncpg.create_pool(
                        self.url,
                        min_size=1,
                        max_size=self._pool_size,
                        connection_class=ReadingConnection,
                        server_settings={"default_transaction_read_only": "on"},
                        reset=_no_reset,
                        command_timeout=30,
                    )
        return self._pool

    async def read(self, tenant_id: UUID, query: HotQuery[T], parameters: dict[str, Any]) -> list[T]:
        """Run a hot read as the tenant."""
        arguments = query.arguments(parameters)
        pool = await self.pool()
        async with pool.acquire() as connection:
            rows: list[T] = await connection.read_as(tenant_id, query, arguments)  # type: ignore[attr-defined]
        return rows

    @asynccontextmanager
    async def session(self, tenant_id: UUID | None) -> AsyncIterator[AsyncSession]:
        """A session whose every transaction has the tenant set; commits at the end, rolls back on an error."""
        async with self.open(tenant_id) as session:
            yield session
            await session.commit()

    def open(self, tenant_id: UUID | None) -> AsyncSession:
        """A session as `session` gives it, whose end is left to the caller."""
        return open_session(self.engine, tenant_id, fenced=self.fenced)

    async def ping(self) -> None:
        """Raise unless the database answers."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None
        await self.engine.dispose()


async def _no_reset(_: Any) -> None:
    """Hot reads leave nothing behind but the tenant, which the next one compares with its own."""


def open_session(engine: AsyncEngine, tenant_id: UUID | None, *, fenced: bool = False) -> AsyncSession:
    """Make a session that sets the tenant at the start of each of its transactions.

    A fenced one can only read where the tenant is being moved or has moved away.
    """
    enter = " SELECT core.enter();" if fenced else ""
    session = AsyncSession(engine, expire_on_commit=False, sync_session_class=SealingSession)
    if tenant_id is not None:

        def set_tenant(_session: Session, _transaction: Any, connection: Connection) -> None:
            driver: Any = connection.connection.driver_connection
            driver.setting = f" SET LOCAL questline.tenant_id = '{tenant_id!s}';{enter}"

        event.listen(session.sync_session, "after_begin", set_tenant)
    return session
