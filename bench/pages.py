"""Dashboard and course page, signed in, 1,000 lessons, against bare Litestar + asyncpg on the same statement."""

import datetime as dt
import urllib.request
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
from sqlalchemy import select

from bench.load import best_of
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
from questline_core.content.dashboard import DASHBOARD
from questline_core.content.models import Course, Lesson
from questline_core.content.queries import COURSE
from questline_core.content.service import complete_lesson, enrol
from questline_core.events.worker import drain
from questline_core.host import Host

COURSES, MODULES, LESSONS = 10, 5, 20
TAKEN, DONE = 5, 8


class Learner(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the pages are read for."""

    tenant_id: UUID
    user_id: UUID
    token: str


def run() -> list[Result]:
    """Measure requests per second and the statements each page sends."""
    with bench_site(postgres_settings={"shared_preload_libraries": "pg_stat_statements"}) as site:
        learner = site.run(_prepare(site))
        results = []
        with site.server() as ours, site.baseline(**_pages(learner)) as baseline:
            for name, path in (("dashboard", "/api/v1/dashboard"), ("course", "/api/v1/courses/c00")):
                mine, theirs = best_of(ours.url + path, f"{baseline.url}/{name}", token=learner.token)
                results.append(
                    at_least(
                        f"{name} requests",
                        mine.requests_per_second,
                        "1/s",
                        ratio=0.6,
                        baseline=theirs.requests_per_second,
                    )
                )
                results.append(at_most(f"{name} p99", mine.p99, "ms", bar=1000, baseline=theirs.p99))
                results.append(
                    at_most(f"{name} statements", site.run(_statements(site, ours.url + path, learner)), "SQL", bar=2)
                )
        return results


async def _prepare(site: BenchSite) -> Learner:
    with quiet_host(site) as host:
        await migrate(site, host)
        async with host.running():
            tenant_id = await prepare(site, host)
            for number in range(COURSES):
                folder = write_course(site.home / f"c{number:02}", f"c{number:02}", modules=MODULES, lessons=LESSONS)
                async with host.context(tenant_id) as ctx:
                    await add_course(host, ctx, folder)
            user_id = await _learner(host, tenant_id)
            await drain(host)
            return Learner(tenant_id=tenant_id, user_id=user_id, token=token_for(host, tenant_id, user_id))


async def _learner(host: Host, tenant_id: UUID) -> UUID:
    async with host.context(tenant_id) as ctx:
        user_id = await add_learner(ctx, 0)
        courses = (await ctx.session.scalars(select(Course.id).order_by(Course.slug).limit(TAKEN))).all()
        lessons = {
            course: (await ctx.session.scalars(select(Lesson.id).where(Lesson.course_id == course).limit(DONE))).all()
            for course in courses
        }
    for course, taken in lessons.items():
        async with host.context(tenant_id) as ctx:
            await enrol(ctx, host, user_id, course)
            for lesson in taken:
                await complete_lesson(ctx, host, user_id, lesson)
    return user_id


def _pages(learner: Learner) -> dict[str, Any]:
    user = {"kind": "uuid", "value": str(learner.user_id)}
    now = {"kind": "time", "value": dt.datetime.now(dt.UTC).isoformat()}
    slug = {"kind": "text", "value": "c00"}
    rights = {name: {"kind": "plain", "value": value} for name, value in (("read_every", True), ("read_roles", []))}
    known = {"user_id": user, "now": now, "slug": slug, **rights}
    pages = {
        "dashboard": (DASHBOARD.sql, [_argument(DASHBOARD, name, known) for name in DASHBOARD.names]),
        "course": (COURSE.sql, [_argument(COURSE, name, known) for name in COURSE.names]),
    }
    return {"BASELINE_PAGES": msgspec.json.encode(pages).decode(), "BASELINE_TENANT": str(learner.tenant_id)}


def _argument(query: Any, name: str, known: dict[str, Any]) -> dict[str, Any]:
    return known[name] if name in known else {"kind": "plain", "value": query.defaults[name]}


async def _statements(site: BenchSite, url: str, learner: Learner) -> float:
    """SELECTs a request sends, counted by PostgreSQL over 50 requests."""
    assert site.services.postgres is not None
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        await connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        await connection.execute("SELECT pg_stat_statements_reset()")
        requests = 50
        for _ in range(requests):
            request = urllib.request.Request(url, headers={"authorization": f"Bearer {learner.token}"})
            with urllib.request.urlopen(request, timeout=10) as answer:
                answer.read()
        counted = await connection.fetchval(
            "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid "
            "WHERE r.rolname = 'questline_app' AND query NOT ILIKE 'BEGIN%' AND query NOT ILIKE 'SET LOCAL%' "
            "AND query NOT ILIKE 'ROLLBACK%' AND query NOT ILIKE '%pgqueuer%' AND query NOT ILIKE 'SELECT pg_notify%'"
        )
        return float(counted) / requests
    finally:
        await connection.close()
