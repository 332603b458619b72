"""The tables that hold tenants' rows, read from the database: core's and every plugin's, installed or not."""

from graphlib import TopologicalSorter
from typing import Any

import asyncpg
import msgspec

IGNORED_SCHEMAS = ("pg_catalog", "information_schema", "pg_toast")
DERIVED = ("core.tenant_usage",)
"""Tables that triggers fill from others; a copy of a tenant fills them in the same way."""

TABLES = """
SELECT n.nspname AS schema, c.relname AS name,
    (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
    (SELECT array_agg(a.attname::text ORDER BY k.place) FROM pg_index i
        CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
        WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
    (SELECT array_agg(DISTINCT p.nspname || '.' || r.relname) FROM pg_constraint f
        JOIN pg_class r ON r.oid = f.confrelid JOIN pg_namespace p ON p.oid = r.relnamespace
        WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS parents
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname <> ALL ($1::text[])
ORDER BY 1, 2
"""


class TenantTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table whose rows belong to tenants; `columns` are those that are stored, not generated."""

    schema: str
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def title(self) -> str:
        """Schema and name."""
        return f"{self.schema}.{self.name}"

    @property
    def sql(self) -> str:
        """Schema and name, quoted."""
        return f'"{self.schema}"."{self.name}"'

    def listed(self, columns: tuple[str, ...] | None = None, *, of: str = "") -> str:
        """Columns as SQL, each of the alias `of`."""
        before = f"{of}." if of else ""
        return ", ".join(f'{before}"{name}"' for name in columns or self.columns)


async def tenant_tables(connection: "asyncpg.Connection[Any]") -> list[TenantTable]:
    """Every table of tenants' rows, each after those that its foreign keys lead to."""
    rows = await connection.fetch(TABLES, list(IGNORED_SCHEMAS))
    found = {
        f"{row['schema']}.{row['name']}": TenantTable(
            schema=row["schema"], name=row["name"], columns=tuple(row["columns"]), key=tuple(row["key"] or ())
        )
        for row in rows
    }
    parents = {f"{row['schema']}.{row['name']}": set(row["parents"] or ()) & found.keys() for row in rows}
    return [found[title] for title in TopologicalSorter(parents).static_order()]


async def revisions(connection: "asyncpg.Connection[Any]") -> dict[str, str]:
    """The revision that each owner's schema is at."""
    schemas = await connection.fetch(
        "SELECT n.nspname AS schema FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relname = 'alembic_version' AND n.nspname <> ALL ($1::text[]) ORDER BY 1",
        list(IGNORED_SCHEMAS),
    )
    found = {}
    for row in schemas:
        revision = await connection.fetchval(f'SELECT version_num FROM "{row["schema"]}".alembic_version')  # noqa: S608
        if revision is not None:
            found[row["schema"]] = revision
    return found
