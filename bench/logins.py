"""100 people log in at once while somebody reads: the page's p95, against the same page with nobody at the door."""

import asyncio
import itertools
import multiprocessing
import statistics
import time
from multiprocessing.connection import Connection
from typing import Any, Self
from uuid import UUID

import httpx

from bench.report import Result, at_least, at_most
from bench.site import (
    BenchSite,
    add_course,
    add_learner,
    bench_site,
    migrate,
    prepare,
    quiet_host,
    token_for,
    write_course,
)
from questline_core.auth.models import User
from questline_core.auth.passwords import hash_password

PEOPLE = 100
BURSTS = 3
PAUSE_SECONDS = 0.02
QUIET_SECONDS = 4.0
PAGE = "/api/v1/courses/c00"
PASSWORD = "a quiet river bends twice"


def run() -> list[Result]:
    """Read the page alone, then during bursts of log-ins."""
    with bench_site() as site:
        token = site.run(_prepare(site))
        with site.server(QUESTLINE_DEFAULT_TENANT="bench") as server:
            alone, during, done = site.run(_measure(server.url, token))
    return [
        at_most("page's p95 while 100 log in", during, "ms", bar=2 * alone, baseline=alone),
        at_least("log-ins that succeed", done, "", ratio=1.0, baseline=float(PEOPLE * BURSTS)),
    ]


async def _prepare(site: BenchSite) -> str:
    with quiet_host(site) as host:
        await migrate(site, host)
        async with host.running():
            tenant_id = await prepare(site, host)
            folder = write_course(site.home / "c00", "c00", modules=4, lessons=10)
            hashed = await hash_password(PASSWORD)
            reader: UUID | None = None
            async with host.context(tenant_id) as ctx:
                await add_course(host, ctx, folder)
                for number in range(PEOPLE):
                    reader = await add_learner(ctx, number)
                    (await ctx.session.get_one(User, (tenant_id, reader))).password_hash = hashed
            if reader is None:
                raise RuntimeError("nobody can log in")
            return token_for(host, tenant_id, reader)


async def _measure(url: str, token: str) -> tuple[float, float, int]:
    limits = httpx.Limits(max_connections=PEOPLE + 10)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        await client.get("/health/ready")
        with Reader(url, token):
            await asyncio.sleep(1)
        with Reader(url, token) as alone:
            await asyncio.sleep(QUIET_SECONDS)
        during: list[float] = []
        done = 0
        for burst in range(BURSTS):
            with Reader(url, token) as reader:
                done += await _log_in_everybody(client, burst)
            during += reader.times
    return _p95(alone.times), _p95(during), done


class Reader:
    """Reads a page again and again, in a process of its own: who logs in does not share their computer with it."""

    def __init__(self, url: str, token: str) -> None:
        self.times: list[float] = []
        """Milliseconds of each reading, when it is over."""
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_read, args=(url, token, theirs), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        self._ours.recv()
        return self

    def __exit__(self, *_: object) -> None:
        self._ours.send("enough")
        self.times = self._ours.recv()
        self._process.join()


def _read(url: str, token: str, parent: "Connection[Any, Any]") -> None:
    times = []
    with httpx.Client(base_url=url, timeout=60, headers={"authorization": f"Bearer {token}"}) as client:
        client.get(PAGE).raise_for_status()
        parent.send("reading")
        while not parent.poll():
            started = time.perf_counter()
            client.get(PAGE).raise_for_status()
            times.append((time.perf_counter() - started) * 1000)
            time.sleep(PAUSE_SECONDS)
    parent.send(times)


async def _log_in_everybody(client: httpx.AsyncClient, burst: int) -> int:
    """Everybody at the same moment, each from an address of their own; returns how many are in."""
    addresses = (f"10.{burst}.{number // 250}.{number % 250 + 1}" for number in itertools.count())
    answers = await asyncio.gather(
        *(
            client.post(
                "/api/v1/auth/log-in",
                json={"email": f"u{number}@bench.example", "password": PASSWORD},
                headers={"x-forwarded-for": next(addresses)},
            )
            for number in range(PEOPLE)
        )
    )
    return sum(answer.status_code == 200 for answer in answers)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
