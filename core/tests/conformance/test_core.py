"""Core keeps the promises about personal data that it asks of plugins."""

import asyncpg
import msgspec
import pytest

from questline_core.plugins.personal import declarations, mapped_tables
from questline_core.privacy.collect import ACCOUNT
from questline_core.privacy.person import erase_user, export_user
from questline_core.testing.conformance.privacy import suspicious
from questline_core.testing.conformance.rows import Filler
from questline_core.testing.conformance.tables import of_persons, read_tables
from questline_sdk.db.personal import PersonalData

ELSEWHERE = {"event"}
"""Tables whose rows name their user in JSON."""


@pytest.fixture(scope="module")
def said():
    return declarations(mapped_tables("questline_core"))


async def test_every_column_that_looks_like_personal_data_says_what_it_is(site, said):
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        tables = await read_tables(connection, "core")
    finally:
        await connection.close()
    persons = of_persons(tables) | {"user_account"}
    looks = [f"{table}.{column}" for table in tables for column in suspicious(table, persons)]
    assert sorted(set(looks) - said.keys()) == []


async def test_what_is_declared_is_in_a_users_export(site, tenant, as_user, said):
    learner = await as_user("learner")
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        filler = Filler(
            connection,
            tenant_id=tenant.id,
            user_id=learner.user_id,
            examples={"audit_entry": {"actor_id": str(learner.user_id)}},
        )
        tables = {table.name: table for table in await read_tables(connection, "core")}
        personal = [name.split(".")[1:] for name, what in said.items() if isinstance(what, PersonalData)]
        words = {
            f"{table}.{column}": (await filler.row(tables[table])).words.get(column)
            for table, column in personal
            if table not in {ACCOUNT.name, *ELSEWHERE}
        }
    finally:
        await connection.close()
    async with site.context(tenant.id) as ctx:
        exported = msgspec.json.encode(await export_user(ctx, learner.user_id)).decode()
    assert len([word for word in words.values() if word]) > 5
    assert [name for name, word in words.items() if word and word not in exported] == []


async def test_a_plugin_that_is_off_hands_out_and_removes_what_it_kept(open_notes):
    async with open_notes(first=("        refs.user(),\n", "")) as subject:
        planted = await subject.planted()
        await subject.switch(planted.tenant, on=False)
        async with subject.site.context(planted.tenant.id) as ctx:
            exported = await export_user(ctx, planted.user_id)
        assert planted.marker in exported["plugins"]["notes"]["notes"][0]["words"]
        async with subject.site.context(planted.tenant.id) as ctx:
            await erase_user(ctx, planted.user_id)
        assert str(planted.user_id) not in (await subject.snapshot(planted.tenant.id))["notes.note"]
