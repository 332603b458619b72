"""Switching a plugin reaches every server process at once, under load, and nobody else's request fails."""

import asyncio
import os
import time
from collections import Counter
from typing import Any

import httpx
import pytest
from sqlalchemy import event

from questline_core.plugins.service import set_enabled

SWITCHES = int(os.environ.get("QUESTLINE_SWITCHES", "12"))
SWITCHED = "/api/v1/p/badges/me"
OTHERS = ("/api/v1/dashboard", "/api/v1/p/points/me", "/api/v1/p/leaderboards/all", "/api/v1/catalogue")


class Visitor:
    """Asks one server without a pause and notes every answer with the time it was asked for."""

    def __init__(self, address: str, token: str, paths: tuple[str, ...]) -> None:
        self.client = httpx.AsyncClient(base_url=address, timeout=60, headers={"authorization": f"Bearer {token}"})
        self.paths = paths
        self.answers: list[tuple[float, int, str]] = []
        self.wrong: list[str] = []

    async def run(self) -> None:
        """Ask until cancelled."""
        async with self.client:
            while True:
                for path in self.paths:
                    asked = time.monotonic()
                    answer = await self.client.get(path)
                    code = answer.json().get("code", "") if answer.status_code != 200 else ""
                    self.answers.append((asked, answer.status_code, code))
                    if answer.status_code != 200 and (answer.status_code, code) != (404, "route_not_found"):
                        self.wrong.append(f"{path}: {answer.status_code} {answer.text[:300]}")

    def state(self) -> int:
        """The latest status."""
        return self.answers[-1][1] if self.answers else 0


@pytest.mark.slow
async def test_a_switch_takes_effect_on_every_server_under_load(process_site, children, eventually, is_ready):
    site = await process_site(access_token_seconds="3600", workers="2")
    _, admin = await site.token("admin")
    _, learner = await site.token("learner")
    addresses = []
    for name in ("one", "two"):
        child, address = site.server(name)
        children.append(child.start())
        addresses.append(address)
    for address in addresses:
        await eventually(lambda: is_ready(address), what="the server is ready")  # noqa: B023
    # Each server has two processes; of three connections, hardly all are with one of them.
    switched = [Visitor(address, learner, (SWITCHED,)) for address in addresses * 3]
    others = [Visitor(address, learner, OTHERS) for address in addresses]
    tasks = [asyncio.create_task(visitor.run()) for visitor in (*switched, *others)]
    longest = 0.0
    async with httpx.AsyncClient(timeout=60, headers={"authorization": f"Bearer {admin}"}) as client:
        for number in range(SWITCHES):
            enabled = bool(number % 2)
            address = addresses[number // 2 % 2]
            answer = await client.put(f"{address}/api/v1/plugins/badges/enabled", json={"enabled": enabled})
            assert answer.status_code == 200, answer.text
            done = time.monotonic()
            expected = 200 if enabled else 404

            async def everywhere() -> bool:
                return all(visitor.state() == expected for visitor in switched)  # noqa: B023

            await eventually(everywhere, what=f"every process answers {expected}")
            longest = max(longest, time.monotonic() - done)
            await stays(switched, expected, eventually)
    for task in tasks:
        task.cancel()
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        assert isinstance(ended, asyncio.CancelledError), ended
    assert not [wrong for visitor in (*switched, *others) for wrong in visitor.wrong]
    assert all(status == 200 for visitor in others for _, status, _ in visitor.answers)
    counts = Counter(status for visitor in (*switched, *others) for _, status, _ in visitor.answers)
    assert counts[404] > 0
    print(f"\n{SWITCHES} switches, {dict(counts)}, seen everywhere after {longest * 1000:.0f} ms at most")  # noqa: T201


async def stays(switched: list[Visitor], expected: int, eventually: Any) -> None:
    """No later answer says otherwise: nothing old is remembered again."""
    since = time.monotonic()
    starts = [len(visitor.answers) for visitor in switched]

    async def asked_often() -> bool:
        return all(len(visitor.answers) >= start + 10 for visitor, start in zip(switched, starts, strict=True))

    await eventually(asked_often, what="ten more answers of each server")
    late = [status for visitor in switched for asked, status, _ in visitor.answers if asked > since]
    assert set(late) == {expected}


async def test_what_was_read_before_a_change_is_not_remembered_after_it(site, tenant):
    """A read that began before the commit must not overwrite what the notification made the process forget."""
    enablement = site.host.enablement
    enablement.forget(tenant.id)
    reading = asyncio.Event()
    proceed = asyncio.Event()
    engine = site.host.database.engine.sync_engine
    paused: list[str] = []

    def after(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "tenant_plugin" in statement and not paused:
            paused.append(statement)
            reading.set()
            from sqlalchemy.util import await_

            await_(proceed.wait())

    event.listen(engine, "after_cursor_execute", after)
    try:
        early = asyncio.create_task(enablement.of(tenant.id))
        await asyncio.wait_for(reading.wait(), 60)
        async with site.context(tenant.id) as ctx:
            await set_enabled(ctx, "badges", enabled=False)
        proceed.set()
        assert "badges" in await early
    finally:
        proceed.set()
        event.remove(engine, "after_cursor_execute", after)
    assert "badges" not in await enablement.of(tenant.id)
