"""A course that was paid for, read with and without the plugin that sells it: the statements that are sent."""

from uuid import UUID

import asyncpg
import httpx

from bench.report import Result, at_most
from bench.site import BenchSite, add_course, add_learner, bench_site, migrate, prepare, quiet_host, token_for
from bench.site import write_course as write
from questline_core.host import Host
from questline_core.plugins.service import set_enabled
from questline_payments.catalogue import add_price, add_product
from questline_payments.schemas import PriceInput, ProductInput

STATISTICS = {"shared_preload_libraries": "pg_stat_statements"}
PLUGINS = ("payments",)
READS = 20
COUNT = """
SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
WHERE r.rolname = 'questline_app' AND query NOT ILIKE 'BEGIN%' AND query NOT ILIKE 'SET LOCAL%'
    AND query NOT ILIKE 'ROLLBACK%' AND query NOT ILIKE 'COMMIT%'
"""


def run() -> list[Result]:
    """Read the course and its lesson on a server with the plugin on, then on one with it off."""
    with bench_site(postgres_settings=STATISTICS) as site, quiet_host(site) as host:
        tenant_id, token = site.run(_prepare(site, host))
        with site.server() as server:
            sold = site.run(_statements(site, server.url, token))
        site.run(_switch_off(host, tenant_id))
        with site.server() as server:
            free = site.run(_statements(site, server.url, token))
    return [at_most("statements more for a course that is sold", sold - free, "SQL", bar=0, baseline=free)]


async def _prepare(site: BenchSite, host: Host) -> tuple[UUID, str]:
    await migrate(site, host)
    async with host.running():
        tenant_id = await prepare(site, host, plugins=PLUGINS)
        async with host.context(tenant_id) as ctx:
            await add_course(host, ctx, write(site.home / "c", "sold", modules=1, lessons=2))
            learner = await add_learner(ctx, 1)
        connection = await asyncpg.connect(site.services.owner_database_url)
        try:
            await connection.execute(f"SET questline.tenant_id = '{tenant_id}'")
            course_id = await connection.fetchval("SELECT id FROM core.course")
            await connection.execute(
                "INSERT INTO core.enrolment (tenant_id, user_id, course_id) VALUES ($1, $2, $3)",
                tenant_id,
                learner,
                course_id,
            )
        finally:
            await connection.close()
        async with host.context(tenant_id) as ctx:
            product = await add_product(ctx, ProductInput(kind="course", title="Sold", course_ids=[course_id]))
            await add_price(ctx, product.id, PriceInput(currency="EUR", amount=5000))
    return tenant_id, token_for(host, tenant_id, learner)


async def _switch_off(host: Host, tenant_id: UUID) -> None:
    for plugin_id in PLUGINS:
        async with host.context(tenant_id) as ctx:
            await set_enabled(ctx, plugin_id, enabled=False)


async def _statements(site: BenchSite, url: str, token: str) -> float:
    """Statements of a reading of the course and of a lesson, counted by PostgreSQL."""
    assert site.services.postgres is not None
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        await connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
        async with httpx.AsyncClient(base_url=url, headers={"authorization": f"Bearer {token}"}) as client:
            course = (await client.get("/api/v1/courses/sold")).raise_for_status().json()
            lesson = course["modules"][0]["lessons"][0]["id"]
            await connection.execute("SELECT pg_stat_statements_reset()")
            for _ in range(READS):
                (await client.get("/api/v1/courses/sold")).raise_for_status()
                (await client.get(f"/api/v1/lessons/{lesson}")).raise_for_status()
        return round(float(await connection.fetchval(COUNT)) / READS, 1)
    finally:
        await connection.close()
