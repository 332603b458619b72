"""Switching a plugin for one of 10,000 tenants with 50 plugins: on every process, per hook call, in memory."""

import asyncio
import gc
import sys
import time
import tracemalloc
from uuid import UUID

import asyncpg
import httpx

from bench.plugins import write_plugins
from bench.report import Result, at_most
from bench.site import BenchSite, Server, bench_site, migrate, prepare, quiet_host, token_for
from questline_core.auth.accounts import create_user
from questline_core.host import Host

TENANTS = 10_000
PLUGINS = 50
OWN = 4
"""First-party plugins among them."""
SWITCHES = 20
CONNECTIONS = 8
"""To each server of two processes; hardly all are with one of them."""
PATH = "/api/v1/p/extra00/things"
CALLS = 200_000
MEGABYTE = 1_000_000
FILL = f"""
INSERT INTO core.tenant (slug, name) SELECT 'many' || n, 'Many' FROM generate_series(1, {TENANTS}) n;
INSERT INTO core.tenant_plugin (tenant_id, plugin_id, enabled)
SELECT id, 'extra' || lpad(n::text, 2, '0'), random() < 0.5
FROM core.tenant, generate_series(0, {PLUGINS - OWN - 1}) n ON CONFLICT DO NOTHING;
INSERT INTO core.tenant_plugin (tenant_id, plugin_id, enabled)
SELECT id, p, random() < 0.5 FROM core.tenant, unnest(ARRAY['points', 'badges', 'leaderboards', 'assessments']) p
ON CONFLICT DO NOTHING;
"""


def run() -> list[Result]:
    """Measure the map in this process, then the switch on real servers."""
    with bench_site() as site:
        extra = write_plugins(site.home / "extra", PLUGINS - OWN)
        sys.path.insert(0, str(extra))
        try:
            memory, call, token = site.run(_measure_map(site))
        finally:
            sys.path.remove(str(extra))
        settings = {"PYTHONPATH": extra, "QUESTLINE_WORKERS": 2}
        with site.server(**settings) as one, site.server(**settings) as two:
            switch = site.run(_measure_switches((one, two), token))
        return [
            at_most("switch obeyed by every process, slowest", switch, "s", bar=2),
            at_most("look-up for a hook call", call, "us", bar=1),
            at_most(f"map of {TENANTS:,} tenants", memory, "MB", bar=20),
        ]


async def _measure_map(site: BenchSite) -> tuple[float, float, str]:
    with quiet_host(site) as host:
        await migrate(site, host)
        async with host.running():
            tenant_id = await prepare(site, host)
            async with host.context(tenant_id) as ctx:
                user = await create_user(ctx, email="a@bench.example", display_name="A", password=None, role="owner")
                user_id = user.id
            tenants = await _fill(site)
            memory = await _memory(host, tenants)
            call = await _look_ups(host, tenants[:100])
            return memory, call, token_for(host, tenant_id, user_id, role="owner")


async def _fill(site: BenchSite) -> list[UUID]:
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        await connection.execute(FILL)
        return [row["id"] for row in await connection.fetch("SELECT id FROM core.tenant ORDER BY id")]
    finally:
        await connection.close()


async def _memory(host: Host, tenants: list[UUID]) -> float:
    """What remembering every tenant's plugins, and whom a hook goes to, takes."""
    await host.enablement.of(tenants[0])
    host.enablement.forget()
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    for tenant_id in tenants:
        enabled = await host.enablement.of(UUID(int=tenant_id.int))
        host.dispatcher.implementations("check_enrolment", enabled)
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (after - before) / MEGABYTE


async def _look_ups(host: Host, tenants: list[UUID]) -> float:
    """Microseconds from a tenant to the functions that its hook calls."""
    for tenant_id in tenants:
        host.dispatcher.implementations("check_enrolment", await host.enablement.of(tenant_id))
    of, implementations = host.enablement.of, host.dispatcher.implementations
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        for number in range(CALLS):
            implementations("check_enrolment", await of(tenants[number % 100]))
        best = min(best, (time.perf_counter() - started) / CALLS * 1e6)
    return best


async def _measure_switches(servers: tuple[Server, ...], token: str) -> float:
    """The longest time from a switch's answer until every connection to every server sees it."""
    headers = {"authorization": f"Bearer {token}"}
    clients = [
        httpx.AsyncClient(base_url=server.url, headers=headers, timeout=20)
        for server in servers
        for _ in range(CONNECTIONS)
    ]
    longest = 0.0
    try:
        for number in range(SWITCHES):
            enabled = bool(number % 2)
            path = "/api/v1/plugins/extra00/enabled"
            (await clients[number % len(clients)].put(path, json={"enabled": enabled})).raise_for_status()
            started = time.perf_counter()
            await asyncio.gather(*(_until(client, 200 if enabled else 404) for client in clients))
            longest = max(longest, time.perf_counter() - started)
    finally:
        for client in clients:
            await client.aclose()
    return longest


async def _until(client: httpx.AsyncClient, status: int) -> None:
    deadline = time.monotonic() + 20
    while (found := (await client.get(PATH)).status_code) != status:
        if found not in (200, 404) or time.monotonic() > deadline:
            raise RuntimeError(f"{PATH} answers {found}, not {status}")
