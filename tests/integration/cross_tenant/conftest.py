"""The two tenants, and connections to their tables."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from tests.integration.cross_tenant.two_tenants import MARKER, Tenants, collect, fill, plant_markers, super_url


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tenants(site: Any, small_course: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Tenants]:
    """Both tenants, filled."""
    pair = Tenants(site, await site.new_tenant(), await site.new_tenant(), tmp_path_factory.mktemp("course"))
    await fill(pair, pair.first, MARKER, small_course)
    await fill(pair, pair.second, "intruders", small_course)
    await plant_markers(pair)
    await collect(pair)
    yield pair


@pytest_asyncio.fixture(loop_scope="session")
async def app_role(site: Any) -> AsyncIterator[asyncpg.Connection]:
    """A connection as the application has it, nothing set."""
    connection = await asyncpg.connect(site.services.database_url)
    yield connection
    await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def superuser(site: Any) -> AsyncIterator[asyncpg.Connection]:
    """A connection that sees everything."""
    connection = await asyncpg.connect(super_url(site))
    yield connection
    await connection.close()
