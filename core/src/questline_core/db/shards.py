"""The site's databases: the main one, and those that single tenants are pinned to."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from questline_core.db.engine import Database
from questline_sdk import QuestlineError
from questline_sdk.db import HotQuery

T = TypeVar("T")
MAIN = "main"
"""How the main database is called where shards are named."""


class UnknownShardError(QuestlineError):
    """A tenant lives in a database that this process has no address of."""

    status = 503
    title = "Unavailable"
    default_code = "shard_unknown"


async def _everybody_in_main(_: UUID) -> str | None:
    return None


class ShardedDatabase(Database):
    """The main database, which leads what is asked for a tenant to the database that the tenant lives in.

    Without shards it is the main database and nothing else.
    """

    def __init__(self, url: str, *, pool_size: int = 10, shards: Mapping[str, str] | None = None) -> None:
        super().__init__(url, pool_size=pool_size)
        self.shards = {
            name: Database(address, pool_size=pool_size, fenced=True) for name, address in (shards or {}).items()
        }
        self.fenced = bool(shards)
        self.locate: Callable[[UUID], Awaitable[str | None]] = _everybody_in_main
        """Names the shard of a tenant from memory; the tenants' directory sets it."""

    @property
    def all(self) -> dict[str, Database]:
        """Every database by name, the main one first."""
        return {MAIN: self, **self.shards}

    def named(self, shard: str | None) -> Database:
        """A database by its name; raises `UnknownShardError`."""
        if shard is None or shard == MAIN:
            return self
        if shard not in self.shards:
            raise UnknownShardError(f"The settings name no database {shard!r}.", retry_after=5)
        return self.shards[shard]

    async def of(self, tenant_id: UUID) -> Database:
        """The database that a tenant lives in."""
        return self.named(await self.locate(tenant_id)) if self.shards else self

    async def read(self, tenant_id: UUID, query: HotQuery[T], parameters: dict[str, Any]) -> list[T]:
        """Run a hot read in the tenant's database."""
        return await Database.read(await self.of(tenant_id), tenant_id, query, parameters)

    @asynccontextmanager
    async def session(self, tenant_id: UUID | None) -> AsyncIterator[AsyncSession]:
        """A session in the tenant's database; in the main one where there is no tenant."""
        database = self if tenant_id is None else await self.of(tenant_id)
        async with database.open(tenant_id) as session:
            yield session
            await session.commit()

    async def close(self) -> None:
        """Close every connection to every database."""
        for shard in self.shards.values():
            await shard.close()
        await super().close()
