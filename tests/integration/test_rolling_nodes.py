"""Nodes follow the wanted generation: all of them, each on its own, and none further than it can start."""

import asyncio
import os
import signal
import uuid
from typing import Any

import httpx
import psutil
import pytest
from tests.integration.kudos import Generations, write_kudos
from tests.integration.test_crash import query

VERSION = "/api/v1/p/kudos/version"


@pytest.fixture
async def two_nodes(process_site, children, eventually, is_ready):
    """Two servers and a worker with a home each on one database; the site, the nodes' addresses, and the server."""
    site = await process_site(access_token_seconds="3600", workers="2")
    addresses = []
    for name in ("one", "two"):
        child, address = site.server(name)
        child.environment["QUESTLINE_HOME"] = str(site.folder / name)
        children.append(child.start())
        addresses.append(address)
    worker = site.worker()
    worker.environment["QUESTLINE_HOME"] = str(site.folder / "worker")
    children.append(worker.start())
    for address in addresses:
        await eventually(lambda: is_ready(address), what="the server is ready")  # noqa: B023
    generations = Generations(site)
    await eventually(lambda: generations.all_run(0, 3), what="three nodes are known")
    return site, generations, addresses


async def versions(site: Any, addresses: list[str]) -> set[str]:
    """What kudos answers on each server, asked on connections of their own."""
    _, token = await site.token()
    found = set()
    for address in addresses * 3:
        async with httpx.AsyncClient(base_url=address, headers={"authorization": f"Bearer {token}"}) as client:
            answer = await client.get(VERSION)
            found.add(answer.json().get("version", str(answer.status_code)))
    return found


async def enable(site: Any, address: str) -> None:
    """Switch kudos on for the tenant."""
    _, token = await site.token("admin")
    async with httpx.AsyncClient(base_url=address, headers={"authorization": f"Bearer {token}"}) as client:
        answer = await client.put("/api/v1/plugins/kudos/enabled", json={"enabled": True})
        assert answer.status_code == 200, answer.text


async def with_kudos(two_nodes: Any, eventually: Any) -> Any:
    """The nodes of the fixture, all running a generation with kudos, which is on for the tenant."""
    site, generations, addresses = two_nodes
    wheel = write_kudos(site.folder / "w", "1.0.0")
    number = await generations.add(wheel)
    await generations.migrate(wheel, site.folder / "first")
    await generations.want(number)
    await eventually(lambda: generations.all_run(number, 3), what="all run the generation")
    await enable(site, addresses[0])
    return site, addresses


@pytest.mark.slow
async def test_every_node_comes_to_the_wanted_generation_and_back(two_nodes, eventually):
    site, generations, addresses = two_nodes
    first, second = write_kudos(site.folder / "w", "1.0.0"), write_kudos(site.folder / "w", "1.1.0")
    one, two = await generations.add(first), await generations.add(second)
    assert await versions(site, addresses) == {"404"}
    await generations.migrate(first, site.folder / "first")
    await generations.want(one)
    await eventually(lambda: generations.all_run(one, 3), what="all run the first generation")
    await enable(site, addresses[0])
    assert await versions(site, addresses) == {"1.0.0"}
    await generations.migrate(second, site.folder / "second")
    assert await versions(site, addresses) == {"1.0.0"}, "old code serves on the newer schema"
    await generations.want(two)
    await eventually(lambda: generations.all_run(two, 3), what="all run the second generation")
    assert await versions(site, addresses) == {"1.1.0"}
    async with httpx.AsyncClient() as client:
        for version, status in (("1.0.0", 200), ("1.1.0", 200), ("1.2.0", 404)):
            page = await client.get(f"{addresses[1]}/plugins/kudos/{version}/index-{version}.js")
            assert page.status_code == status, "tabs that were open before, and those opened since, find their pages"
    await generations.want(0)
    await eventually(lambda: generations.all_run(0, 3), what="all are back at the base")
    assert await versions(site, addresses) == {"404"}


@pytest.mark.slow
async def test_a_generation_that_does_not_start_leaves_everything_as_it_was(two_nodes, children, eventually):
    site, generations, addresses = two_nodes
    good = write_kudos(site.folder / "good", "1.0.0")
    fatal = write_kudos(site.folder / "fatal", "1.1.0", before="import os; os._exit(3)")
    one, two = await generations.add(good), await generations.add(fatal)
    await generations.migrate(good, site.folder / "first")
    await generations.want(one)
    await eventually(lambda: generations.all_run(one, 3), what="all run the first generation")
    await enable(site, addresses[0])
    before = {each.pid for child in children for each in child.tree()}
    await generations.want(two)

    async def all_failed() -> bool:
        return all(node["state"] == "failed" for node in await generations.nodes())

    await eventually(all_failed, what="all nodes say that they failed")
    for node in await generations.nodes():
        assert node["generation"] == one
        assert node["reason"] == f"generation {two}: it ended with status 3 before it was ready"
    assert {each.pid for child in children for each in child.tree()} == before, "a process was replaced"
    assert await versions(site, addresses) == {"1.0.0"}
    await generations.want(one)
    await eventually(lambda: generations.all_run(one, 3), what="nodes are well again")
    await generations.want(one + 1000)
    await eventually(all_failed, what="nodes fail to build what does not exist")
    assert {node["reason"] for node in await generations.nodes()} == {
        f"generation {one + 1000}: there is no generation {one + 1000}"
    }
    assert await versions(site, addresses) == {"1.0.0"}


@pytest.mark.slow
async def test_a_killed_process_is_replaced_on_the_current_generation(two_nodes, children, eventually):
    site, addresses = await with_kudos(two_nodes, eventually)
    server = children[0]
    for _ in range(3):
        victim = server.tree()[-1]
        victim.kill()

        async def replaced() -> bool:
            family = [each for each in server.tree() if each.status() != psutil.STATUS_ZOMBIE]
            return victim not in family and len(family) == 4  # noqa: B023

        await eventually(replaced, what="the process is replaced")
        assert await versions(site, addresses[:1]) == {"1.0.0"}


@pytest.mark.slow
@pytest.mark.parametrize("which", [0, 1])
async def test_nothing_outlives_the_process_that_was_started(two_nodes, children, which, eventually):
    """Neither of its two guardians, the template and the supervisor, can be killed without the port becoming free."""
    _, generations, _ = two_nodes
    families = [child.tree() for child in children]
    for child in children:
        child.kill_one(which)
    for child, family in zip(children, families, strict=True):
        assert await asyncio.to_thread(child.process.wait, 60) != 0
        _, alive = await asyncio.to_thread(psutil.wait_procs, family, 60)
        assert not alive
    for child in children:
        child.start()
    await eventually(lambda: _ran(generations, 3), what="three nodes run again")


async def _ran(generations: Generations, count: int) -> bool:
    return sum(node["state"] == "running" for node in await generations.nodes()) >= count


@pytest.mark.slow
async def test_a_live_stream_ends_politely_and_is_there_again(two_nodes, children, eventually):
    site, _, addresses = two_nodes
    _, token = await site.token()
    lines: list[str] = []
    ends = 0

    async def listen() -> None:
        nonlocal ends
        headers = {"authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=addresses[0], headers=headers, timeout=60) as client:
            while True:
                async with client.stream("GET", "/api/v1/live") as answer:
                    assert answer.status_code == 200
                    async for line in answer.aiter_lines():
                        lines.append(line)  # noqa: PERF401  seen while the stream goes on
                ends += 1

    async def opened(times: int) -> bool:
        assert not listening.done(), listening.exception()
        return lines.count("event: ready") >= times

    listening = asyncio.create_task(listen())
    try:
        await eventually(lambda: opened(1), what="the stream is open")
        os.kill(children[0].pid, signal.SIGHUP)
        await eventually(lambda: opened(2), what="the stream is open again")
        assert "retry: 250" in lines
        assert ends >= 1
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


@pytest.mark.slow
async def test_a_running_job_is_finished_by_the_process_that_began_it(two_nodes, children, eventually):
    site, addresses = await with_kudos(two_nodes, eventually)
    worker = children[2]
    (old,) = worker.tree()[2:]
    patient = await thank(site, addresses[0], patient=True)
    async with site.host.context(site.tenant.id) as ctx:
        begun, go_on = ctx.redis_key("kudos", "begun"), ctx.redis_key("kudos", "go on")
    await eventually(lambda: site.host.redis.exists(begun), what="the job has begun")
    os.kill(worker.pid, signal.SIGHUP)

    async def both() -> bool:
        return len(worker.tree()) == 4

    await eventually(both, what="another worker runs beside the old one")
    quick = await thank(site, addresses[0])
    await eventually(lambda: thanked(site, quick), what="the new worker does the next job")
    assert old.is_running()
    assert not await thanked(site, patient)
    await site.host.redis.set(go_on, 1)
    await eventually(lambda: thanked(site, patient), what="the old worker has finished its job")
    _, alive = await asyncio.to_thread(psutil.wait_procs, [old], 60)
    assert not alive
    assert len(await query(site, "SELECT 1 FROM kudos.thanks")) == 2


async def thank(site: Any, address: str, *, patient: bool = False) -> uuid.UUID:
    """Queue a job of kudos."""
    identifier = uuid.uuid4()
    _, token = await site.token()
    async with httpx.AsyncClient(base_url=address, headers={"authorization": f"Bearer {token}"}) as client:
        answer = await client.post("/api/v1/p/kudos/thanks", json={"id": str(identifier), "patient": patient})
        assert answer.status_code == 202, answer.text
    return identifier


async def thanked(site: Any, identifier: uuid.UUID) -> bool:
    """Whether a job has had its effect."""
    return bool(await query(site, "SELECT 1 FROM kudos.thanks WHERE thank_id = $1", identifier))
