"""Kill -9 of any process at any moment under load: nothing acknowledged is lost, nothing happens twice."""

import asyncio
import os
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import psutil
import pytest

from questline_core.content.importer import available_block_types, import_course, load_course
from questline_leaderboards.periods import board_at
from questline_leaderboards.service import keys_of

DEFAULT_ROUNDS = 2
ROUNDS = int(os.environ.get("QUESTLINE_CRASH_ROUNDS", DEFAULT_ROUNDS))
ENOUGH_SECONDS = 30
"""On a slow machine, the default form is content with one round."""
SEED = int(os.environ.get("QUESTLINE_CRASH_SEED", "1"))
LEARNERS, MODULES, LESSONS = 60, 8, 10
CLIENTS = 8
PER_SECOND = 75
TARGETS = ("server", "server master", "server process", "worker", "postgres", "valkey")
RECOVERY_SECONDS = 180
BOARD = "/api/v1/p/leaderboards"
DONE = "learning.lesson.completed.v1"


class Load:
    """Learners who complete lessons, each request either acknowledged or not."""

    def __init__(self, address: str, tokens: dict[UUID, str], lessons: list[UUID], seed: int) -> None:
        self.address = address
        self.random = random.Random(seed)
        self.todo = [(user, lesson) for lesson in lessons for user in tokens]
        self.tokens = tokens
        self.acknowledged: set[tuple[UUID, UUID]] = set()
        self.unknown: set[tuple[UUID, UUID]] = set()
        self.answers: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.stopping = False
        self._next = 0.0

    async def run(self) -> None:
        """Complete lessons with some clients at a time until told to stop or all are done."""
        self._next = asyncio.get_running_loop().time()
        self.todo.reverse()
        async with httpx.AsyncClient(base_url=self.address, timeout=60) as client:
            await asyncio.gather(*(self._client(client) for _ in range(CLIENTS)))

    async def _client(self, client: httpx.AsyncClient) -> None:
        while self.todo and not self.stopping:
            pair = self.todo.pop()
            await self._pace()
            if not await self._complete(client, pair) and self.random.random() < 0.9:
                # The others never come back: what became of their request is for the database to say.
                self.todo.append(pair)

    async def _pace(self) -> None:
        clock = asyncio.get_running_loop().time
        self._next = max(self._next + 1 / PER_SECOND, clock() - 0.2)
        if self._next > clock():
            await asyncio.sleep(self._next - clock())

    async def _complete(self, client: httpx.AsyncClient, pair: tuple[UUID, UUID]) -> bool:
        user, lesson = pair
        try:
            answer = await client.post(
                f"/api/v1/lessons/{lesson}/completion", headers={"authorization": f"Bearer {self.tokens[user]}"}
            )
        except httpx.TransportError as error:
            self.answers[type(error).__name__] += 1
            if isinstance(error, httpx.TimeoutException):
                self.wrong.append(f"no answer within 20 s: {error!r}")
            self.unknown.add(pair)
            return False
        self.answers[str(answer.status_code)] += 1
        if answer.status_code == 200:
            self.acknowledged.add(pair)
            self.unknown.discard(pair)
            return True
        kind = answer.headers["content-type"].partition(";")[0]
        if answer.status_code != 503 or kind != "application/problem+json" or "retry-after" not in answer.headers:
            self.wrong.append(f"{answer.status_code} {kind}: {answer.text[:500]}")
        self.unknown.add(pair)
        return False


class Chaos:
    """Kills one process after another and starts again what nobody else does."""

    def __init__(self, site: Any, server: Any, worker: Any, seed: int) -> None:
        self.site, self.server, self.worker = site, server, worker
        self.random = random.Random(seed)
        self.kills: Counter[str] = Counter()

    def strike(self, target: str) -> None:
        """Kill a target; the embedded services are started again by their own watch."""
        self.kills[target] += 1
        if target == "postgres":
            psutil.Process(self.site.services.postgres.pid).kill()
        elif target == "valkey":
            psutil.Process(self.site.services.valkey.pid).kill()
        elif target == "worker":
            self.worker.kill()
        elif target == "server":
            self.server.kill()
        else:
            self.server.kill_one(0 if target == "server master" else 1)

    def mend(self) -> None:
        """Start the children that have ended."""
        for child in (self.server, self.worker):
            if child.process.poll() is not None:
                child.start()


def write_course(folder: Path) -> Path:
    """A course of plain lessons."""
    course = folder / "course"
    for module in range(MODULES):
        path = course / f"m{module}"
        path.mkdir(parents=True)
        names = [f"m{module}-{lesson:02}.md" for lesson in range(LESSONS)]
        path.joinpath("module.yaml").write_text(f"title: Module {module}\nlessons: [{', '.join(names)}]\n")
        for name in names:
            path.joinpath(name).write_text(f"---\ntitle: Lesson {name}\nminutes: 3\n---\nText.\n")
    modules = ", ".join(f"m{module}" for module in range(MODULES))
    course.joinpath("course.yaml").write_text(
        f"slug: storm\ntitle: Storm\nsummary: Many lessons.\ndescription: Text.\nmodules: [{modules}]\n"
    )
    return course


async def prepare_course(site: Any) -> tuple[UUID, list[UUID]]:
    """Import the course; returns its id and its lessons."""
    source, problems = load_course(write_course(site.folder), await available_block_types(site.host, site.tenant.id))
    assert source is not None, list(map(str, problems))
    async with site.host.context(site.tenant.id) as ctx:
        await import_course(ctx, site.host, source)
    rows = await query(site, "SELECT id, course_id FROM core.lesson ORDER BY position, id")
    return rows[0]["course_id"], [row["id"] for row in rows]


async def query(site: Any, sql: str, *arguments: Any) -> list[asyncpg.Record]:
    """Read everything, past row-level security."""
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"), timeout=10)
    try:
        return await connection.fetch(sql, *arguments)
    finally:
        await connection.close()


async def calm(site: Any) -> bool:
    """Whether nothing waits or runs in the queue."""
    try:
        rows = await query(site, "SELECT count(*) AS open FROM queue.pgqueuer WHERE status NOT IN ('failed')")
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
    return rows[0]["open"] == 0


@pytest.mark.slow
async def test_what_was_acknowledged_survives_any_kill(process_site, children, eventually, is_ready):
    begun = time.monotonic()
    site = await process_site(access_token_seconds="3600", job_heartbeat_seconds="2")
    server, address = site.server()
    worker = site.worker()
    children += [server.start(), worker.start()]
    course, lessons = await prepare_course(site)
    tokens = dict([await site.token(name=f"Learner {number}") for number in range(LEARNERS)])
    _, admin = await site.token("admin")
    await eventually(lambda: is_ready(address), what="the server is ready")
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        for token in tokens.values():
            answer = await client.post(f"/api/v1/courses/{course}/enrolment", headers=bearer(token))
            assert answer.status_code == 201, answer.text
        answer = await client.put(
            "/api/v1/plugins/leaderboards/settings", json={"top": 100, "neighbours": 5}, headers=bearer(admin)
        )
        assert answer.status_code == 200, answer.text

    load = Load(address, tokens, lessons, SEED)
    chaos = Chaos(site, server, worker, SEED)
    prepared = time.monotonic()
    running = asyncio.create_task(load.run())
    for _ in range(ROUNDS):
        if chaos.kills.total() and ROUNDS == DEFAULT_ROUNDS and time.monotonic() - prepared > ENOUGH_SECONDS:
            break
        for target in chaos.random.sample(TARGETS, len(TARGETS)):
            await acknowledged(eventually, load, running, chaos, chaos.random.choice((0, 20, 80, 150)))
            chaos.strike(target)
            chaos.mend()
    await acknowledged(eventually, load, running, chaos, 20)
    load.stopping = True
    await running
    stormed = time.monotonic()
    chaos.mend()
    await eventually(lambda: is_ready(address), RECOVERY_SECONDS, what="the site is ready after the storm")
    await eventually(lambda: calm(site), what="the queue is empty")
    print(f"\n{len(load.acknowledged)} acknowledged, {len(load.unknown)} unknown, {dict(load.answers)}")  # noqa: T201
    times = (
        f"{prepared - begun:.0f} s before, {stormed - prepared:.0f} s storm, {time.monotonic() - stormed:.0f} s after"
    )
    print(f"kills: {dict(chaos.kills)}; {times}")  # noqa: T201
    causes = [line for line in server.output().splitlines() if '"request failed"' in line]
    assert not load.wrong, "\n".join([*load.wrong[:5], *causes[:3]])
    await check_completions(site, load)
    await check_ledger(site)
    await check_badges(site)
    await check_boards(site, address, tokens)
    await site.host.redis.flushall()
    await check_boards(site, address, tokens)


def bearer(token: str) -> dict[str, str]:
    """The header of a signed-in user."""
    return {"authorization": f"Bearer {token}"}


async def acknowledged(eventually: Any, load: Load, running: Any, chaos: Chaos, more: int) -> None:
    """Wait until the site has acknowledged so many more completions: it works again, whatever was killed."""
    goal = len(load.acknowledged) + more

    async def reached() -> bool:
        chaos.mend()
        assert not running.done(), "the lessons ran out before the storm was over"
        return len(load.acknowledged) >= goal

    await eventually(reached, RECOVERY_SECONDS, what=f"{more} more completions after {dict(chaos.kills)}")


async def check_completions(site: Any, load: Load) -> None:
    """Progress is what was acknowledged, and perhaps what was not; an event exists exactly where progress does."""
    rows = await query(site, "SELECT user_id, lesson_id FROM core.lesson_progress WHERE status = 'completed'")
    completed = {(row["user_id"], row["lesson_id"]) for row in rows}
    assert not load.acknowledged - completed, "acknowledged completions are lost"
    assert completed - load.acknowledged <= load.unknown
    rows = await query(
        site,
        "SELECT CAST(data->>'user_id' AS uuid) AS user_id, CAST(data->>'lesson_id' AS uuid) AS lesson_id"
        f" FROM core.event WHERE type = '{DONE}'",
    )
    events = Counter((row["user_id"], row["lesson_id"]) for row in rows)
    assert set(events) == completed
    assert set(events.values()) == {1}
    counts = await query(
        site,
        "SELECT e.user_id, e.completed_lessons, count(p.*) AS found FROM core.enrolment e"
        " LEFT JOIN core.lesson_progress p USING (tenant_id, user_id, course_id)"
        " GROUP BY e.user_id, e.completed_lessons",
    )
    assert all(row["completed_lessons"] == row["found"] for row in counts)


async def check_ledger(site: Any) -> None:
    """Every event has its points exactly once, balances are sums, and no message died."""
    rows = await query(
        site,
        "SELECT ev.id, count(en.*) FILTER (WHERE en.amount = 10) AS awards FROM core.event ev"
        " LEFT JOIN points.entry en ON en.tenant_id = ev.tenant_id AND en.event_id = ev.id"
        f" WHERE ev.type = '{DONE}' GROUP BY ev.id",
    )
    assert Counter(row["awards"] for row in rows) == {1: len(rows)}
    strange = await query(
        site,
        "SELECT user_id, balance, total FROM points.account a FULL JOIN"
        " (SELECT tenant_id, user_id, sum(amount) AS total FROM points.entry GROUP BY tenant_id, user_id) e"
        " USING (tenant_id, user_id) WHERE balance IS DISTINCT FROM total",
    )
    assert not strange
    doubled = await query(
        site, "SELECT event_id FROM points.entry GROUP BY tenant_id, event_id, rule_id HAVING count(*) > 1"
    )
    assert not doubled
    announced = await query(
        site,
        "SELECT e.id FROM points.entry e LEFT JOIN core.event v ON v.type = 'points.awarded.v1'"
        " AND v.data->>'entry_id' = CAST(e.id AS text) GROUP BY e.id HAVING count(v.id) <> 1",
    )
    assert not announced, "an award without its event, or with two"
    failed = await query(site, "SELECT id FROM queue.pgqueuer WHERE status = 'failed'")
    assert not failed, "dead letters"


async def check_badges(site: Any) -> None:
    """A badge is earned and announced once."""
    rows = await query(
        site,
        "SELECT a.user_id, a.definition_id, count(v.id) AS announced FROM badges.award a"
        " LEFT JOIN core.event v ON v.type = 'badges.badge.earned.v1'"
        " AND v.data->>'user_id' = CAST(a.user_id AS text) AND v.data->>'badge_id' = CAST(a.definition_id AS text)"
        " GROUP BY a.user_id, a.definition_id",
    )
    assert rows
    assert {row["announced"] for row in rows} == {1}


async def check_boards(site: Any, address: str, tokens: dict[UUID, str]) -> None:
    """The board over HTTP and the sorted set itself are the ledger's order."""
    rows = await query(
        site,
        "SELECT user_id, sum(amount) AS total, max(occurred_at) AS reached_at FROM points.entry"
        " GROUP BY user_id ORDER BY total DESC, reached_at, user_id",
    )
    expected = [(str(row["user_id"]), row["total"]) for row in rows]
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        for period in ("all", "month", "week"):
            board = (await client.get(f"{BOARD}/{period}", headers=bearer(next(iter(tokens.values()))))).json()
            assert [(each["user_id"], each["points"]) for each in board["top"]] == expected
            assert [each["rank"] for each in board["top"]] == list(range(1, len(expected) + 1))
        for rank, (user, points) in enumerate(expected, 1):
            board = (await client.get(f"{BOARD}/all", headers=bearer(tokens[UUID(user)]))).json()
            assert board["me"] == {"rank": rank, "points": points}
    async with site.host.context(site.tenant.id) as ctx:
        stored = await ctx.redis.zrange(keys_of(ctx, board_at("all", ctx.now)).order, 0, -1, withscores=True)
    assert [(str(UUID(bytes=member[8:])), -int(score)) for member, score in stored] == expected
