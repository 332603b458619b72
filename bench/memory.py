"""Memory of one server process with every plugin, after it has answered under load."""

from uuid import UUID

import psutil

from bench.load import load
from bench.report import Result, at_most
from bench.site import (
    BenchSite,
    Server,
    add_course,
    add_learner,
    bench_site,
    migrate,
    prepare,
    quiet_host,
    token_for,
    write_course,
)
from questline_core.events.worker import drain

PATHS = ("/api/v1/dashboard", "/api/v1/courses/c00", "/api/v1/catalogue", "/api/v1/p/points/me")
MEGABYTE = 1_000_000


def run() -> list[Result]:
    """Load a few pages, then read the resident size of the process that serves."""
    with bench_site() as site:
        token = site.run(_prepare(site))
        with site.server() as server, site.baseline() as baseline:
            for path in PATHS:
                if load(server.url + path, token=token, seconds=4).failed:
                    raise RuntimeError(f"requests to {path} failed")
            load(f"{baseline.url}/ready", seconds=4)
            return [at_most("server process", _resident(server), "MB", bar=200, baseline=_resident(baseline))]


async def _prepare(site: BenchSite) -> str:
    with quiet_host(site) as host:
        await migrate(site, host)
        async with host.running():
            tenant_id: UUID = await prepare(site, host)
            folder = write_course(site.home / "c00", "c00", modules=5, lessons=20)
            async with host.context(tenant_id) as ctx:
                await add_course(host, ctx, folder)
                user_id = await add_learner(ctx, 0)
            await drain(host)
            return token_for(host, tenant_id, user_id)


def _resident(server: Server) -> float:
    """The largest of the server's processes: the one that answers."""
    process = psutil.Process(server.process.pid)
    return max(each.memory_info().rss for each in [process, *process.children(recursive=True)]) / MEGABYTE
