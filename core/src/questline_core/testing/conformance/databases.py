"""Databases of the suite's own on a running PostgreSQL: one for the site, fresh ones for what destroys them."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from questline_core.db.engine import make_engine
from questline_core.db.migrate import CORE, migrate
from questline_core.events import queue
from questline_core.services import EmbeddedServices
from questline_core.services.postgres import EmbeddedPostgres
from questline_sdk.db.migrations import APP_ROLE


class Databases:
    """Makes databases with core's tables in them, each for as long as it is used."""

    def __init__(self, services: EmbeddedServices) -> None:
        if services.postgres is None:
            raise ValueError("the suite needs a PostgreSQL of its own: it makes databases and drops them")
        self.postgres: EmbeddedPostgres = services.postgres
        self._prefix = f"conformance_{secrets.token_hex(4)}"
        self._count = 0
        self._template: str | None = None

    @classmethod
    @asynccontextmanager
    async def open(cls, services: EmbeddedServices) -> AsyncIterator["Databases"]:
        """Databases for the block."""
        databases = cls(services)
        try:
            yield databases
        finally:
            if databases._template is not None:
                await databases._drop(databases._template)

    @asynccontextmanager
    async def fresh(self) -> AsyncIterator[str]:
        """The name of a new database with core's schema, for the block."""
        name = await self._create(await self._core())
        try:
            yield name
        finally:
            await self._drop(name)

    async def _core(self) -> str:
        """A database with core's schema, to copy."""
        if self._template is None:
            name = await self._create("template1")
            engine = make_engine(self.postgres.dsn("owner", name), pool_size=1)
            try:
                await migrate(engine, CORE)
                await queue.install(engine, APP_ROLE)
            finally:
                await engine.dispose()
            self._template = name
        return self._template

    @asynccontextmanager
    async def owner(self, name: str) -> AsyncIterator[AsyncEngine]:
        """The owner's engine of a database, for migrations."""
        engine = make_engine(self.postgres.dsn("owner", name), pool_size=1)
        try:
            yield engine
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def superuser(self, name: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """A connection that row-level security does not bind."""
        connection = await asyncpg.connect(self.postgres.dsn("superuser", name))
        try:
            yield connection
        finally:
            await connection.close(timeout=2)

    async def _create(self, template: str) -> str:
        self._count += 1
        name = f"{self._prefix}_{self._count}"
        async with self.superuser("postgres") as connection:
            await connection.execute(f"CREATE DATABASE {name} OWNER questline_owner TEMPLATE {template}")
        return name

    async def _drop(self, name: str) -> None:
        async with self.superuser("postgres") as connection:
            await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
