"""Plugins come and go under load: no request fails, no job is lost, none is done twice."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT
from typing import Any
from uuid import UUID

import httpx
import pytest
from tests.integration.kudos import Generations, write_kudos
from tests.integration.test_crash import (
    calm,
    check_badges,
    check_completions,
    check_ledger,
    prepare_course,
    query,
)
from tests.integration.traffic import Traffic

LEARNERS = 60
ENOUGH = 150
"""Requests that are answered between two changes."""


@pytest.fixture
async def busy_site(process_site, children, eventually, is_ready):
    """A server of two processes and a worker, under constant requests: the site, its generations, and the traffic."""
    site = await process_site(access_token_seconds="3600", workers="2")
    server, address = site.server()
    worker = site.worker()
    children += [server.start(), worker.start()]
    course, lessons = await prepare_course(site)
    learners = dict([await site.token(name=f"Learner {number}") for number in range(LEARNERS)])
    await eventually(lambda: is_ready(address), what="the server is ready")
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        for token in learners.values():
            headers = {"authorization": f"Bearer {token}"}
            answer = await client.post(f"/api/v1/courses/{course}/enrolment", headers=headers)
            assert answer.status_code == 201, answer.text
    _, token = await site.token()
    traffic = Traffic(address, token, learners, lessons)
    generations = Generations(site)
    await eventually(lambda: generations.all_run(0, 2), what="both nodes run")
    traffic.start()
    yield site, generations, traffic
    await traffic.stop()


class Changes:
    """Changes of the site, with enough traffic before and after each."""

    def __init__(self, site: Any, generations: Generations, traffic: Traffic, eventually: Any) -> None:
        self.site, self.generations, self.traffic, self.eventually = site, generations, traffic, eventually

    async def more(self) -> None:
        """Wait for more answers."""
        goal = self.traffic.requests() + ENOUGH

        async def answered() -> bool:
            return self.traffic.alive() and self.traffic.requests() >= goal

        await self.eventually(answered, 180, what=f"{ENOUGH} more answers")

    async def cli(self, *arguments: str) -> None:
        """Run a command that changes the plugins, then wait for more answers."""
        command = [sys.executable, "-m", "questline_cli", "plugin", *arguments]
        process = await asyncio.create_subprocess_exec(
            *command, env=os.environ | self.site.environment, stdout=PIPE, stderr=STDOUT, cwd=self.site.folder
        )
        printed, _ = await process.communicate()
        assert process.returncode == 0, printed.decode()
        await self.more()

    async def answered(self, version: str) -> None:
        """Wait until kudos answers with a version, and never with another after that."""
        self.traffic.count_versions_anew()

        async def seen() -> bool:
            return self.traffic.alive() and self.traffic.versions.total() > 20

        await self.eventually(seen, what="kudos is asked")
        assert set(self.traffic.versions) == {version}

    async def enable(self) -> None:
        """Switch kudos on."""
        _, token = await self.site.token("admin")
        headers = {"authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(base_url=self.traffic.address, headers=headers, timeout=60) as client:
            answer = await client.put("/api/v1/plugins/kudos/enabled", json={"enabled": True})
            assert answer.status_code == 200, answer.text
        await self.more()  # a switch reaches the other process a moment later


@pytest.mark.slow
async def test_nothing_is_lost_while_every_process_is_replaced(busy_site, children, eventually):
    """Whatever the reason of a restart: three in a row, of servers and workers."""
    site, generations, traffic = busy_site
    changes = Changes(site, generations, traffic, eventually)
    for _ in range(3):
        before = {child: {each.pid for each in child.tree()[2:]} for child in children}
        for child in children:
            os.kill(child.pid, signal.SIGHUP)

        async def replaced() -> bool:
            return traffic.alive() and all(
                len(child.tree()) == len(before[child]) + 2  # noqa: B023
                and before[child].isdisjoint(each.pid for each in child.tree())  # noqa: B023
                for child in children
            )

        await eventually(replaced, 180, what="every process is another")
        await changes.more()
    await settle(site, traffic, children, eventually)


@pytest.mark.slow
async def test_nothing_is_lost_while_a_plugin_comes_and_goes(busy_site, children, eventually):
    site, generations, traffic = busy_site
    changes = Changes(site, generations, traffic, eventually)
    wheels = site.folder / "wheels"
    first, second = write_kudos(wheels, "1.0.0"), write_kudos(wheels, "1.1.0")
    offline = ("--yes", "--wheelhouse", str(wheels))
    await changes.more()
    await changes.answered("404")
    await changes.cli("install", str(first), *offline)
    await changes.enable()
    await changes.answered("1.0.0")
    await changes.cli("upgrade", str(second), *offline)
    await changes.answered("1.1.0")
    await changes.cli("rollback", "--yes")
    await changes.answered("1.0.0")
    await changes.cli("uninstall", "kudos", "--yes")
    await changes.answered("404")
    await changes.cli("rollback", "--yes")
    await changes.answered("1.0.0")
    await settle(site, traffic, children, eventually)
    await check_kudos(site, traffic)


async def settle(site: Any, traffic: Traffic, children: list[Any], eventually: Any) -> None:
    """End the traffic, wait for the queue to be empty, and look whether everything has happened once."""
    await traffic.stop()
    print(f"\n{dict(traffic.answers)}, {len(traffic.completed)} lessons, {len(traffic.thanked)} thanks")  # noqa: T201
    logs = "\n".join(line for child in children for line in child.output().splitlines() if '"error"' in line)
    assert not traffic.wrong, "\n".join([*traffic.wrong[:5], logs[-2000:]])
    await eventually(lambda: calm(site), what="the queue is empty")
    load: Any = traffic
    load.acknowledged, load.unknown = traffic.completed, set()
    await check_completions(site, load)
    await check_ledger(site)
    await check_badges(site)


async def check_kudos(site: Any, traffic: Traffic) -> None:
    """Every job was done exactly once; every event that was published while kudos listened was heard once."""
    thanks = [row["thank_id"] for row in await query(site, "SELECT thank_id FROM kudos.thanks")]
    assert len(thanks) == len(set(thanks)), "a job was done twice"
    assert set(thanks) == set(traffic.thanked), "a job is lost"
    heard: list[UUID] = [row["event_id"] for row in await query(site, "SELECT event_id FROM kudos.applause")]
    assert heard
    assert len(heard) == len(set(heard)), "an event was heard twice"
    delivered = await query(site, "SELECT message_id FROM core.delivery WHERE handler = 'kudos.applaud'")
    assert {row["message_id"] for row in delivered} == set(heard)
