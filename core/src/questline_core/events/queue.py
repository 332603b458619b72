"""The queue: PgQueuer's tables in the schema `queue`, written inside our transactions."""

import asyncio
import datetime as dt
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.models import Job as QueuedJob
from pgqueuer.domain.settings import DBSettings
from pgqueuer.ports.driver import Driver
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

SCHEMA = "queue"
SETTINGS = DBSettings(db_schema=SCHEMA)
PACE_SECONDS = 0.04


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """What waits in the queue: which function of which plugin runs for which tenant, with what."""

    id: UUID
    tenant_id: UUID
    plugin_id: str
    kind: str
    """`event` or `job`."""
    name: str
    """Name of the handler or job in its plugin."""
    data: msgspec.Raw
    event_type: str = ""
    occurred_at: dt.datetime | None = None

    @property
    def handler(self) -> str:
        """The function's name in the whole installation."""
        return f"{self.plugin_id}.{self.name}"


MESSAGE = msgspec.json.Decoder(Message)


class PacedQueries(Queries):
    """Takes messages at most every `PACE_SECONDS`: what arrives meanwhile is taken, and applied, together.

    Without that a busy queue hands them out one by one, each in a transaction of its own.
    """

    _rests_until = 0.0

    async def dequeue(self, *args: Any, **options: Any) -> list[QueuedJob]:
        """Wait for the pace, then take messages."""
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(max(0.0, self._rests_until - clock()))
        taken = await super().dequeue(*args, **options)
        self._rests_until = clock() + PACE_SECONDS
        return taken


def queries(driver: Driver, kind: type[Queries] = Queries) -> Queries:
    """PgQueuer's statements for our schema."""
    return kind(
        driver,
        qbe=QueryBuilderEnvironment(SETTINGS),
        qbq=QueryQueueBuilder(SETTINGS),
        qbs=QuerySchedulerBuilder(SETTINGS),
    )


async def connection_of(session: AsyncSession) -> "asyncpg.Connection[Any]":
    """The asyncpg connection under a session, inside its transaction."""
    connection = await session.connection()
    raw = await connection.get_raw_connection()
    return raw.driver_connection  # type: ignore[return-value]


async def put(session: AsyncSession, messages: list[Message], *, delay: dt.timedelta | None = None) -> None:
    """Queue messages in the session's transaction."""
    if not messages:
        return
    driver = AsyncpgDriver(await connection_of(session))
    await queries(driver).enqueue(
        [message.plugin_id for message in messages],
        [msgspec.json.encode(message) for message in messages],
        [0] * len(messages),
        [delay] * len(messages),
    )


async def install(owner_engine: AsyncEngine, app_role: str) -> None:
    """Create or upgrade the queue's tables and let the app's role use them."""
    async with owner_engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        raw = await connection.get_raw_connection()
        statements = queries(AsyncpgDriver(raw.driver_connection))  # type: ignore[arg-type]
        if await statements.schema_is_installed():
            await statements.upgrade()
        else:
            await statements.install(create_schema=False)
        await connection.execute(text(f"GRANT USAGE ON SCHEMA {SCHEMA} TO {app_role}"))
        tables, sequences = f"ALL TABLES IN SCHEMA {SCHEMA}", f"ALL SEQUENCES IN SCHEMA {SCHEMA}"
        await connection.execute(text(f"REVOKE TRUNCATE, REFERENCES, TRIGGER, MAINTAIN ON {tables} FROM {app_role}"))
        await connection.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {app_role}"))
        await connection.execute(text(f"GRANT USAGE, SELECT ON {sequences} TO {app_role}"))
