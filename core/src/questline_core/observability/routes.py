"""Whether this process lives, whether it can work, and its metrics."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import lru_cache, partial
from typing import Any

import msgspec
from asyncpg.exceptions import InterfaceError, PostgresError
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from questline_core.db.engine import Database
from questline_core.db.migrate import CORE, is_newer
from questline_core.host import Host
from questline_core.http.problems import Problem, answer, make_problem
from questline_sdk import FieldError

CHECK_SECONDS = 2.0
METRICS_TYPE = CONTENT_TYPE_LATEST.partition("; charset")[0]
FAILURES = (TimeoutError, OSError, SQLAlchemyError, PostgresError, InterfaceError, RedisError)


class Health(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That a process is well; `degraded` where tenants that live in other databases cannot be served."""

    status: str
    problems: list[FieldError] = []
    """What is wrong with which database; the tenants of all others are served."""


@get("/health/live", operation_id="get_liveness", summary="Whether the process answers", sync_to_thread=False)
def get_liveness() -> Health:
    """The process is up; an orchestrator restarts it where this does not answer."""
    return Health(status="ok")


@get(
    "/health/ready",
    operation_id="get_readiness",
    summary="Whether the process can serve requests",
    responses={503: ResponseSpec(Problem, description="What does not answer.", media_type="application/problem+json")},
)
async def get_readiness(host: NamedDependency[Host], request: Request[Any, Any, Any]) -> Response[Any]:
    """PostgreSQL and Valkey answer and core's schema is what this code expects; a balancer sends requests only then.

    Databases that single tenants live in are looked at, too, but end no service for the others: `degraded`, with 200.
    """
    checks = {"postgresql": partial(_migrated, host.database), "valkey": partial(_ping_valkey, host)}
    shards = {f"postgresql/{name}": partial(_migrated, shard) for name, shard in host.database.shards.items()}
    found = await asyncio.gather(*(_check(name, check) for name, check in (checks | shards).items()))
    errors = [error for error in found[: len(checks)] if error is not None]
    if not errors:
        problems = [error for error in found[len(checks) :] if error is not None]
        health = Health(status="degraded" if problems else "ok", problems=problems)
        return Response(health, headers={"cache-control": "no-store"})
    detail = "; ".join(f"{error.field} {error.message}" for error in errors)
    problem = make_problem(request, status=503, title="Not ready", detail=detail, code="not_ready", errors=errors)
    return answer(request, problem, {"retry-after": "1", "cache-control": "no-store"})


@get(
    "/metrics",
    operation_id="get_metrics",
    summary="Prometheus metrics",
    media_type="text/plain",
    sync_to_thread=False,
)
def get_metrics() -> Response[bytes]:
    """Counters and histograms of this process in Prometheus' text format."""
    return Response(generate_latest(), media_type=METRICS_TYPE, headers={"cache-control": "no-store"})


async def _check(name: str, check: Callable[[], Awaitable[str | None]]) -> FieldError | None:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            reason = await check()
    except FAILURES:
        reason = "does not answer"
    return FieldError(name, reason) if reason else None


async def _migrated(database: Database) -> str | None:
    async with database.engine.connect() as connection:
        exists = await connection.scalar(text("SELECT to_regclass('core.alembic_version') IS NOT NULL"))
        current = await connection.scalar(text("SELECT version_num FROM core.alembic_version")) if exists else None
    head = _head()
    if current == head or is_newer(CORE, current):
        return None
    return f"has core's schema at {current or 'nothing'}, this code needs {head}"


async def _ping_valkey(host: Host) -> str | None:
    await host.redis.ping()
    return None


@lru_cache(maxsize=1)
def _head() -> str | None:
    return CORE.head()


router = Router("", route_handlers=[get_liveness, get_readiness, get_metrics], tags=["operations"])
