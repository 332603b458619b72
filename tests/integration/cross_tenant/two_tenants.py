"""Two tenants, one with a marker in every place it has, and what the tests ask of them."""

import itertools
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import asyncpg
import httpx
from litestar.handlers import HTTPRouteHandler
from sqlalchemy import text

from questline_core.auth.accounts import create_user
from questline_core.content.importer import available_block_types, import_course, load_course
from questline_core.plugins.service import set_enabled
from questline_core.storage.routes import media_key
from questline_sdk.events import UserLoggedIn

MARKER = "zqxjkvbpmarker"
PASSWORD = "correct horse battery staple"
PUBLIC = {"get_site", "get_media", "get_theme", "get_theme_css"}
"""What a tenant shows to everybody who names it."""
SHARED = {
    "core.tenant": "the directory of tenants is read before the tenant is known; only the own row may be changed",
    "*.alembic_version": "one revision for the installation; read only",
    "queue.*": "the queue's own tables; the worker serves every tenant",
}
IGNORED_SCHEMAS = "('pg_catalog', 'information_schema', 'pg_toast')"
PAIRS = 30


class Tenants:
    """Tenant A with one of everything, tenant B that wants it."""

    def __init__(self, site: Any, first: Any, second: Any, folder: Path) -> None:
        self.site, self.first, self.second, self.folder = site, first, second, folder
        self.ids: list[UUID] = []
        self.words: list[str] = []
        self.media = ""


def super_url(site: Any) -> str:
    """The address past row-level security."""
    return str(site.services.postgres.dsn("superuser"))


async def fill(pair: Tenants, tenant: Any, word: str, small_course: Any) -> None:
    """One of everything that the API can make."""
    site = pair.site
    folder = small_course(pair.folder / word, word)
    source, problems = load_course(folder, await available_block_types(site.host, tenant.id))
    assert source is not None, list(map(str, problems))
    async with site.context(tenant.id) as ctx:
        await import_course(ctx, site.host, source)
        await create_user(ctx, email=f"person@{word}.test", display_name=word, password=PASSWORD, role="learner")
    async with site.client(**{"x-questline-tenant": tenant.slug}) as visitor:
        answer = await visitor.post("/api/v1/auth/log-in", json={"email": f"person@{word}.test", "password": PASSWORD})
        assert answer.status_code == 200, answer.text
    async with await site.sign_in(tenant, "learner", name=word) as learner:
        await learn(learner, word)
        await learner.put("/api/v1/p/leaderboards/me/preferences", json={"opted_out": False, "pseudonym": f"{word} x"})
    async with await site.sign_in(tenant, "admin", name=word) as admin:
        await make_definitions(admin, word)
    await site.drain()
    await park(site, tenant)


async def learn(learner: httpx.AsyncClient, word: str) -> None:
    """Enrol, complete a lesson, attempt the quiz."""
    course = (await learner.get(f"/api/v1/courses/{word}")).json()
    assert (await learner.post(f"/api/v1/courses/{course['id']}/enrolment")).status_code == 201
    lesson, quiz = course["modules"][0]["lessons"]
    assert (await learner.post(f"/api/v1/lessons/{lesson['id']}/completion")).status_code == 200
    blocks = (await learner.get(f"/api/v1/lessons/{quiz['id']}")).json()["blocks"]
    (assessment,) = [each["data"]["assessment_id"] for each in blocks if each["type"] == "assessments.quiz"]
    answer = await learner.post(f"/api/v1/p/assessments/{assessment}/attempts")
    assert answer.status_code == 201, answer.text
    attempt = answer.json()
    item = attempt["items"][0]
    response = {"response": {"option_id": item["options"][0]["id"]}}
    saved = await learner.put(f"/api/v1/p/assessments/attempts/{attempt['id']}/answers/{item['id']}", json=response)
    assert saved.status_code == 200, saved.text


async def make_definitions(admin: httpx.AsyncClient, word: str) -> None:
    """A rule, a badge and settings."""
    rule = {"name": f"{word} rule", "event": "learning.lesson.completed.v1", "amount": 5}
    assert (await admin.post("/api/v1/p/points/rules", json=rule)).status_code == 201
    badge = {
        "slug": f"{word}-badge",
        "title": f"{word} badge",
        "description": word,
        "hint": word,
        "criterion": {"type": "event_count", "event": "learning.lesson.completed.v1", "count": 1},
    }
    answer = await admin.post("/api/v1/p/badges/definitions", json=badge)
    assert answer.status_code == 201, answer.text
    answer = await admin.put("/api/v1/plugins/leaderboards/settings", json={"top": 12, "neighbours": 4})
    assert answer.status_code == 200, answer.text


async def park(site: Any, tenant: Any) -> None:
    """Leave a message that waits for its plugin."""
    async with site.context(tenant.id) as ctx:
        someone = await create_user(ctx, email="late@example.test", display_name="Late", password=None)
        await ctx.publish(UserLoggedIn(user_id=someone.id))
    async with site.context(tenant.id) as ctx:
        await set_enabled(ctx, "badges", enabled=False)
    await site.drain()
    async with site.context(tenant.id) as ctx:
        # Only this once without the switch's own work, which would queue the message again.
        await ctx.session.execute(text("UPDATE core.tenant_plugin SET enabled = true WHERE plugin_id = 'badges'"))
    site.host.enablement.forget(tenant.id)


async def tenant_tables(connection: asyncpg.Connection) -> list[str]:
    """Every table with a tenant, qualified and quoted."""
    rows = await connection.fetch(
        "SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped"
        f" WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN {IGNORED_SCHEMAS} ORDER BY 1"
    )
    return [row["name"] for row in rows]


async def plant_markers(pair: Tenants) -> None:
    """Put the marker into every text column of A that takes it."""
    connection = await asyncpg.connect(super_url(pair.site))
    try:
        columns = await connection.fetch(
            "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
            f" WHERE table_schema NOT IN {IGNORED_SCHEMAS} AND data_type = 'text' AND is_generated = 'NEVER'"
        )
        tables = set(await tenant_tables(connection))
        for schema, table, column, _ in columns:
            if f"{schema}.{table}" not in tables or column in {"plugin_id", "handler", "role", "status", "time_zone"}:
                continue
            try:
                async with connection.transaction():
                    await connection.execute(
                        f'UPDATE "{schema}"."{table}" SET "{column}" = "{column}" || \'{MARKER}\''
                        f" WHERE tenant_id = $1 AND \"{column}\" NOT LIKE '%{MARKER}%'",
                        pair.first.id,
                    )
            except asyncpg.IntegrityConstraintViolationError:
                continue
        await connection.execute("UPDATE core.tenant SET name = $2 WHERE id = $1", pair.first.id, f"{MARKER} school")
    finally:
        await connection.close()
    pair.site.host.tenants.forget()


async def collect(pair: Tenants) -> None:
    """Every id and slug of A, to be put into paths."""
    connection = await asyncpg.connect(super_url(pair.site))
    try:
        for table in await tenant_tables(connection):
            for row in await connection.fetch(f"SELECT * FROM {table} WHERE tenant_id = $1 LIMIT 1", pair.first.id):
                pair.ids += [value for key, value in row.items() if isinstance(value, UUID) and key != "tenant_id"]
                pair.words += [row[key] for key in ("slug", "key") if row.get(key)]
    finally:
        await connection.close()
    pair.ids = list(dict.fromkeys(pair.ids))
    pair.words = list(dict.fromkeys(pair.words))
    keys = [info.key async for info in pair.site.host.store.list(media_key(pair.first.id, ""))]
    pair.media = keys[0].rpartition("/")[2]


async def snapshot(pair: Tenants) -> dict[str, str]:
    """What every table says of A."""
    connection = await asyncpg.connect(super_url(pair.site))
    try:
        return {
            table: await connection.fetchval(
                f"SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM {table} t"
                " WHERE tenant_id = $1",
                pair.first.id,
            )
            for table in await tenant_tables(connection)
        }
    finally:
        await connection.close()


def handlers(site: Any) -> list[tuple[str, str, HTTPRouteHandler]]:
    """Every route of the running application with each of its methods."""
    return [
        (method, route.path, handler)
        for route in site.app.routes
        for handler in getattr(route, "route_handlers", ())
        if isinstance(handler, HTTPRouteHandler)
        for method in sorted(handler.http_methods)
    ]


def paths(pair: Tenants, template: str) -> list[tuple[str, tuple[str, ...]]]:
    """The paths of a template with A's ids, slugs and names in them, and what was put in."""
    names = re.findall(r"\{([a-z_]+):([a-z]+)\}", template)
    choices = []
    for name, kind in names:
        if kind == "uuid":
            choices.append([str(each) for each in pair.ids])
        elif name == "name":
            choices.append([pair.media, f"../{pair.first.id}/media/{pair.media}"])
        elif name == "period":
            choices.append(["all", "week"])
        else:
            choices.append([*pair.words, "points", "leaderboards", str(pair.first.id), pair.first.slug])
    limit = None if len(names) < 2 else PAIRS
    found = []
    for values in itertools.islice(itertools.product(*choices), limit):
        path = template
        for (name, kind), value in zip(names, values, strict=True):
            path = path.replace(f"{{{name}:{kind}}}", quote(value, safe="/"))
        found.append((path, values))
    return found


def shown(answer: httpx.Response, sent: tuple[str, ...]) -> str:
    """What an answer says beyond what it was asked with."""
    text = answer.text
    for value in sent:
        text = text.replace(value, "")
    return text
