"""An owner's tables as the database describes them."""

import asyncpg
import msgspec

COLUMNS = """
SELECT c.oid AS table_oid, c.relname, c.relrowsecurity, c.relforcerowsecurity, a.attname,
       format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull, a.atthasdef, a.attgenerated <> '' AS generated,
       (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = a.atttypid) AS labels
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'alembic_version'
ORDER BY c.relname, a.attnum
"""
CONSTRAINTS = """
SELECT k.conrelid AS table_oid, k.conname, k.contype::text AS kind, pg_get_constraintdef(k.oid) AS definition,
       (SELECT array_agg(a.attname ORDER BY i.n) FROM unnest(k.conkey) WITH ORDINALITY i(num, n)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = i.num) AS columns,
       fn.nspname AS target_schema, fc.relname AS target_table,
       (SELECT array_agg(a.attname ORDER BY i.n) FROM unnest(k.confkey) WITH ORDINALITY i(num, n)
        JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = i.num) AS target_columns
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class fc ON fc.oid = k.confrelid
LEFT JOIN pg_namespace fn ON fn.oid = fc.relnamespace
WHERE n.nspname = $1 AND k.contype IN ('p', 'f', 'c')
"""
USERS = ("core", "user_account")


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column."""

    name: str
    type: str
    required: bool
    has_default: bool
    generated: bool
    labels: tuple[str, ...] = ()
    """The values of an enumeration."""


class Reference(msgspec.Struct, frozen=True, kw_only=True):
    """A foreign key."""

    columns: tuple[str, ...]
    target: tuple[str, str]
    target_columns: tuple[str, ...]


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """A check constraint."""

    name: str
    columns: tuple[str, ...]
    definition: str


class Table(msgspec.Struct, kw_only=True):
    """A table."""

    schema: str
    name: str
    protected: bool
    forced: bool
    columns: dict[str, Column]
    key: tuple[str, ...] = ()
    references: list[Reference] = []
    limits: list[Limit] = []

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def sql(self) -> str:
        """The name, quoted."""
        return f'"{self.schema}"."{self.name}"'

    @property
    def person_columns(self) -> tuple[str, ...]:
        """The columns that say whose row it is: references to users, or what is named like one."""
        referring = {name for each in self.references if each.target == USERS for name in each.columns}
        named = {
            name
            for name, column in self.columns.items()
            if column.type == "uuid" and (name == "user_id" or name.endswith("_user_id"))
        }
        return tuple(name for name in self.columns if name in (referring | named) - {"tenant_id"})

    def is_one_of(self, column: str) -> bool:
        """Say whether a check or its type limits a column to a list of values."""
        if self.columns[column].labels:
            return True
        return any(
            limit.columns == (column,) and ("= ANY" in limit.definition or ")::text =" in limit.definition)
            for limit in self.limits
        )

    def refers(self, column: str) -> bool:
        """Say whether a column is part of a foreign key."""
        return any(column in each.columns for each in self.references)


async def read_tables(connection: "asyncpg.Connection[asyncpg.Record]", schema: str) -> list[Table]:
    """Every table of a schema, referenced ones before those that refer to them."""
    tables: dict[int, Table] = {}
    for row in await connection.fetch(COLUMNS, schema):
        table = tables.setdefault(
            row["table_oid"],
            Table(
                schema=schema,
                name=row["relname"],
                protected=row["relrowsecurity"],
                forced=row["relforcerowsecurity"],
                columns={},
                references=[],
                limits=[],
            ),
        )
        table.columns[row["attname"]] = Column(
            name=row["attname"],
            type=row["type"],
            required=row["attnotnull"],
            has_default=row["atthasdef"],
            generated=row["generated"],
            labels=tuple(row["labels"] or ()),
        )
    for row in await connection.fetch(CONSTRAINTS, schema):
        if row["table_oid"] in tables:
            _constrain(tables[row["table_oid"]], row)
    return _in_order(list(tables.values()))


def _constrain(table: Table, row: asyncpg.Record) -> None:
    columns = tuple(row["columns"] or ())
    if row["kind"] == "p":
        table.key = columns
    elif row["kind"] == "c":
        table.limits.append(Limit(name=row["conname"], columns=columns, definition=row["definition"]))
    else:
        table.references.append(
            Reference(
                columns=columns,
                target=(row["target_schema"], row["target_table"]),
                target_columns=tuple(row["target_columns"]),
            )
        )


def _in_order(tables: list[Table]) -> list[Table]:
    by_name = {(table.schema, table.name): table for table in tables}
    ordered: dict[tuple[str, str], Table] = {}

    def visit(table: Table, path: tuple[tuple[str, str], ...]) -> None:
        name = (table.schema, table.name)
        if name in ordered or name in path:
            return
        for reference in table.references:
            if reference.target in by_name:
                visit(by_name[reference.target], (*path, name))
        ordered[name] = table

    for table in tables:
        visit(table, ())
    return list(ordered.values())


def of_persons(tables: list[Table]) -> set[str]:
    """The names of the tables whose rows belong to a user, by a column of their own or through another such table."""
    found = {table.name for table in tables if table.person_columns}
    while True:
        more = {
            table.name
            for table in tables
            for reference in table.references
            if reference.target[0] == table.schema and reference.target[1] in found
        }
        if more <= found:
            return found
        found |= more
