"""A second tenant reaches nothing of the first: every route, every table, and what lies between."""

import asyncio
import itertools
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import asyncpg
import httpx
import msgspec
import pytest
import pytest_asyncio
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


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def tenants(site: Any, small_course: Any, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Tenants]:
    """Both tenants, filled."""
    pair = Tenants(site, await site.new_tenant(), await site.new_tenant(), tmp_path_factory.mktemp("course"))
    await fill(pair, pair.first, MARKER, small_course)
    await fill(pair, pair.second, "intruders", small_course)
    await plant_markers(pair)
    await collect(pair)
    yield pair


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


@pytest.mark.parametrize(("role", "spoof"), [("owner", False), ("owner", True), ("learner", False)])
async def test_no_route_shows_or_changes_the_first_tenant(site, tenants, example_body, role, spoof):
    headers = {"x-questline-tenant": tenants.first.slug} if spoof else {}
    before = await snapshot(tenants)
    requests = 0
    async with await site.sign_in(tenants.second, role, name="Intruder") as client, site.client() as anonymous:
        document = (await anonymous.get("/api/v1/openapi.json")).json()
        for method, template, handler in handlers(site):
            if handler.operation_id == "stream_live":
                continue
            body = example_body(document, method, handler.operation_id, tenants.ids[0])
            for path, sent in paths(tenants, template):
                answer = await client.request(method, path, json=body, headers=headers)
                requests += 1
                seen = f"{method} {path}: {answer.status_code}"
                assert answer.status_code < 500 or answer.headers["content-type"].startswith("text/html"), seen
                assert MARKER not in shown(answer, sent), seen + answer.text
    assert await snapshot(tenants) == before
    print(f"{requests} requests on {len(handlers(site))} route methods as {role}")  # noqa: T201


async def test_nobody_signed_in_sees_only_what_is_public(site, tenants, example_body):
    async with site.client(**{"x-questline-tenant": tenants.first.slug}) as client, site.client() as anonymous:
        document = (await anonymous.get("/api/v1/openapi.json")).json()
        for method, template, handler in handlers(site):
            needs_somebody = "permission" in handler.opt
            body = example_body(document, method, handler.operation_id, tenants.ids[0])
            for path, sent in paths(tenants, template)[:10]:
                if handler.operation_id == "sign_up":
                    continue
                answer = await client.request(method, path, json=body)
                seen = f"{method} {path}: {answer.status_code} {answer.text[:300]}"
                if needs_somebody:
                    assert answer.status_code == 401, seen
                if handler.operation_id not in PUBLIC:
                    assert MARKER not in shown(answer, sent), seen
                nameless = await anonymous.request(method, path, json=body)
                assert MARKER not in shown(nameless, sent), path


async def test_the_first_tenants_own_people_do_see_the_markers(site, tenants):
    """Else the walks would prove nothing."""
    async with await site.sign_in(tenants.first, "owner") as owner:
        for path in ("/api/v1/catalogue", "/api/v1/users", "/api/v1/site", "/api/v1/p/points/rules"):
            answer = await owner.get(path)
            assert answer.status_code == 200
            assert MARKER in answer.text, path
        assert MARKER in (await owner.get(f"/api/v1/media/{tenants.media}")).text


async def test_media_of_the_first_tenant_are_not_the_seconds(site, tenants):
    async with await site.sign_in(tenants.second, "owner") as client:
        for name in (tenants.media, f"..%2F..%2F{tenants.first.id}%2Fmedia%2F{tenants.media}"):
            answer = await client.get(f"/api/v1/media/{name}", headers={"x-questline-tenant": tenants.first.slug})
            assert answer.status_code == 404, answer.text


async def test_cursors_of_the_first_tenant_show_the_second_nothing(site, tenants):
    lists = ["/api/v1/users", "/api/v1/catalogue", "/api/v1/p/points/me/entries"]
    used = 0
    async with (
        await site.sign_in(tenants.first, "owner") as first,
        await site.sign_in(tenants.second, "owner") as second,
    ):
        cursors = ["WyJhIl0"]
        for path in lists:
            cursor = (await first.get(path, params={"limit": 1})).json()["next_cursor"]
            cursors += [cursor] if cursor else []
        for path, cursor in itertools.product(lists, cursors):
            answer = await second.get(path, params={"cursor": cursor, "limit": 100})
            assert answer.status_code in {200, 422}, answer.text
            assert MARKER not in answer.text
            used += 1
    assert len(cursors) > 1
    assert used == len(lists) * len(cursors)


async def test_the_firsts_password_opens_nothing_through_the_second(site, tenants):
    credentials = {"email": f"person@{MARKER}.test", "password": PASSWORD}
    async with site.client(**{"x-questline-tenant": tenants.second.slug}) as visitor:
        assert (await visitor.post("/api/v1/auth/log-in", json=credentials)).status_code == 401
    async with await site.sign_in(tenants.second, "learner") as client:
        header = {"x-questline-tenant": tenants.first.slug}
        assert (await client.post("/api/v1/auth/log-in", json=credentials, headers=header)).status_code == 401


async def test_a_token_of_the_first_keeps_its_tenant_under_the_seconds_name(site, tenants):
    async with await site.sign_in(tenants.first, "learner") as client:
        headers = {"x-questline-tenant": tenants.second.slug, "host": f"{tenants.second.slug}.localhost"}
        assert (await client.get("/api/v1/site", headers=headers)).json()["slug"] == tenants.first.slug


class Numbered(msgspec.Struct):
    """A live message."""

    text: str


async def open_stream(site: Any, token: str, headers: dict[str, str]) -> tuple[asyncio.Queue[bytes], asyncio.Task[Any]]:
    """Read the live stream over ASGI, chunk by chunk."""
    chunks: asyncio.Queue[bytes] = asyncio.Queue()
    left = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if not hasattr(receive, "asked"):
            receive.asked = True  # type: ignore[attr-defined]
            return {"type": "http.request", "body": b"", "more_body": False}
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            await chunks.put(message["body"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/api/v1/live",
        "raw_path": b"/api/v1/live",
        "query_string": b"",
        "root_path": "",
        "headers": [
            (k.encode(), v.encode()) for k, v in {"authorization": token, "host": "localhost", **headers}.items()
        ],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
        "state": {},
    }
    return chunks, asyncio.create_task(site.app(scope, receive, send))


@pytest.mark.parametrize("spoof", [False, True])
async def test_live_messages_of_the_first_never_reach_the_second(site, tenants, spoof):
    headers = {"x-questline-tenant": tenants.first.slug} if spoof else {}
    async with await site.sign_in(tenants.second, "owner") as client:
        chunks, task = await open_stream(site, client.headers["authorization"], headers)
        try:
            async with asyncio.timeout(10):
                assert b"ready" in await chunks.get()
                for tenant in (tenants.first, tenants.second):
                    async with site.context(tenant.id) as ctx:
                        word = MARKER if tenant is tenants.first else "own"
                        ctx.send_live("plugins.changed", Numbered(text=word))
                        ctx.send_live("points.awarded", Numbered(text=word), user_id=client.user_id)
                received = [await chunks.get(), await chunks.get()]
            assert all(b"own" in each and MARKER.encode() not in each for each in received)
            assert chunks.empty()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest_asyncio.fixture(loop_scope="session")
async def app_role(site: Any) -> AsyncIterator[asyncpg.Connection]:
    """A connection as the application has it, nothing set."""
    connection = await asyncpg.connect(site.services.database_url)
    yield connection
    await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def superuser(site: Any) -> AsyncIterator[asyncpg.Connection]:
    """A connection that sees everything."""
    connection = await asyncpg.connect(super_url(site))
    yield connection
    await connection.close()


async def test_every_table_hides_the_first_tenants_rows(tenants, app_role, superuser):
    tables = await tenant_tables(superuser)
    filled = [
        table
        for table in tables
        if await superuser.fetchval(f"SELECT EXISTS (SELECT FROM {table} WHERE tenant_id = $1)", tenants.first.id)
    ]
    assert set(tables) == set(filled), "tables of which nothing was tested: fill them in this test's tenant"
    for table in tables:
        assert await app_role.fetchval(f"SELECT count(*) FROM {table}") == 0, table
        async with app_role.transaction():
            await app_role.execute(f"SET LOCAL questline.tenant_id = '{tenants.second.id}'")
            seen = await app_role.fetchval(f"SELECT count(*) FROM {table} WHERE tenant_id <> $1", tenants.second.id)
            assert seen == 0, table
            assert await app_role.fetchval(f"SELECT count(*) FROM {table} WHERE tenant_id = $1", tenants.first.id) == 0
    print(f"{len(tables)} tables")  # noqa: T201


async def test_no_table_takes_or_loses_the_first_tenants_rows(tenants, app_role, superuser):
    before = await snapshot(tenants)
    first, second = tenants.first.id, tenants.second.id
    for table in await tenant_tables(superuser):
        for tenant in (None, second):
            for statement in (
                f"INSERT INTO {table} (tenant_id) VALUES ('{first}')",
                f"UPDATE {table} SET tenant_id = '{first}'",
                f"UPDATE {table} SET tenant_id = tenant_id WHERE tenant_id = '{first}'",
                f"DELETE FROM {table} WHERE tenant_id = '{first}'",
                f"TRUNCATE {table}",
            ):
                transaction = app_role.transaction()
                await transaction.start()
                try:
                    if tenant:
                        await app_role.execute(f"SET LOCAL questline.tenant_id = '{tenant}'")
                    done = await app_role.execute(statement)
                    assert done.endswith(" 0"), f"{statement}: {done}"
                except asyncpg.InsufficientPrivilegeError:
                    pass
                finally:
                    await transaction.rollback()
    assert await snapshot(tenants) == before


async def test_every_tenant_table_is_protected_and_led_by_its_tenant(superuser):
    rows = await superuser.fetch(
        "SELECT c.oid::regclass::text AS name, c.relrowsecurity, c.relforcerowsecurity,"
        " (SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
        "  WHERE i.indrelid = c.oid AND i.indisprimary) AS leads"
        " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped"
        f" WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN {IGNORED_SCHEMAS}"
    )
    assert rows
    assert {row["name"]: (row["relrowsecurity"], row["relforcerowsecurity"], row["leads"]) for row in rows} == {
        row["name"]: (True, True, "tenant_id") for row in rows
    }


async def test_only_known_tables_are_without_a_tenant(superuser):
    rows = await superuser.fetch(
        "SELECT n.nspname AS schema, c.relname AS name, c.relkind FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        f" WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN {IGNORED_SCHEMAS}"
        " AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')"
    )
    unknown = [
        f"{row['schema']}.{row['name']}"
        for row in rows
        if not {f"{row['schema']}.{row['name']}", f"*.{row['name']}", f"{row['schema']}.*"} & SHARED.keys()
    ]
    assert not unknown, "without tenant_id and not in the list of shared tables"
    views = await superuser.fetch(
        "SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        f" WHERE c.relkind IN ('v', 'm', 'f') AND n.nspname NOT IN {IGNORED_SCHEMAS}"
    )
    assert not views, "a view reads as its owner, past row-level security"
    functions = await superuser.fetch(
        "SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        f" WHERE p.prosecdef AND n.nspname NOT IN {IGNORED_SCHEMAS}"
    )
    assert not functions, "a function that runs as its owner reads past row-level security"


async def test_what_the_app_may_do_with_shared_tables(tenants, app_role):
    first, second = tenants.first.id, tenants.second.id
    refused = [
        f"UPDATE core.tenant SET slug = 'x' WHERE id = '{second}'",
        "INSERT INTO core.tenant (slug, name) VALUES ('x', 'x')",
        f"DELETE FROM core.tenant WHERE id = '{second}'",
        "TRUNCATE core.tenant",
        "UPDATE core.alembic_version SET version_num = 'x'",
        "DELETE FROM points.alembic_version",
        "TRUNCATE queue.pgqueuer",
        "ALTER TABLE core.tenant DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE core.mine (id int)",
        "CREATE TABLE public.mine (id int)",
        "CREATE SCHEMA mine",
        "SET ROLE questline_owner",
        "SET SESSION AUTHORIZATION questline_owner",
    ]
    for statement in refused:
        async with app_role.transaction():
            await app_role.execute(f"SET LOCAL questline.tenant_id = '{second}'")
            with pytest.raises(asyncpg.PostgresError, match=r"permission denied|must be owner|does not exist"):
                async with app_role.transaction():
                    await app_role.execute(statement)
            done = await app_role.execute("UPDATE core.tenant SET name = 'x' WHERE id = $1", first)
            assert done == "UPDATE 0"
    assert await app_role.execute("UPDATE core.tenant SET name = 'x'") == "UPDATE 0"


async def test_the_apps_role_owns_nothing_and_cannot_step_past_the_rules(app_role, superuser):
    role = await app_role.fetchval("SELECT current_user")
    row = await superuser.fetchrow("SELECT * FROM pg_roles WHERE rolname = $1", role)
    for right in ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication"):
        assert not row[right], right
    owned = "SELECT count(*) FROM {} WHERE {} = (SELECT oid FROM pg_roles WHERE rolname = $1)"
    for catalogue, column in (
        ("pg_class", "relowner"),
        ("pg_namespace", "nspowner"),
        ("pg_proc", "proowner"),
        ("pg_database", "datdba"),
        ("pg_type", "typowner"),
    ):
        assert await superuser.fetchval(owned.format(catalogue, column), role) == 0, catalogue
    memberships = "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = $1"
    assert await superuser.fetchval(memberships, role) == 0
