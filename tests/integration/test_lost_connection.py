"""A unit of work whose connection is lost ends with its own error, and gives the connection back."""

import asyncpg
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from questline_sdk import NotFound


@pytest_asyncio.fixture(loop_scope="session")
async def cut(site):
    """End the connection under a unit of work, as a restarting PostgreSQL does."""
    administrator = await asyncpg.connect(site.services.postgres.dsn("superuser"))

    async def end(ctx):
        pid = await ctx.session.scalar(text("SELECT pg_backend_pid()"))
        await administrator.execute("SELECT pg_terminate_backend($1, 5000)", pid)

    yield end
    await administrator.close()


async def test_the_error_that_ended_the_work_is_the_one_that_is_raised(site, tenant, cut):
    async def refuse():
        async with site.context(tenant.id) as ctx:
            await cut(ctx)
            raise NotFound("mine")

    pool = site.host.database.engine.pool
    before = pool.checkedout()
    for _ in range(30):  # more than the pool holds
        with pytest.raises(NotFound, match="mine"):
            await refuse()
    assert pool.checkedout() == before
    async with site.context(tenant.id) as ctx:
        assert await ctx.session.scalar(text("SELECT 1")) == 1


async def test_what_cannot_be_committed_is_not_reported_as_done(site, tenant, cut):
    async def rename():
        async with site.context(tenant.id) as ctx:
            await ctx.session.execute(text("UPDATE core.tenant SET name = 'lost'"))
            await cut(ctx)

    with pytest.raises(DBAPIError):
        await rename()
    async with site.context(tenant.id) as ctx:
        name = await ctx.session.scalar(text("SELECT name FROM core.tenant WHERE slug = :slug"), {"slug": tenant.slug})
    assert name != "lost"
