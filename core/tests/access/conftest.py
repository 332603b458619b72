"""A site without plugins, staff who have just proved who they are, and courses copied in bulk."""

from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from sqlalchemy import event, insert, select, text

from questline_core.auth.models import AuthSession
from questline_core.content.models import Course
from questline_core.testing import TestSite


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site():
    async with TestSite.open([]) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def staff(site, tenant, as_user):
    """Makes users who have just proved who they are."""

    async def make(role="owner", **named):
        client = await as_user(role, **named)
        async with site.context(tenant.id) as ctx:
            times = dict.fromkeys(("created_at", "last_used_at", "authenticated_at"), ctx.now)
            values = {"id": client.user_id, "user_id": client.user_id, **times}
            await ctx.session.execute(insert(AuthSession).values(**values, expires_at=ctx.now.replace(year=2100)))
        return client

    return make


@pytest_asyncio.fixture(loop_scope="session")
async def owner(staff):
    return await staff("owner")


@pytest.fixture
def make_courses(site, tenant):
    """Copies published courses in; answers with their ids by slug."""

    async def make(count):
        async with site.context(tenant.id) as ctx:
            for statement in BULK:
                await ctx.session.execute(text(statement), {"count": count} if ":count" in statement else {})
            rows = await ctx.session.execute(select(Course.slug, Course.id).order_by(Course.slug))
            return {row.slug: row.id for row in rows}

    return make


BULK = (
    "INSERT INTO core.course (slug) SELECT 'bulk-' || lpad(n::text, 5, '0') FROM generate_series(1, :count) n",
    (
        "INSERT INTO core.course_version (course_id, number, title, summary, description_html, level, language, tags,"
        " objectives, minutes, lesson_count, outline, search_text, checksum)"
        " SELECT c.id, 1, c.slug, '', '', 'beginner', 'en', '[]', '[]', 100, 20, '[]', c.slug, '' FROM core.course c"
    ),
    "UPDATE core.course c SET current_version_id = v.id FROM core.course_version v WHERE v.course_id = c.id",
)


@pytest.fixture
def make_role(owner):
    """Makes a role of the tenant's own."""

    async def make(slug, *permissions):
        role = {"slug": slug, "name": slug.title(), "permissions": list(permissions)}
        answer = await owner.post("/api/v1/roles", json=role)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return make


@pytest.fixture
def grant(owner):
    """Gives somebody a role."""

    async def give(client, role, **place):
        data = {"user_id": str(client.user_id), "role": role} | {name: str(value) for name, value in place.items()}
        answer = await owner.post("/api/v1/grants", json=data)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return give


FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SET ")


@asynccontextmanager
async def count_statements(host):
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


@pytest.fixture
def statements():
    """Collects the statements that the application sends, on either kind of connection."""
    return count_statements
