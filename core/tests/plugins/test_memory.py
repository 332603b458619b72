"""Values of plugins in memory: read once, forgotten when a change commits, in every process."""

import asyncio

from questline_core.testing import TestSite
from questline_sdk.memory import Memory

KEY = "shop.prices"


class Shelf:
    """Counts how often it is read."""

    def __init__(self) -> None:
        self.price = 1
        self.reads = 0

    async def read(self) -> int:
        self.reads += 1
        return self.price


async def test_a_value_is_read_once_until_a_change_commits(site, tenant):
    shelf = Shelf()

    async def get():
        async with site.context(tenant.id) as ctx:
            return await ctx.service(Memory).get(KEY, shelf.read)

    assert [await get(), await get(), shelf.reads] == [1, 1, 1]
    shelf.price = 2
    try:
        async with site.context(tenant.id) as ctx:
            await ctx.service(Memory).forget(KEY)
            raise ZeroDivisionError
    except ZeroDivisionError:
        assert await get() == 1
    async with site.context(tenant.id) as ctx:
        await ctx.service(Memory).forget(KEY)
    assert await get() == 2


async def test_another_process_hears_of_it(site):
    async with TestSite.open([], services=site.services) as here, TestSite.open([], services=site.services) as there:
        tenant, shelf = await here.new_tenant(), Shelf()
        assert await _at(there, tenant, shelf) == 1
        shelf.price = 2
        async with here.context(tenant.id) as ctx:
            await ctx.service(Memory).forget(KEY)
        async with asyncio.timeout(30):
            while await _at(there, tenant, shelf) != 2:
                await asyncio.sleep(0.05)


async def test_what_is_read_while_a_change_commits_is_not_kept(site, tenant):
    shelf = Shelf()

    async def overtaken():
        found = await shelf.read()
        shelf.price = 2
        async with site.context(tenant.id) as ctx:
            await ctx.service(Memory).forget(KEY)
        return found

    async with site.context(tenant.id) as ctx:
        assert await ctx.service(Memory).get(KEY, overtaken) == 1
        assert await ctx.service(Memory).get(KEY, shelf.read) == 2


async def _at(site, tenant, shelf):
    async with site.context(tenant.id) as ctx:
        return await ctx.service(Memory).get(KEY, shelf.read)
