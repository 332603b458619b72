"""Which tables have rows of people, by the database's own account, and what became of one person's rows in them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

NAMED = 5000
"""Rows of a table that are followed one by one; of more, only the number is."""
Name = tuple[str, str]
USERS: Name = ("core", "user_account")
TABLES = text("""
SELECT n.nspname AS schema, c.relname AS name,
    (SELECT array_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
        AND NOT a.attisdropped AND a.atttypid = 'uuid'::regtype
        AND (a.attname = 'user_id' OR a.attname LIKE '%\\_user\\_id')) AS named,
    (SELECT jsonb_agg(jsonb_build_array(a.attname, format_type(a.atttypid, a.atttypmod)) ORDER BY i.n)
        FROM pg_constraint k, unnest(k.conkey) WITH ORDINALITY i(num, n), pg_attribute a
        WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attrelid = c.oid AND a.attnum = i.num) AS key
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'queue')
    AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')
    AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
ORDER BY 1, 2
""")
REFERENCES = text("""
SELECT n.nspname AS schema, c.relname AS name, tn.nspname AS target_schema, t.relname AS target_name,
    (SELECT array_agg(a.attname ORDER BY i.n) FROM unnest(k.conkey) WITH ORDINALITY i(num, n)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = i.num) AS columns,
    (SELECT array_agg(a.attname ORDER BY i.n) FROM unnest(k.confkey) WITH ORDINALITY i(num, n)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = i.num) AS target_columns
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_class t ON t.oid = k.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
WHERE k.contype = 'f'
""")


class PersonTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table with rows of people: its key with the columns' types, and the condition on a row to be `:person`'s."""

    schema: str
    name: str
    key: tuple[tuple[str, str], ...]
    condition: str

    @property
    def sql(self) -> str:
        """The name, quoted."""
        return f'"{self.schema}"."{self.name}"'


class Rows(msgspec.Struct, kw_only=True):
    """One person's rows of a table: how many, and which."""

    table: PersonTable
    count: int
    keys: list[list[str | None]]


class Fate(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one person's rows of a table."""

    table: str
    rows: int
    deleted: int
    pseudonymised: int
    kept: int


async def person_tables(session: AsyncSession) -> list[PersonTable]:
    """Every table with rows of people: by a reference to users, by a column's name, or through another such table."""
    rows = {(row.schema, row.name): row for row in await session.execute(TABLES)}
    references: dict[Name, list[Any]] = {}
    for row in await session.execute(REFERENCES):
        references.setdefault((row.schema, row.name), []).append(row)
    found: dict[Name, PersonTable] = {}
    for name, row in rows.items():
        condition = _condition(name, rows, references, ())
        if condition and name != USERS:
            key = tuple((column, kind) for column, kind in row.key or ())
            found[name] = PersonTable(schema=name[0], name=name[1], key=key, condition=condition)
    return list(found.values())


def _condition(name: Name, rows: dict[Name, Any], references: dict[Name, list[Any]], path: tuple[Name, ...]) -> str:
    if name in path or name not in rows:
        return ""
    own: set[str] = set(rows[name].named or ())
    through = []
    for each in references.get(name, ()):
        target = (each.target_schema, each.target_name)
        if target == USERS:
            own |= set(each.columns) - {"tenant_id"}
        elif target in rows and (condition := _condition(target, rows, references, (*path, name))):
            parent = f'SELECT {_names(each.target_columns)} FROM "{target[0]}"."{target[1]}" WHERE {condition}'  # noqa: S608
            through.append(f"({_names(each.columns)}) IN ({parent})")
    if own:  # a row says itself whose it is; what it refers to may be another person's
        return "(" + " OR ".join(f'"{column}" = :person' for column in sorted(own)) + ")"
    return "(" + " OR ".join(through) + ")" if through else ""


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


async def rows_of(session: AsyncSession, table: PersonTable, person: UUID) -> Rows:
    """A person's rows of a table."""
    count = await _count(session, table, person)
    if not count or count > NAMED or not table.key:
        return Rows(table=table, count=count, keys=[])
    columns = ", ".join(f'"{name}"::text' for name, _ in table.key)
    statement = text(f"SELECT {columns} FROM {table.sql} WHERE {table.condition}")  # noqa: S608
    found = await session.execute(statement, {"person": person})
    return Rows(table=table, count=count, keys=[list(row) for row in found])


async def fate_of(session: AsyncSession, before: Rows, person: UUID) -> Fate:
    """What became of the rows that a person had."""
    still = await _count(session, before.table, person)
    alive = max(still, await _alive(session, before)) if before.keys else still
    return Fate(
        table=f"{before.table.schema}.{before.table.name}",
        rows=before.count,
        deleted=before.count - alive,
        pseudonymised=alive - still,
        kept=still,
    )


async def _count(session: AsyncSession, table: PersonTable, person: UUID) -> int:
    statement = text(f"SELECT count(*) FROM {table.sql} WHERE {table.condition}")  # noqa: S608
    return int(await session.scalar(statement, {"person": person}) or 0)


async def _alive(session: AsyncSession, before: Rows) -> int:
    same = " AND ".join(
        f'row."{name}" = CAST(was.one ->> {number} AS {kind})' for number, (name, kind) in enumerate(before.table.key)
    )
    now = f"{before.table.sql} row ON {same}"
    statement = text(f"SELECT count(*) FROM jsonb_array_elements(CAST(:keys AS jsonb)) was(one) JOIN {now}")  # noqa: S608
    return int(await session.scalar(statement, {"keys": msgspec.json.encode(before.keys).decode()}) or 0)
