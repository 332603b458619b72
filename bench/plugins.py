"""The course page with 40 extra plugins enabled, against the same page without them; and the server's start."""

import os
import time
from pathlib import Path
from statistics import median
from uuid import UUID

import asyncpg

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

EXTRA = 40
PAIRS, ROUNDS = 6, 2
PATH = "/api/v1/courses/c00"
CODE = """
from typing import Annotated
import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from questline_sdk import Context, Event, Permission, Plugin, PluginSettings, handles, hookimpl
from questline_sdk.events import LessonCompleted
from questline_sdk.permissions import MEMBERS

class Settings(PluginSettings):
    size: Annotated[int, msgspec.Meta(ge=1)] = 10

@get("/things", operation_id="{id}_list", permission="{id}.read")
async def list_things(ctx: NamedDependency[Context]) -> list[str]:
    return []

@post("/things", operation_id="{id}_create", permission="{id}.read")
async def create_thing(ctx: NamedDependency[Context]) -> None: ...

@handles(LessonCompleted)
async def heard(ctx: Context, event: Event[LessonCompleted]) -> None: ...

class Extra(Plugin):
    @hookimpl
    def register_routes(self): return [list_things, create_thing]
    @hookimpl
    def register_permissions(self): return [Permission(name="{id}.read", title="Read", roles=MEMBERS)]
    @hookimpl
    def register_settings(self): return Settings
    @hookimpl
    def register_event_handlers(self): return [heard]
    @hookimpl
    async def check_enrolment(self, ctx, user_id, course_id): return None

plugin = Extra()
"""


def run() -> list[Result]:
    """Alternate between both servers, several of each; compare the medians, and time starts.

    One process is up to 5 % faster than the next of the same code, by where its objects come to lie in memory.
    """
    with bench_site() as site:
        extra = write_plugins(site.home / "extra")
        tenant_id, _, token = site.run(_prepare(site))
        plain_start, full_start = _start(site), _start(site, extra)
        site.run(_enable(site, extra, tenant_id))
        with_extra, without = [], []
        for _ in range(PAIRS):
            with site.server() as plain, site.server(PYTHONPATH=extra) as full:
                for number in range(ROUNDS):
                    for server in (full, plain) if number % 2 else (plain, full):
                        (with_extra if server is full else without).append(_rate(server, token))
        ours, baseline = median(with_extra), median(without)
        slowdown = 100 * (1 - ours / baseline)
        return [
            Result(
                name="requests with 40 plugins",
                value=ours,
                unit="1/s",
                bar="< 3 % slower",
                holds=slowdown < 3,
                baseline=baseline,
                ratio=ours / baseline,
            ),
            at_most("server start with 40 plugins", full_start, "s", bar=3.0, baseline=plain_start),
        ]


def _rate(server: Server, token: str) -> float:
    measured = load(server.url + PATH, token=token, seconds=3)
    if measured.failed:
        raise RuntimeError("requests failed")
    return measured.requests_per_second


def write_plugins(folder: Path, count: int = EXTRA) -> Path:
    """Write the extra plugins as installed distributions into a folder for PYTHONPATH."""
    for number in range(count):
        name = f"extra{number:02}"
        package = folder / f"questline_{name}"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "plugin.py").write_text(CODE.replace("{id}", name))
        (package / "plugin.toml").write_text(f'id = "{name}"\ntitle = "Extra {number}"\n')
        info = folder / f"questline_{name}-1.0.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: questline-{name}\nVersion: 1.0.0\nRequires-Dist: questline-sdk>=0.1,<0.2\n"
        )
        (info / "entry_points.txt").write_text(f"[questline.plugins.v1]\n{name} = questline_{name}.plugin:plugin\n")
    return folder


async def _prepare(site: BenchSite) -> tuple[UUID, UUID, str]:
    with quiet_host(site) as host:
        await migrate(site, host)
        async with host.running():
            tenant_id = await prepare(site, host)
            folder = write_course(site.home / "c00", "c00", modules=4, lessons=10)
            async with host.context(tenant_id) as ctx:
                await add_course(host, ctx, folder)
                user_id = await add_learner(ctx, 0)
            await drain(host)
            return tenant_id, user_id, token_for(host, tenant_id, user_id)


async def _enable(site: BenchSite, extra: Path, tenant_id: UUID) -> None:
    connection = await asyncpg.connect(site.services.database_url)
    try:
        async with connection.transaction():
            await connection.execute(f"SET LOCAL questline.tenant_id = '{tenant_id}'")
            for name in sorted(each.name.removeprefix("questline_") for each in extra.glob("questline_extra??")):
                await connection.execute("INSERT INTO core.tenant_plugin (plugin_id, enabled) VALUES ($1, true)", name)
            await connection.execute(f"SELECT pg_notify('questline_changed', 'plugins:{tenant_id}')")
    finally:
        await connection.close()


def _start(site: BenchSite, extra: Path | None = None) -> float:
    """Seconds from the process's start until it answers; the better of two, so that files are in memory."""
    times = []
    for _ in range(2):
        started = time.perf_counter()
        with site.server(path="/health/live", **({"PYTHONPATH": f"{extra}{os.pathsep}"} if extra else {})):
            times.append(time.perf_counter() - started)
    return min(times)
