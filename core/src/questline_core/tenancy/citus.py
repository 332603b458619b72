"""SQL that distributes the tables over a Citus cluster by tenant, and what would keep a table from it."""

from typing import Any

import asyncpg
import msgspec

from questline_core.tenancy.tables import IGNORED_SCHEMAS, tenant_tables

LOCAL_SCHEMAS = ("queue",)
"""Schemas that stay on the coordinator: the worker reads the queue there."""
LOCAL_TABLES = ("alembic_version",)
UNIQUE = """
SELECT n.nspname || '.' || c.relname AS title, x.relname AS name,
    EXISTS (SELECT FROM unnest(i.indkey::int2[]) AS k (number) WHERE k.number = t.attnum) AS distributed
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped
WHERE i.indisunique AND n.nspname <> ALL ($1::text[])
"""
FOREIGN = """
SELECT n.nspname || '.' || c.relname AS title, f.conname AS name,
    p.nspname || '.' || r.relname AS parent, f.confdeltype::text AS on_delete, f.confdelsetcols IS NOT NULL AS some,
    (SELECT attname FROM pg_attribute WHERE attrelid = r.oid AND attname = 'tenant_id') IS NOT NULL AS of_tenant,
    EXISTS (SELECT FROM unnest(f.conkey, f.confkey) AS pair (mine, theirs)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = pair.mine AND a.attname = 'tenant_id'
        JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = pair.theirs AND b.attname = 'tenant_id') AS colocated
FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class r ON r.oid = f.confrelid JOIN pg_namespace p ON p.oid = r.relnamespace
JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped
WHERE f.contype = 'f' AND n.nspname <> ALL ($1::text[])
"""
SHARED = """
SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname <> ALL ($1::text[]) AND NOT EXISTS (
    SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
ORDER BY 1, 2
"""
FUNCTIONS = """
SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = 'core' ORDER BY 1
"""
HEAD = """\
-- Distributes Questline's tables over a Citus cluster by tenant. Run it once as the owner, on the coordinator, with the
-- site stopped and everything migrated; then keep to `questline migrate` as before.
-- The tenant of a transaction has to reach the workers, and triggers only ever touch rows of the same tenant.
ALTER DATABASE {database} SET citus.propagate_set_commands = 'local';
ALTER DATABASE {database} SET citus.enable_unsafe_triggers = on;
SET citus.enable_unsafe_triggers = on;
"""


class CitusPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The statements, and why some table cannot be distributed."""

    sql: str
    distributed: list[str]
    reference: list[str]
    local: list[str]
    problems: list[str]


async def plan(connection: "asyncpg.Connection[Any]") -> CitusPlan:
    """Look at every table of core and plugins and say how it is distributed."""
    tables = await tenant_tables(connection)
    problems = [f"{table.title}: its primary key lacks tenant_id" for table in tables if "tenant_id" not in table.key]
    problems += [
        f"{row['title']}: the unique index {row['name']} lacks tenant_id"
        for row in await connection.fetch(UNIQUE, list(IGNORED_SCHEMAS))
        if not row["distributed"]
    ]
    for row in await connection.fetch(FOREIGN, list(IGNORED_SCHEMAS)):
        if row["of_tenant"] and not row["colocated"]:
            problems.append(f"{row['title']}: the foreign key {row['name']} does not pair tenant_id")
        if row["on_delete"] in "nd" and not row["some"]:
            problems.append(f"{row['title']}: the foreign key {row['name']} would set tenant_id")
    reference: list[str] = []
    local: list[str] = []
    for row in await connection.fetch(SHARED, list(IGNORED_SCHEMAS)):
        title = f"{row['schema']}.{row['name']}"
        kept = row["schema"] in LOCAL_SCHEMAS or row["name"] in LOCAL_TABLES
        (local if kept else reference).append(title)
    lines = [HEAD.format(database=await connection.fetchval("SELECT quote_ident(current_database())"))]
    lines += [f"SELECT create_reference_table('{title}');" for title in reference]
    first = "NULL"
    for table in tables:
        together = "" if first == "NULL" else f", colocate_with => '{first}'"
        lines.append(f"SELECT create_distributed_table('{table.title}', 'tenant_id'{together});")
        first = table.title if first == "NULL" else first
    lines += [f"SELECT create_distributed_function('{row['name']}');" for row in await connection.fetch(FUNCTIONS)]
    return CitusPlan(
        sql="\n".join(lines) + "\n",
        distributed=[table.title for table in tables],
        reference=reference,
        local=local,
        problems=sorted(problems),
    )
