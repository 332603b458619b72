"""Every table of core and of the plugins can be distributed by tenant."""

import asyncpg

from questline_core.tenancy.citus import plan


async def test_every_table_is_distributed_a_reference_or_kept_on_purpose(site):
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        found = await plan(connection)
        total = await connection.fetchval(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
        )
        assert found.problems == []
        assert len(found.distributed) + len(found.reference) + len(found.local) == total
        assert {"core.tenant", "core.domain"} <= set(found.reference)
        assert all(f"create_distributed_table('{title}', 'tenant_id'" in found.sql for title in found.distributed)
        async with connection.transaction():
            await connection.execute("CREATE TABLE points.odd (tenant_id uuid, id uuid PRIMARY KEY, code text UNIQUE)")
            assert len((await plan(connection)).problems) == 3
            raise LookupError
    except LookupError:
        pass
    finally:
        await connection.close()
