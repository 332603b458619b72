"""What is said of a site with two databases: whether both can be used, and what waits in the queue of each."""

from contextlib import asynccontextmanager
from types import SimpleNamespace

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver

from questline_cli.commands import jobs
from questline_core.events.queue import queries
from questline_core.observability import routes


async def test_a_database_of_single_tenants_that_does_not_answer_is_told_and_ends_no_service(two, monkeypatch):
    async with two.client() as client:
        assert (await client.get("/health/ready")).json() == {"status": "ok"}
    shard, migrated = two.host.database.shards["east"], routes._migrated

    async def out_of_reach(database):
        if database is shard:
            raise OSError("no route to host")
        return await migrated(database)

    monkeypatch.setattr(routes, "_migrated", out_of_reach)
    async with two.client() as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 200
    problems = [{"field": "postgresql/east", "message": "does not answer"}]
    assert answer.json() == {"status": "degraded", "problems": problems}


async def test_what_waits_in_each_database_is_counted(two, monkeypatch):
    @asynccontextmanager
    async def opened():
        yield SimpleNamespace(host=two.host)

    monkeypatch.setattr(jobs, "opened", opened)
    before, _ = await jobs._read(10)
    connection = await asyncpg.connect(two.host.database.shards["east"].url)
    try:
        await queries(AsyncpgDriver(connection)).enqueue("waiting_here", b"{}")
    finally:
        await connection.close()
    counts, _ = await jobs._read(10)
    assert [each for each in counts if each not in before] == [
        jobs.Counts(database="east", plugin="waiting_here", status="queued", count=1)
    ]
