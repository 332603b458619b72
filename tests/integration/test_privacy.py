"""A user's data is handed out whole and removed whole, the plugins' included."""

import msgspec
import pytest

from questline_core.privacy.person import erase_user, export_user
from questline_sdk import NotFound


async def test_everything_kept_of_a_user_is_exported_without_secrets(site, tenant, as_user, drain):
    learner = await as_user("learner", name="Marker Person")
    async with site.context(tenant.id) as ctx:
        data = await export_user(ctx, learner.user_id)
    assert data["core"]["account"]["display_name"] == "Marker Person"
    assert {"points", "badges", "leaderboards", "assessments"} <= data["plugins"].keys()
    text = msgspec.json.encode(data).decode()
    assert "password" not in text
    assert learner.email in text


async def test_an_erased_user_leaves_no_row_behind(site, tenant, as_user):
    learner = await as_user("learner")
    async with site.context(tenant.id) as ctx:
        await erase_user(ctx, learner.user_id)
    async with site.context(tenant.id) as ctx:
        with pytest.raises(NotFound):
            await export_user(ctx, learner.user_id)
    async with site.owner_engine.connect() as connection:
        await connection.exec_driver_sql(f"SET LOCAL questline.tenant_id = '{tenant.id}'")
        tables = await connection.exec_driver_sql(
            "SELECT table_schema, table_name FROM information_schema.columns WHERE column_name = 'user_id' "
            "AND table_schema NOT IN ('information_schema', 'pg_catalog')"
        )
        for schema, table in tables.fetchall():
            found = await connection.exec_driver_sql(
                f'SELECT count(*) FROM "{schema}"."{table}" WHERE user_id = $1', (learner.user_id,)
            )
            assert (schema, table, found.scalar()) == (schema, table, 0)
