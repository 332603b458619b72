"""Lesson completions at 100 a second: until the leaderboard's move is seen on the learner's live stream."""

import asyncio
import time
from uuid import UUID

import asyncpg
import httpx
import msgspec
from sqlalchemy import select

from bench.report import Result, at_most
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
from questline_core.content.models import Course, Lesson
from questline_core.content.service import enrol
from questline_core.events.worker import drain

LEARNERS, LESSONS = 50, 40
RATE = 100
PATIENCE = 60


class Learner(msgspec.Struct, kw_only=True):
    """A learner with a browser tab open."""

    user_id: UUID
    token: str
    sent: dict[str, float] = {}
    """When each completion was sent, by lesson."""
    awarded: dict[str, str] = {}
    """Ledger entries announced for lessons, by entry."""
    moved: dict[str, float] = {}
    """When each entry's move was seen on the stream."""


async def _prepare(site: BenchSite) -> tuple[UUID, list[Learner], list[str]]:
    with quiet_host(site) as host:
        await migrate(site, host)
        async with host.running():
            tenant_id = await prepare(site, host)
            folder = write_course(site.home / "c00", "c00", modules=1, lessons=LESSONS)
            async with host.context(tenant_id) as ctx:
                await add_course(host, ctx, folder)
            learners = []
            for number in range(LEARNERS):
                async with host.context(tenant_id) as ctx:
                    user_id = await add_learner(ctx, number)
                    course = await ctx.session.scalar(select(Course.id))
                    await enrol(ctx, host, user_id, course)
                learners.append(Learner(user_id=user_id, token=token_for(host, tenant_id, user_id)))
            await drain(host)
            async with host.context(tenant_id) as ctx:
                lessons = [str(each) for each in await ctx.session.scalars(select(Lesson.id).order_by(Lesson.position))]
            return tenant_id, learners, lessons


def run() -> list[Result]:
    """Complete lessons at the rate, with a live stream open for every learner."""
    with bench_site() as site:
        tenant_id, learners, lessons = site.run(_prepare(site))
        with site.server() as server, site.worker():
            seconds = site.run(_storm(site, server.url, learners, lessons[: LESSONS - 1]))
            lost, doubled = site.run(_count(site, tenant_id, learners))
    delays = sorted(_delays(learners))
    expected = LEARNERS * (LESSONS - 2)
    return [
        at_most("completion to leaderboard p50", 1000 * delays[len(delays) // 2], "ms", bar=250),
        at_most("completion to leaderboard p95", 1000 * delays[int(len(delays) * 0.95)], "ms", bar=250),
        Result(
            name="rate kept",
            value=expected / seconds,
            unit="1/s",
            bar=f">= {0.95 * RATE:g}",
            holds=expected / seconds >= 0.95 * RATE,
        ),
        at_most("moves not seen on the stream", expected - len(delays), "of " + str(expected), bar=0),
        at_most("points lost", lost, "of " + str(expected), bar=0),
        at_most("points doubled", doubled, "of " + str(expected), bar=0),
    ]


async def _storm(site: BenchSite, url: str, learners: list[Learner], lessons: list[str]) -> float:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=60) as client:
        ready = [asyncio.Event() for _ in learners]
        streams = [
            asyncio.create_task(_listen(client, learner, event, len(lessons)))
            for learner, event in zip(learners, ready, strict=True)
        ]
        await asyncio.gather(*(event.wait() for event in ready))
        for period in ("all", "month", "week"):
            # A board is built when it is first read; from then on it follows every award.
            board = await client.get(f"/api/v1/p/leaderboards/{period}", headers=_signed_in(learners[0]))
            board.raise_for_status()
        await _pass_lessons(url, learners, lessons[:1])
        async with asyncio.timeout(PATIENCE):
            # One lesson each before it counts: the worker has started, every statement has been prepared once, and
            # what only a site's first completions set off, as the training of recommendations, is done.
            while not all(learner.moved for learner in learners):
                await asyncio.sleep(0.1)
            await _rest(site)
        seconds = await _pass_lessons(url, learners, lessons[1:])
        await asyncio.wait(streams, timeout=PATIENCE)
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
        return seconds


async def _rest(site: BenchSite) -> None:
    """Wait until nothing is queued any more."""
    connection = await asyncpg.connect(site.services.owner_database_url)
    while await connection.fetchval("SELECT EXISTS (SELECT FROM queue.pgqueuer)"):
        await asyncio.sleep(0.1)
    await connection.close()


async def _pass_lessons(url: str, learners: list[Learner], lessons: list[str]) -> float:
    start = time.perf_counter()
    await asyncio.gather(
        *(_learn(url, learner, lessons, start + place / RATE) for place, learner in enumerate(learners))
    )
    return time.perf_counter() - start


def _signed_in(learner: Learner) -> dict[str, str]:
    return {"authorization": f"Bearer {learner.token}"}


async def _learn(url: str, learner: Learner, lessons: list[str], start: float) -> None:
    """Complete a lesson every `LEARNERS / RATE` seconds over one connection; a late answer delays the next."""
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    for number, lesson in enumerate(lessons):
        await asyncio.sleep(max(0.0, start + number * LEARNERS / RATE - time.perf_counter()))
        learner.sent[lesson] = time.perf_counter()
        writer.write(
            f"POST /api/v1/lessons/{lesson}/completion HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n"
            f"Authorization: Bearer {learner.token}\r\n\r\n".encode()
        )
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
        if not head.startswith(b"http/1.1 200"):
            raise RuntimeError(head.decode())
    writer.close()


async def _listen(client: httpx.AsyncClient, learner: Learner, ready: asyncio.Event, expected: int) -> None:
    """Note every award for a lesson and every move until all have been seen."""
    topic = ""
    async with client.stream("GET", "/api/v1/live", headers=_signed_in(learner)) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("event: "):
                topic = line[7:]
                ready.set()
            elif line.startswith("data: ") and topic in {"points.awarded", "leaderboards.moved"}:
                data = msgspec.json.decode(line[6:])
                if topic == "leaderboards.moved":
                    learner.moved.setdefault(data["entry_id"], time.perf_counter())
                elif "esson" in data["reason"] or "esson" in data["rule"]:
                    learner.awarded[data["entry_id"]] = data["reason"]
                if len(learner.awarded) == expected and learner.awarded.keys() <= learner.moved.keys():
                    return


def _delays(learners: list[Learner]) -> list[float]:
    """Seconds from each completion to its move.

    A learner's completions are half a second apart, so order pairs them.
    """
    found = []
    for learner in learners:
        moves = sorted(learner.moved[entry] for entry in learner.awarded if entry in learner.moved)
        pairs = zip(sorted(learner.sent.values()), moves, strict=False)
        found += [move - sent for sent, move in pairs][1:]
    return found


async def _count(site: BenchSite, tenant_id: UUID, learners: list[Learner]) -> tuple[int, int]:
    """Entries missing from and doubled in the ledger, against the completions acknowledged."""
    connection = await asyncpg.connect(site.services.owner_database_url)
    try:
        async with connection.transaction():
            await connection.execute(f"SET LOCAL questline.tenant_id = '{tenant_id}'")
            rows = await connection.fetch(
                "SELECT e.id, count(p.id) AS entries FROM core.event e LEFT JOIN points.entry p "
                "ON p.tenant_id = e.tenant_id AND p.event_id = e.id "
                "WHERE e.type = 'learning.lesson.completed.v1' GROUP BY e.id"
            )
        expected = sum(len(learner.sent) for learner in learners)
        lost = expected - sum(1 for row in rows if row["entries"] >= 1)
        return lost, sum(row["entries"] - 1 for row in rows if row["entries"] > 1)
    finally:
        await connection.close()
