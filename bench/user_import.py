"""Importing 10,000 people from a CSV file, through the API and a worker, against plain inserts of the same rows.

The baseline is what any import must at least do: one asyncpg connection, one `executemany` of the accounts in one
transaction, under row-level security, with nothing checked, compared, audited or reported.
"""

import asyncio
import base64
import json
import time
from typing import Any
from uuid import UUID

import asyncpg
import httpx

from bench.report import Result, at_most
from bench.site import BenchSite, Server, bench_site, migrate, prepare, quiet_host, token_for
from questline_core.auth.accounts import create_user

PEOPLE = 10_000
PATH = "/api/v1/users/imports"
POLL_SECONDS = 0.1
HEADER = "email,given_name,family_name,role,locale,time_zone,external_id"
INSERT = (
    "INSERT INTO core.user_account (tenant_id, email, display_name, given_name, family_name, role, locale, time_zone,"
    " external_id) VALUES ($1, $2, $3, $4, $5, 'learner', 'en', 'Europe/Berlin', $6)"
)


def run() -> list[Result]:
    """Import, import the same again, and insert as many rows by themselves."""
    with bench_site() as site:
        tenant_id, token = site.run(_prepare(site))
        with site.server(QUESTLINE_WORKER_IN_SERVER="false") as server, site.worker():
            first = site.run(_import(server, token, created=PEOPLE))
            again = site.run(_import(server, token, created=0))
        plain = site.run(_plain(site, tenant_id))
    return [
        at_most(f"import of {PEOPLE:,} new people (baseline: asyncpg executemany)", first, "s", bar=20, baseline=plain),
        at_most("the same file again, which changes nothing", again, "s", bar=20),
    ]


async def _prepare(site: BenchSite) -> tuple[UUID, str]:
    with quiet_host(site) as host:
        await migrate(site, host)
        async with host.running():
            tenant_id = await prepare(site, host, plugins=())
            async with host.context(tenant_id) as ctx:
                user = await create_user(ctx, email="a@bench.example", display_name="A", password=None, role="owner")
                user_id = user.id
            return tenant_id, token_for(host, tenant_id, user_id, role="owner")


async def _import(server: Server, token: str, *, created: int) -> float:
    """Seconds from the upload until the last row is in."""
    lines = [f"p{n}@bench.example,Ada,Number {n},learner,en,Europe/Berlin,hr-{n}" for n in range(PEOPLE)]
    content = base64.b64encode("\n".join([HEADER, *lines]).encode()).decode()
    body = {"file_name": "people.csv", "content": content, "dry_run": False}
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=server.url, headers=headers, timeout=60) as client:
        started = time.perf_counter()
        answer = await client.post(PATH, json=body)
        answer.raise_for_status()
        card: dict[str, Any] = answer.json()
        while card["state"] == "running":
            await asyncio.sleep(POLL_SECONDS)
            card = (await client.get(f"{PATH}/{card['id']}")).json()
        seconds = time.perf_counter() - started
    if (card["state"], card["created"], card["refused"]) != ("finished", created, 0):
        raise RuntimeError(f"not imported: {json.dumps(card)}")
    return seconds


async def _plain(site: BenchSite, tenant_id: UUID) -> float:
    connection = await asyncpg.connect(site.services.database_url)
    rows = [
        (tenant_id, f"b{n}@bench.example", f"Ada Number {n}", "Ada", f"Number {n}", f"b-{n}") for n in range(PEOPLE)
    ]
    try:
        started = time.perf_counter()
        async with connection.transaction():
            await connection.execute("SELECT set_config('questline.tenant_id', $1, true)", str(tenant_id))
            await connection.executemany(INSERT, rows)
        return time.perf_counter() - started
    finally:
        await connection.close()
