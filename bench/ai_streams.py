"""AI: time added before the first token with 50 streams at once; 1,000 streams on one server process."""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from uuid import UUID

import httpx
import msgspec
import psutil
from openai import AsyncOpenAI

from bench.report import Result, at_most
from bench.site import BenchSite, Server, bench_site, free_port, migrate, prepare, quiet_host, running, token_for
from questline_ai.models import Budget
from questline_core.auth.accounts import create_user
from questline_core.plugins.forms import store_settings
from questline_sdk.ai_calls import AI, AIRequest

AT_ONCE = 50
SECONDS = float(os.environ.get("BENCH_AI_SECONDS", "12"))
ROUNDS = 3
STREAMS = int(os.environ.get("BENCH_AI_STREAMS", "1000"))
OPENING = 20.0
MEGABYTE = 1_000_000
PLUGINS = ("ai", "ai_openai")
TRY = "/api/v1/p/ai/templates/ai.try/try"
PAGE = "/api/v1/me"


def run() -> list[Result]:
    """Both, on one site."""
    with bench_site() as site:
        site.settings = msgspec.structs.replace(site.settings, private_networks="127.0.0.0/8")
        with _vendor(words=21, pause=0.1) as vendor:
            token, results = site.run(_added(site, vendor))
        port = int(vendor.rpartition(":")[2].partition("/")[0])
        with (
            _vendor(words=int(OPENING) + 10, pause=1.0, port=port),
            site.server(QUESTLINE_PRIVATE_NETWORKS="127.0.0.0/8") as server,
        ):
            return results + site.run(_many(server, token))


@contextmanager
def _vendor(*, words: int, pause: float, port: int | None = None) -> Iterator[str]:
    port = port or free_port()
    argv = [sys.executable, "-m", "bench.ai_vendor", str(port), str(words), str(pause)]
    with running(argv, dict(os.environ), Path(__file__).parents[1]) as process:
        Server(process, port).wait_until_ready("/")
        yield f"http://127.0.0.1:{port}/v1"


async def _added(site: BenchSite, vendor: str) -> tuple[str, list[Result]]:
    with quiet_host(site) as host:
        await migrate(site, host)
        async with host.running():
            tenant_id: UUID = await prepare(site, host, plugins=PLUGINS)
            async with host.context(tenant_id) as ctx:
                model = {"name": "bench", "input_micros": 1, "output_micros": 1}
                values = {"api_key": "k", "base_url": vendor, "api": "chat_completions", "models": [model]}
                await store_settings(ctx, "ai_openai", values)
                ctx.session.add(
                    Budget(scope="tenant", currency="USD", limit_micros=10**12, enabled=True, created_at=ctx.now)
                )
                user = await create_user(
                    ctx, email="a@bench.example", display_name="Ada Admin", password=None, role="admin"
                )
                user_id = user.id
            client = AsyncOpenAI(api_key="k", base_url=vendor, http_client=host.http)

            async def direct() -> float:
                began = time.perf_counter()
                stream = await client.chat.completions.create(
                    model="bench", messages=[{"role": "user", "content": "Hi"}], stream=True
                )
                first = 0.0
                async with stream:
                    async for chunk in stream:
                        if not first and chunk.choices and chunk.choices[0].delta.content:
                            first = time.perf_counter() - began
                return first

            async def orchestrated() -> float:
                began = time.perf_counter()
                first = 0.0
                request = AIRequest(
                    placement="bench", template="ai.try", variables={"text": "Hi"}, user_id=user_id, cache=False
                )
                async with (
                    host.context(tenant_id) as ctx,
                    aclosing(ctx.service(AI).stream(ctx, request)) as parts,
                ):
                    async for _ in parts:
                        first = first or time.perf_counter() - began
                return first

            plain, ours = list[float](), list[float]()
            for _ in range(ROUNDS):  # in turns, so that a machine that is busy for a while is so for both
                plain += await _sampled(direct)
                ours += await _sampled(orchestrated)
            token = token_for(host, tenant_id, user_id, "admin")
    added = _p95(ours) - _p95(plain)
    middle = statistics.median(ours) - statistics.median(plain)
    return token, [
        at_most("added before the first token p95", 1000 * added, "ms", bar=10, baseline=1000 * _p95(plain)),
        at_most("added before the first token p50", 1000 * middle, "ms", bar=10),
    ]


async def _sampled(measure: Callable[[], Awaitable[float]]) -> list[float]:
    """Times of streams that begin spread over time, so many open at once; the first two seconds do not count."""
    found: list[tuple[float, float]] = []
    began = time.monotonic()

    async def one_after_another(number: int) -> None:
        await asyncio.sleep(number * 2 / AT_ONCE)
        while time.monotonic() - began < SECONDS:
            at = time.monotonic()
            found.append((at, await measure()))

    await asyncio.gather(*(one_after_another(number) for number in range(AT_ONCE)))
    return [first for at, first in found if at - began > 2 + 2]


async def _many(server: Server, token: str) -> list[Result]:
    process = psutil.Process(server.process.pid)
    headers = {"authorization": f"Bearer {token}"}
    peak, pages = 0.0, list[float]()
    port = server.url.rpartition(":")[2]
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=30) as client:
        (await client.get(PAGE)).raise_for_status()
        idle = _resident(process)
        argv = [sys.executable, "-m", "bench.ai_readers", port, TRY, str(STREAMS), str(OPENING)]
        readers = await asyncio.create_subprocess_exec(
            *argv, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[1]
        )
        reading = asyncio.create_task(readers.communicate(token.encode()))
        while not reading.done():
            began = time.perf_counter()
            (await client.get(PAGE)).raise_for_status()
            pages.append(time.perf_counter() - began)
            peak = max(peak, _resident(process))
            await asyncio.sleep(0.05)
    found = msgspec.json.decode((await reading)[0])
    for each in found["errors"][:3]:
        print(each)
    return [
        Result(
            name="streams open at once",
            value=found["most"],
            unit="",
            bar=f">= {STREAMS}",
            holds=found["most"] >= STREAMS,
        ),
        at_most("streams that failed", len(found["errors"]), "", bar=0),
        at_most(f"memory of {STREAMS} streams", peak - idle, "MB", bar=300, baseline=idle),
        at_most("another request's p95 meanwhile", 1000 * _p95(pages), "ms", bar=100),
    ]


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _resident(process: psutil.Process) -> float:
    return max(each.memory_info().rss for each in [process, *process.children(recursive=True)]) / MEGABYTE
