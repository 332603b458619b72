"""The hot reads take one statement each, and enter large tables by their indexes."""

import json
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from sqlalchemy import event, text

from questline_core.content.dashboard import DASHBOARD
from questline_core.content.queries import COURSE, LESSON

LARGE = {"lesson", "lesson_version", "lesson_progress", "enrolment", "user_account"}
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SET ")


@asynccontextmanager
async def statements(host):
    """Collect the statements that the application sends, on either kind of connection."""
    sent = []

    def from_asyncpg(record):
        if not record.query.startswith(FRAME):
            sent.append(record.query)

    def from_sqlalchemy(_connection, _cursor, statement, *_):
        if not statement.startswith(FRAME):
            sent.append(statement)

    pool = await host.database.pool()
    opened = [await pool.acquire() for _ in range(pool.get_max_size())]
    for connection in opened:
        connection.add_query_logger(from_asyncpg)
    for connection in opened:
        await pool.release(connection)
    engine = host.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", from_sqlalchemy)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", from_sqlalchemy)
        opened = [await pool.acquire() for _ in range(pool.get_max_size())]
        for connection in opened:
            connection.remove_query_logger(from_asyncpg)
            await pool.release(connection)


@pytest.mark.parametrize("page", ["/courses/tea", "/lessons/{green}", "/dashboard", "/catalogue"])
async def test_a_page_is_one_statement(host, learner, enrolled, page):
    _, by_slug = await enrolled(learner)
    path = "/api/v1" + page.format(green=by_slug["green"]["id"])
    await learner.get(path)  # tenants and plugins are in memory from now on
    async with statements(host) as sent:
        answer = await learner.get(path)
    assert answer.status_code == 200
    assert len(sent) == 1, sent


@pytest_asyncio.fixture(loop_scope="session")
async def crowd(site, tenant, tea):
    """1,000 lessons in 50 courses and 200 learners with progress in all of them, copied in bulk."""
    async with site.context(tenant.id) as ctx:
        for statement in BULK:
            await ctx.session.execute(text(statement))
    async with site.owner_engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("ANALYZE"))


BULK = """
INSERT INTO core.user_account (email, display_name, role)
    SELECT 'u' || n || '@example.test', 'U', 'learner' FROM generate_series(1, 200) n;
INSERT INTO core.course (slug) SELECT 'bulk-' || n FROM generate_series(1, 50) n;
INSERT INTO core.module (course_id, slug) SELECT id, 'm' FROM core.course WHERE slug LIKE 'bulk-%';
INSERT INTO core.lesson (course_id, module_id, slug, kind, minutes, position)
    SELECT course_id, id, 'l' || n, 'lesson', 5, n FROM core.module, generate_series(1, 20) n WHERE slug = 'm';
INSERT INTO core.course_version (course_id, number, title, summary, description_html, level, language, tags,
        objectives, minutes, lesson_count, outline, search_text, checksum)
    SELECT c.id, 1, c.slug, '', '', 'beginner', 'en', '[]', '[]', 100, 20, '[]', c.slug, ''
    FROM core.course c WHERE c.slug LIKE 'bulk-%';
UPDATE core.course c SET current_version_id = v.id FROM core.course_version v
    WHERE v.course_id = c.id AND c.slug LIKE 'bulk-%';
INSERT INTO core.lesson_version (version_id, lesson_id, module_id, module_title, title, kind, minutes, position,
        objectives, blocks)
    SELECT c.current_version_id, l.id, l.module_id, 'M', 'L', 'lesson', 5, l.position, '[]', '[]'
    FROM core.lesson l JOIN core.course c ON c.id = l.course_id WHERE c.slug LIKE 'bulk-%';
INSERT INTO core.enrolment (user_id, course_id) SELECT u.id, c.id FROM core.user_account u, core.course c;
INSERT INTO core.lesson_progress (user_id, course_id, lesson_id, status, completed_at, minutes)
    SELECT e.user_id, e.course_id, l.id, 'completed', now(), 5
    FROM core.enrolment e JOIN core.lesson l USING (course_id);
""".strip().split(";\n")


def scans(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from scans(child)


EVERYWHERE = {"every": True, "roles": []}


async def test_large_tables_are_entered_by_their_indexes(host, learner, tenant, lessons, crowd):
    _, by_slug = await lessons(learner)
    pool = await host.database.pool()
    async with pool.acquire() as connection:
        everywhere = {f"{name}_{part}": value for name in ("read", "manage") for part, value in EVERYWHERE.items()}
        reads = {name: value for name, value in everywhere.items() if name.startswith("read")}
        for query, parameters in (
            (COURSE, {"slug": "bulk-7", **reads}),
            (LESSON, {"lesson_id": by_slug["green"]["id"], **everywhere}),
            (DASHBOARD, {"now": None}),
        ):
            await connection.execute(f"BEGIN READ ONLY; SET LOCAL questline.tenant_id = '{tenant.id}'")
            arguments = query.arguments({"user_id": learner.user_id, **parameters})
            (row,) = await connection.fetch(f"EXPLAIN (FORMAT JSON) {query.sql}", *arguments)
            await connection.execute("ROLLBACK")
            whole = [
                node["Relation Name"]
                for node in scans(json.loads(row[0])[0]["Plan"])
                if node["Node Type"] == "Seq Scan" and "Relation Name" in node
            ]
            assert not {"lesson", "lesson_version", "lesson_progress", "enrolment", "user_account"} & set(whole), (
                query.sql
            )


async def test_rows_of_another_tenant_are_not_believed(host, learner, tenant, lessons, site):
    """As behind a pooler that gives each transaction another connection of the server."""
    await lessons(learner)
    other = await site.new_tenant()
    pool = await host.database.pool()
    opened = [await pool.acquire() for _ in range(pool.get_max_size())]
    for connection in opened:
        await connection.execute(f"SET questline.tenant_id = '{tenant.id}'")
        connection._con.tenant_id = other.id
    for connection in opened:
        await pool.release(connection)
    query = {"user_id": learner.user_id, "slug": "tea", "read_every": True, "read_roles": []}
    for _ in opened:
        with pytest.raises(RuntimeError, match="another's rows"):
            await host.database.read(other.id, COURSE, query)
    assert await host.database.read(other.id, COURSE, query) == []
    assert len(await host.database.read(tenant.id, COURSE, query)) == 1
