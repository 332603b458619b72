"""No table shows, takes or loses a row of the first tenant, whoever asks as the application."""

import asyncpg
import pytest
from tests.integration.cross_tenant.two_tenants import IGNORED_SCHEMAS, SHARED, snapshot, tenant_tables


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
    # It can only be run by its trigger, and the tables' owner obeys their forced row-level security.
    # The others check for themselves: of whom there is an account nothing is forgotten, and a tenant is not removed
    # before its time.
    known = {"core.audit_chain()", "core.audit_forget(uuid,text[])", "core.remove_tenant(jsonb)"}
    assert {row["name"] for row in functions} == known, "a function that runs as its owner"


async def test_what_the_app_may_do_with_shared_tables(tenants, app_role):
    first, second = tenants.first.id, tenants.second.id
    refused = [
        f"UPDATE core.tenant SET slug = 'x' WHERE id = '{second}'",
        "INSERT INTO core.tenant (slug, name) VALUES ('x', 'x')",
        f"DELETE FROM core.tenant WHERE id = '{second}'",
        "TRUNCATE core.tenant",
        f"UPDATE core.tenant SET read_only = true WHERE id = '{second}'",
        f"UPDATE core.tenant SET limits = '{{}}' WHERE id = '{second}'",
        f"UPDATE core.tenant SET state = 'deleting', delete_at = now() WHERE id = '{second}'",
        "SELECT core.remove_tenant('{}')",
        "SELECT FROM core.removed_tenant",
        "SELECT FROM core.tenant_move",
        "UPDATE core.site_limits SET limits = '{}'",
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
