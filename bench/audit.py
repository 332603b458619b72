"""An audit log of 10,000,000 entries: a page of one person's history, and the check of the whole chain."""

import os
import statistics
import time
from uuid import UUID

import asyncpg
import httpx

from bench.report import Result, at_most
from bench.site import BenchSite, add_learner, bench_site, migrate, prepare, quiet_host, token_for
from questline_core.audit.verify import verify
from questline_core.auth.accounts import create_user
from questline_core.db.engine import make_engine

ROWS = int(os.environ.get("BENCH_AUDIT_ROWS", "10000000"))
BATCH = 500_000
PEOPLE = 2_000
PAGES = 200
LEAST_RATE = 100_000
TABLE = "ALTER TABLE core.audit_entry"
HASH = "SELECT hash FROM core.audit_entry WHERE tenant_id = $1 AND number = $2"
INDEXES = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'core' AND tablename = 'audit_entry'"
NAMES = (
    "SELECT indexname FROM pg_indexes WHERE schemaname = 'core' AND tablename = 'audit_entry'"
    " AND indexname NOT LIKE 'pk_%'"
)
# The same digests as core.audit_chain makes, in a loop: a chain cannot be hashed in parallel.
FILL = f"""
CREATE FUNCTION pg_temp.chain(tenant uuid, people uuid[], first bigint, last bigint, before bytea)
RETURNS SETOF core.audit_entry LANGUAGE plpgsql AS $$
DECLARE
    entry core.audit_entry;
    hash bytea := before;
BEGIN
    entry.tenant_id := tenant;
    entry.subject_type := 'lesson';
    entry.address := '203.0.113.7';
    entry.details := '{{"before": {{"title": "Old title"}}, "after": {{"title": "A new title"}}}}';
    FOR number IN first..last LOOP
        entry.number := number;
        entry.at := '2026-01-01'::timestamptz + number * interval '1 second';
        entry.actor_id := people[1 + (number::bigint * 7919) % {PEOPLE}];
        entry.action := 'content.thing' || number % 40 || '.changed';
        entry.subject_id := (number % 100000)::text;
        entry.request_id := 'request-' || number;
        entry.previous := hash;
        entry.details_salt := uuid_send(gen_random_uuid());
        entry.details_digest := sha256(entry.details_salt
            || convert_to(jsonb_build_array(entry.subject_id, entry.details)::text, 'UTF8'));
        entry.origin_salt := uuid_send(gen_random_uuid());
        entry.origin_digest := sha256(entry.origin_salt
            || convert_to(jsonb_build_array(entry.address, entry.request_id)::text, 'UTF8'));
        hash := sha256(hash || convert_to(jsonb_build_array(
            entry.tenant_id, entry.number, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.actor_id,
            entry.on_behalf_of, entry.action, entry.subject_type, encode(entry.details_digest, 'hex'),
            encode(entry.origin_digest, 'hex'))::text, 'UTF8'));
        entry.hash := hash;
        RETURN NEXT entry;
    END LOOP;
END
$$
"""


def run() -> list[Result]:
    """Fill the log past the trigger, read pages over HTTP, then verify it."""
    with bench_site(postgres_settings={"max_wal_size": "4GB", "maintenance_work_mem": "512MB"}) as site:
        tenant_id, token, people = site.run(_prepare(site))
        started = time.monotonic()
        site.run(_fill(site, tenant_id, people))
        print(f"  {ROWS:,} entries written in {time.monotonic() - started:.0f} s", flush=True)
        with site.server() as server:
            page = site.run(_pages(server.url, token, people))
        rate = site.run(_verify(site, tenant_id))
    return [
        at_most(f"page of one's history among {ROWS:,}, p95", page, "ms", bar=50),
        at_most(f"check of 100,000 entries of {ROWS:,}", LEAST_RATE / rate, "s", bar=1),
    ]


async def _prepare(site: BenchSite) -> tuple[UUID, str, list[UUID]]:
    with quiet_host(site) as host:
        await migrate(site, host)
        async with host.running():
            tenant_id = await prepare(site, host)
            async with host.context(tenant_id) as ctx:
                people = [await add_learner(ctx, number) for number in range(PEOPLE)]
                reader = await create_user(ctx, email="r@bench.example", display_name="R", password=None, role="owner")
                return tenant_id, token_for(host, tenant_id, reader.id, role="owner"), people


async def _fill(site: BenchSite, tenant_id: UUID, people: list[UUID]) -> None:
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser", "questline"))
    try:
        definitions = [row["indexdef"] for row in await connection.fetch(f"{INDEXES} AND indexname NOT LIKE 'pk_%'")]
        for row in await connection.fetch(NAMES):
            await connection.execute(f'DROP INDEX core."{row["indexname"]}"')
        await connection.execute("TRUNCATE core.audit_entry, core.audit_head")
        await connection.execute(
            "ALTER TABLE core.audit_entry SET UNLOGGED; ALTER TABLE core.audit_entry DISABLE TRIGGER ALL"
        )
        await connection.execute(FILL)
        before = await connection.fetchval("SELECT sha256(convert_to($1::uuid::text, 'UTF8'))", tenant_id)
        for first in range(1, ROWS + 1, BATCH):
            last = min(first + BATCH - 1, ROWS)
            await connection.execute(
                "INSERT INTO core.audit_entry SELECT * FROM pg_temp.chain($1, $2, $3, $4, $5)",
                tenant_id, people, first, last, before,
            )  # fmt: skip
            before = await connection.fetchval(
                "SELECT hash FROM core.audit_entry WHERE tenant_id = $1 AND number = $2", tenant_id, last
            )
        await connection.execute("INSERT INTO core.audit_head VALUES ($1, $2, $3)", tenant_id, ROWS, before)
        for definition in definitions:
            await connection.execute(definition)
        await connection.execute(f"{TABLE} ENABLE TRIGGER ALL; ANALYZE core.audit_entry")
        await connection.execute("VACUUM core.audit_entry")
    finally:
        await connection.close()


async def _pages(url: str, token: str, people: list[UUID]) -> float:
    """The p95 of first and following pages of different people."""
    times = []
    async with httpx.AsyncClient(base_url=url, headers={"authorization": f"Bearer {token}"}, timeout=30) as client:
        for number in range(PAGES):
            parameters = {"actor_id": str(people[number * 7 % PEOPLE]), "limit": 50}
            for _ in range(2):
                started = time.perf_counter()
                answer = await client.get("/api/v1/audit", params=parameters)
                times.append((time.perf_counter() - started) * 1000)
                found = answer.raise_for_status().json()
                if len(found["items"]) != min(50, ROWS // PEOPLE):
                    raise RuntimeError(f"the page has {len(found['items'])} entries")
                parameters["cursor"] = found["next_cursor"] or ""
    return statistics.quantiles(times, n=20)[-1]


async def _verify(site: BenchSite, tenant_id: UUID) -> float:
    """Entries checked in a second."""
    engine = make_engine(site.services.owner_database_url, pool_size=4)
    try:
        started = time.perf_counter()
        found = await verify(engine, tenant_id, "bench")
        seconds = time.perf_counter() - started
    finally:
        await engine.dispose()
    if found.flaws or found.entries != ROWS:
        raise RuntimeError(f"{found.entries} entries, flaws: {found.flaws[:3]}")
    return ROWS / seconds
