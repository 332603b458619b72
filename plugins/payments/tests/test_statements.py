"""What the check of access costs a course request: no statement."""

import pytest
from sqlalchemy import event

from questline_core.db.engine import Database

PLUGINS = ("payments", "payments_sandbox")


@pytest.fixture
def statements(site, monkeypatch):
    """Every statement that is sent, by either way to the database."""
    sent = []
    read = Database.read

    async def counted(self, tenant_id, query, parameters):
        sent.append(query.sql)
        return await read(self, tenant_id, query, parameters)

    monkeypatch.setattr(Database, "read", counted)
    engines = [database.engine.sync_engine for database in site.host.database.all.values()]

    def note(connection, cursor, statement, parameters, context, many):
        sent.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield sent
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


async def test_reading_a_course_sends_no_more_than_without_payments(shop, statements, site):
    await shop.paid()
    await site.drain()
    lesson = (await shop.buyer.get("/api/v1/courses/tea")).json()["modules"][0]["lessons"][0]["id"]
    paths = ("/api/v1/catalogue", "/api/v1/courses/tea", f"/api/v1/lessons/{lesson}", "/api/v1/dashboard")

    async def count():
        sent = {}
        for path in paths:
            statements.clear()
            assert (await shop.buyer.get(path)).status_code == 200
            sent[path] = list(statements)
        return sent

    await count()
    with_payments = await count()
    for plugin in PLUGINS:
        answer = await shop.admin.put(f"/api/v1/plugins/{plugin}/enabled", json={"enabled": False})
        assert answer.status_code == 200, answer.text
    await count()
    assert {path: len(sent) for path, sent in with_payments.items()} == {
        path: len(sent) for path, sent in (await count()).items()
    }
    assert all(with_payments.values())
    assert not any("payments." in each for sent in with_payments.values() for each in sent)
