"""A plugin whose migration fails is undone as a whole and taken out of service; the site and the others go on."""

import pytest
from sqlalchemy import text

from questline_core.db.migrate import MigrationError, Owner, current_revision, migrate
from questline_core.db.upgrade import upgrade_all
from questline_core.plugins.health import check_schemas
from questline_core.plugins.registry import State
from questline_core.testing import TestSite

HEAD = """
import sqlalchemy as sa
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema
from alembic import op
"""
FIRST = (
    HEAD
    + """
revision, down_revision = "0001", None
def upgrade():
    create_schema("shaky")
    create_tenant_table("first", sa.Column("word", sa.Text), schema="shaky")
def downgrade():
    op.drop_table("first", schema="shaky")
    drop_schema("shaky")
"""
)
SECOND = (
    HEAD
    + """
revision, down_revision = "0002", "0001"
def upgrade():
    create_tenant_table("second", schema="shaky")
    op.execute("SELECT 1 / 0")
def downgrade():
    op.drop_table("second", schema="shaky")
"""
)
CODE = """
from litestar import get
from questline_sdk import Plugin, hookimpl

@get("/ping", operation_id="shaky_ping", public=True)
async def ping() -> str:
    return "pong"

class Shaky(Plugin):
    @hookimpl
    def register_routes(self): return [ping]

plugin = Shaky()
"""


async def tables(site, schema: str) -> list[str]:
    async with site.owner_engine.connect() as connection:
        found = await connection.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = :schema ORDER BY 1"), {"schema": schema}
        )
        return list(found.scalars())


async def drop(site, schema: str) -> None:
    async with site.owner_engine.begin() as connection:
        await connection.execute(text(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE'))


async def test_a_failing_migration_is_undone_and_only_its_plugin_is_out_of_service(build_plugin, good, site):
    shaky = build_plugin("shaky", CODE, migrations={"0001_first": FIRST, "0002_second": SECOND})
    async with TestSite.open([shaky, good], services=site.services) as own:
        record = own.host.registry.records["shaky"]
        assert record.state is State.NEEDS_MIGRATION
        assert "its schema is at nothing, its code needs 0002" in (record.reason or "")
        assert await tables(own, "shaky") == []
        tenant = await own.new_tenant()
        async with own.client(**{"x-questline-tenant": tenant.slug}) as client:
            assert (await client.get("/api/v1/p/shaky/ping")).status_code == 404
            assert (await client.get("/api/v1/p/good/hello")).json() == {"hello": "world"}
        reports = await upgrade_all(own.owner_engine, own.host.registry.records.values())
        (failed,) = [report for report in reports if report.error]
        assert (failed.owner, failed.error) == (
            "shaky",
            "shaky: division by zero",
        )
    await drop(site, "shaky")


async def test_a_mended_plugin_is_back_after_the_next_migration(build_plugin, site):
    mended = SECOND.replace('op.execute("SELECT 1 / 0")', "pass")
    shaky = build_plugin("shaky", CODE, migrations={"0001_first": FIRST, "0002_second": mended})
    async with TestSite.open([shaky], services=site.services) as own:
        assert own.host.registry.records["shaky"].state is State.ACTIVE
        owner = own.host.registry.records["shaky"].owner
        assert owner is not None
        assert await migrate(own.owner_engine, owner, revision="0001") == ("0002", "0001")
        await check_schemas(own.host.database, own.host.registry)
        assert own.host.registry.records["shaky"].state is State.NEEDS_MIGRATION
        await migrate(own.owner_engine, owner)
        await check_schemas(own.host.database, own.host.registry)
        assert own.host.registry.records["shaky"].state is State.ACTIVE
    await drop(site, "shaky")


async def test_a_schema_newer_than_the_code_is_left_alone_and_good(build_plugin, site):
    """Old processes run on the schema of the new ones while they are replaced."""
    mended = SECOND.replace('op.execute("SELECT 1 / 0")', "pass")
    shaky = build_plugin("shaky", CODE, migrations={"0001_first": FIRST, "0002_second": mended})
    async with TestSite.open([shaky], services=site.services) as own:
        record = own.host.registry.records["shaky"]
        assert record.owner is not None
        (record.owner.scripts / "versions" / "0002_second.py").unlink()
        await check_schemas(own.host.database, own.host.registry)
        assert record.state is State.ACTIVE
        assert await migrate(own.owner_engine, record.owner) == ("0002", "0002")
    await drop(site, "shaky")


async def test_a_forked_history_is_refused(build_plugin, site):
    fork = FIRST.replace('"0001", None', '"0001b", None')
    entry = build_plugin("forked", CODE.replace("shaky", "forked"), migrations={"0001_a": FIRST, "0001_b": fork})
    async with TestSite.open([entry], services=site.services) as own:
        record = own.host.registry.records["forked"]
        assert record.state is State.NEEDS_MIGRATION
        assert "history has 2 heads" in (record.reason or "")


@pytest.mark.parametrize("plugin_id", ["core", "points", "badges", "leaderboards", "assessments"])
async def test_migrations_go_up_down_and_up_again(plugin_id, site):
    """On a database of their own; every downgrade leaves nothing but the version table."""
    from questline_core.db.engine import make_engine
    from questline_core.db.migrate import CORE

    record = site.host.registry.records.get(plugin_id)
    owner = CORE if record is None else record.owner
    assert isinstance(owner, Owner)
    assert site.services.postgres is not None
    name = f"updown_{plugin_id}"
    admin = make_engine(site.services.postgres.dsn("superuser", "postgres"), pool_size=1)
    try:
        async with admin.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text(f"CREATE DATABASE {name} OWNER questline_owner"))
        engine = make_engine(site.services.postgres.dsn("owner", name), pool_size=1)
        try:
            if owner is not CORE:
                await migrate(engine, CORE)
            for target in ("head", "base", "head"):
                await migrate(engine, owner, revision=target)
                async with engine.connect() as connection:
                    expected = owner.head() if target == "head" else None
                    assert await current_revision(connection, owner.schema) == expected
                    left = await connection.execute(
                        text("SELECT tablename FROM pg_tables WHERE schemaname = :schema"), {"schema": owner.schema}
                    )
                    assert target == "head" or list(left.scalars()) == ["alembic_version"]
        finally:
            await engine.dispose()
    finally:
        async with admin.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        await admin.dispose()


async def test_a_failed_migration_says_who_and_why(build_plugin, site):
    entry = build_plugin("shaky", CODE, migrations={"0001_first": FIRST, "0002_second": SECOND})
    async with TestSite.open([entry], services=site.services) as own:
        owner = own.host.registry.records["shaky"].owner
        assert owner is not None
        with pytest.raises(MigrationError, match="shaky: division by zero"):
            await migrate(own.owner_engine, owner)
    await drop(site, "shaky")
