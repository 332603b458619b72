"""A move that is killed leaves a state that the next run undoes or finishes."""

import asyncio
import os
import signal
import sys

import asyncpg
import msgspec
import pytest

from questline_core.auth.accounts import create_user
from questline_core.tenancy.move import Move

KILLED = """
import asyncio, os, signal, sys
from uuid import UUID
import msgspec
from questline_core.tenancy import move

urls, tenant, where = msgspec.json.decode(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3]

def die(name):
    if name == where:
        os.kill(os.getpid(), signal.SIGKILL)

class Dying(move.Move):
    async def _advance(self, main, before, after, report):
        await super()._advance(main, before, after, report)
        die(after)

    async def _last_pass(self, copy, here, tables):
        die("read_only")
        found = await super()._last_pass(copy, here, tables)
        die("copied")
        return found

    async def _finish(self, main, here, report):
        die("committed")
        await super()._finish(main, here, report)

def on_step(title, count):
    die(title)

asyncio.run(Dying(urls, tenant, on_step=on_step).run("east"))
"""


async def add_user(site, tenant, number):
    async with site.context(tenant.id) as ctx:
        await create_user(ctx, email=f"u{number}@example.test", display_name=f"U {number}", password=None)


async def users(site, tenant, name):
    connection = await asyncpg.connect(site.host.settings.owner_urls[name])
    try:
        await connection.execute("SELECT set_config('questline.tenant_id', $1, false)", str(tenant.id))
        return await connection.fetchval("SELECT count(*) FROM core.user_account")
    finally:
        await connection.close()


@pytest.mark.parametrize("where", ["core.user_account", "read_only", "copied", "switch", "switched", "moved"])
async def test_a_move_killed_at_any_step_is_undone_or_finished_by_the_next(two, where):
    tenant = await two.new_tenant(plugins=())
    for number in range(5):
        await add_user(two, tenant, number)
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        KILLED,
        msgspec.json.encode(two.host.settings.owner_urls).decode(),
        str(tenant.id),
        where,
        stderr=asyncio.subprocess.PIPE,
        env=dict(os.environ),
    )
    _, errors = await process.communicate()
    assert process.returncode == -signal.SIGKILL, errors.decode()
    two.host.tenants.forget()
    report = await Move(two.host.settings.owner_urls, tenant.id).run("east")
    two.host.tenants.forget()
    assert report.target == "east"
    await add_user(two, tenant, "late")
    assert await users(two, tenant, "east") == 6
    await Move(two.host.settings.owner_urls, tenant.id).clean()
    assert await users(two, tenant, "main") == 0
