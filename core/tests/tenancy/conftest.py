"""A site with two databases."""

import secrets

import asyncpg
import pytest_asyncio

from questline_core.db.engine import make_engine
from questline_core.db.upgrade import upgrade_all
from questline_core.settings import Shard
from questline_core.testing.site import TestSite


async def make_database(postgres):
    """A new database with its owner, as an operator makes one."""
    name = f"shard_{secrets.token_hex(4)}"
    connection = await asyncpg.connect(postgres.dsn("superuser"))
    try:
        await connection.execute(f"CREATE DATABASE {name} OWNER questline_owner")
        await connection.execute(f"GRANT CONNECT ON DATABASE {name} TO questline_app")
    finally:
        await connection.close()
    inside = await asyncpg.connect(postgres.dsn("superuser", name))
    try:
        if await inside.fetchval("SELECT true FROM pg_available_extensions WHERE name = 'vector'"):
            await inside.execute("CREATE EXTENSION IF NOT EXISTS vector")
    finally:
        await inside.close()
    return name


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def two(site):
    """A site whose tenants can live in two databases."""
    postgres = site.services.postgres
    main, east = await make_database(postgres), await make_database(postgres)
    shard = Shard(database_url=postgres.dsn("app", east), owner_database_url=postgres.dsn("owner", east))
    addresses = {"database_url": postgres.dsn("app", main), "owner_database_url": postgres.dsn("owner", main)}
    async with TestSite.open(services=site.services, **addresses, shards={"east": shard}) as opened:
        engine = make_engine(postgres.dsn("owner", east), pool_size=1)
        await upgrade_all(engine, opened.host.registry.records.values())
        await engine.dispose()
        yield opened
