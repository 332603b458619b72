"""The schema can be left and made again."""

from sqlalchemy import inspect

from questline_core.db.migrate import migrate


def described(connection):
    found = inspect(connection)
    return {
        table: (
            [
                (column["name"], str(column["type"]), column["nullable"])
                for column in found.get_columns(table, "assessments")
            ],
            sorted(index["name"] for index in found.get_indexes(table, "assessments")),
        )
        for table in found.get_table_names("assessments")
        if not table.startswith("alembic")
    }


async def test_migrations_go_up_down_and_up_again(site):
    owner = site.host.registry.records["assessments"].owner
    async with site.owner_engine.connect() as connection:
        before = await connection.run_sync(described)
    await migrate(site.owner_engine, owner, revision="base")
    async with site.owner_engine.connect() as connection:
        assert await connection.run_sync(described) == {}
    await migrate(site.owner_engine, owner)
    async with site.owner_engine.connect() as connection:
        assert await connection.run_sync(described) == before
    assert len(before) == 6
