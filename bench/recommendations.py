"""Recommendations served to 100,000 learners of 1,000 lessons: one statement; and making them, in the worker."""

import os
import random
import time
from collections.abc import Callable
from uuid import UUID

import asyncpg
import httpx

from bench.report import Result, at_most
from bench.site import BenchSite, add_course, bench_site, migrate, prepare, quiet_host, token_for, write_course
from questline_core.auth.accounts import create_user
from questline_core.context import HostContext
from questline_core.events.worker import drain
from questline_core.host import Host
from questline_recommendations.jobs import start_training

LEARNERS = int(os.environ.get("BENCH_LEARNERS", "100000"))
COURSES, MODULES, LESSONS = 20, 5, 10
COMPLETED = 20
REQUESTS = 2_000
WARM = 200
COUNTED = 50
STATISTICS = {"shared_preload_libraries": "pg_stat_statements"}
NEXT = "/next"
PLUGINS = ("recommendations",)
FILL_USERS = """
INSERT INTO core.user_account (tenant_id, email, display_name, role)
SELECT $1, 'learner' || n || '@bench.example', 'Learner ' || n, 'learner' FROM generate_series(1, $2::int) n
"""
# Each learner takes a run of lessons of two or three courses, mostly in order, as people do.
FILL_PROGRESS = f"""
INSERT INTO core.lesson_progress (tenant_id, user_id, course_id, lesson_id, status, started_at, completed_at, minutes)
SELECT $1, u.id, l.course_id, l.id, 'completed', at, at, 5
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM core.user_account WHERE tenant_id = $1) u
CROSS JOIN LATERAL (
    SELECT k, (u.n * 7919 + k / 8 * 104729) % {COURSES} AS course FROM generate_series(0, {COMPLETED - 1}) k
) s
JOIN (SELECT id, course_id, dense_rank() OVER (ORDER BY course_id) - 1 AS course,
             row_number() OVER (PARTITION BY course_id ORDER BY position, id) - 1 AS place
      FROM core.lesson WHERE tenant_id = $1) l
  ON l.course = s.course AND l.place = (u.n % 30 + s.k % 8 + (u.n * s.k % 5) / 4) % {MODULES * LESSONS}
CROSS JOIN LATERAL (SELECT now() - interval '90 days' + (s.k || ' hours')::interval AS at) t
ON CONFLICT DO NOTHING
"""
FILL_ENROLMENT = """
INSERT INTO core.enrolment (tenant_id, user_id, course_id)
SELECT DISTINCT tenant_id, user_id, course_id FROM core.lesson_progress WHERE tenant_id = $1
"""


def run() -> list[Result]:
    """Fill a tenant, make its recommendations, and read them one after the other."""
    with bench_site(postgres_settings=STATISTICS) as site, quiet_host(site) as host:
        tenant_id, learners, lessons, seconds = site.run(_prepare(site, host))
        tokens = [token_for(host, tenant_id, learner) for learner in learners]
        with site.server() as server:
            served = site.run(_read(server.url, tokens, lambda _: NEXT))
            own, every = site.run(_statements(site, server.url, tokens[0]))
            related = site.run(_read(server.url, tokens, lambda n: f"/lessons/{lessons[n % len(lessons)]}"))
    return [
        at_most("what is next, statements on its tables", own, "SQL", bar=1),
        at_most("what is next, statements with authentication", every, "SQL", bar=2),
        at_most("what is next, p50", _percentile(served, 0.5), "ms", bar=10),
        at_most("what is next, p95", _percentile(served, 0.95), "ms", bar=10),
        at_most("related lessons, p95", _percentile(related, 0.95), "ms", bar=10),
        at_most(f"training for {LEARNERS:,} learners", seconds, "s", bar=600),
    ]


async def _prepare(site: BenchSite, host: Host) -> tuple[UUID, list[UUID], list[UUID], float]:
    await migrate(site, host)
    async with host.running():
        tenant_id = await prepare(site, host, plugins=PLUGINS)
        async with host.context(tenant_id) as ctx:
            await _add_courses(site, host, ctx)
            await create_user(ctx, email="one@bench.example", display_name="One", password=None)
        await drain(host)
        learners, lessons = await _fill(site, tenant_id)
        async with host.context(tenant_id) as ctx:
            await start_training(ctx)
        started = time.perf_counter()
        await drain(host)
        seconds = time.perf_counter() - started
    return tenant_id, learners, lessons, seconds


async def _add_courses(site: BenchSite, host: Host, ctx: HostContext) -> None:
    for number in range(COURSES):
        folder = write_course(site.home / f"c{number}", f"course-{number:02}", modules=MODULES, lessons=LESSONS)
        await add_course(host, ctx, folder)


async def _fill(site: BenchSite, tenant_id: UUID) -> tuple[list[UUID], list[UUID]]:
    connection = await asyncpg.connect(site.services.owner_database_url)
    try:
        await connection.execute(f"SET questline.tenant_id = '{tenant_id}'")
        await connection.execute(FILL_USERS, tenant_id, LEARNERS)
        await connection.execute(FILL_PROGRESS, tenant_id, timeout=600)
        await connection.execute(FILL_ENROLMENT, tenant_id, timeout=600)
        await connection.execute("ANALYZE")
        users = await connection.fetch("SELECT id FROM core.user_account WHERE tenant_id = $1", tenant_id)
        lessons = await connection.fetch("SELECT id FROM core.lesson WHERE tenant_id = $1", tenant_id)
        done = await connection.fetchval("SELECT count(*) FROM core.lesson_progress WHERE tenant_id = $1", tenant_id)
        assert len(lessons) == COURSES * MODULES * LESSONS
        print(f"  {len(users):,} learners, {len(lessons):,} lessons, {done:,} completions", flush=True)
        chosen = random.Random(7).sample(users, REQUESTS)
        return [row["id"] for row in chosen], [row["id"] for row in lessons]
    finally:
        await connection.close()


async def _read(url: str, tokens: list[str], path: Callable[[int], str]) -> list[float]:
    times = []
    async with httpx.AsyncClient(base_url=url) as client:
        for number, token in enumerate(tokens):
            address = f"/api/v1/p/recommendations{path(number)}"
            started = time.perf_counter()
            answer = await client.get(address, headers={"authorization": f"Bearer {token}"})
            times.append(time.perf_counter() - started)
            assert answer.status_code == 200, answer.text
            assert answer.json()["items"] or path(number) != NEXT  # all that is related may be completed
    return times[WARM:] or times


async def _statements(site: BenchSite, url: str, token: str) -> tuple[float, float]:
    """Statements that a request sends: those on the tables of recommendations, and all, counted by PostgreSQL."""
    assert site.services.postgres is not None
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        await connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        await connection.execute("SELECT pg_stat_statements_reset()")
        await _read(url, [token] * COUNTED, lambda _: NEXT)
        row = await connection.fetchrow(
            "SELECT coalesce(sum(calls) FILTER (WHERE query LIKE '%recommendations.%'), 0) AS own,"
            " coalesce(sum(calls), 0) AS every"
            " FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid WHERE r.rolname = 'questline_app'"
            " AND query NOT ILIKE 'BEGIN%' AND query NOT ILIKE 'SET LOCAL%' AND query NOT ILIKE 'ROLLBACK%'"
            " AND query NOT ILIKE '%pgqueuer%' AND query NOT ILIKE 'SELECT pg_notify%'"
        )
        return float(row["own"]) / COUNTED, float(row["every"]) / COUNTED
    finally:
        await connection.close()


def _percentile(times: list[float], share: float) -> float:
    return 1000 * sorted(times)[int(len(times) * share)]
