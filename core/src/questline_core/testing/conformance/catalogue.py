"""Everything that is defined in a database, as one mapping: two moments can be compared."""

import asyncpg

OURS = "(n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')"
"""What takes the place of `OURS` in the statements below: every schema but PostgreSQL's own, `n` being the schema."""

PARTS = {
    "schema": """
        SELECT n.nspname AS name, coalesce(n.nspacl::text, '') AS definition FROM pg_namespace n WHERE OURS""",
    "": """
        SELECT CASE c.relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'view ' WHEN 'S' THEN 'sequence ' ELSE 'table ' END
               || n.nspname || '.' || c.relname AS name,
               c.relkind::text || c.relrowsecurity || c.relforcerowsecurity || coalesce(c.relacl::text, '')
               || CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) ELSE '' END AS definition
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE OURS AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')""",
    "column": """
        SELECT n.nspname || '.' || c.relname || '.' || a.attname AS name,
               format_type(a.atttypid, a.atttypmod) || a.attnotnull
               || coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS definition
        FROM pg_attribute a
        JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE OURS AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""",
    "index": """
        SELECT n.nspname || '.' || c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE OURS""",
    "constraint": """
        SELECT n.nspname || '.' || coalesce(c.relname, t.typname) || '.' || k.conname AS name,
               pg_get_constraintdef(k.oid) AS definition
        FROM pg_constraint k
        JOIN pg_namespace n ON n.oid = k.connamespace
        LEFT JOIN pg_class c ON c.oid = k.conrelid
        LEFT JOIN pg_type t ON t.oid = k.contypid
        WHERE OURS""",
    "policy": """
        SELECT n.nspname || '.' || c.relname || '.' || p.polname AS name,
               p.polcmd::text || coalesce(pg_get_expr(p.polqual, p.polrelid), '')
               || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '') AS definition
        FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE OURS""",
    "trigger": """
        SELECT n.nspname || '.' || c.relname || '.' || t.tgname AS name, pg_get_triggerdef(t.oid) AS definition
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE OURS AND NOT t.tgisinternal""",
    "function": """
        SELECT n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' AS name,
               p.prosecdef || coalesce(p.prosrc, '') AS definition
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE OURS""",
    "type": """
        SELECT n.nspname || '.' || t.typname AS name,
               t.typtype::text || coalesce(
                   (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)
                    FROM pg_enum e WHERE e.enumtypid = t.oid), '') AS definition
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE OURS AND t.typtype IN ('e', 'd', 'r')""",
    "extension": "SELECT extname AS name, extversion AS definition FROM pg_extension",
    "event_trigger": "SELECT evtname AS name, evtevent AS definition FROM pg_event_trigger",
    "large_object": "SELECT oid::text AS name, '' AS definition FROM pg_largeobject_metadata",
}

Catalogue = dict[str, str]


async def read_catalogue(connection: "asyncpg.Connection[asyncpg.Record]") -> Catalogue:
    """Every object outside PostgreSQL's own schemas, by kind and name, with its definition."""
    return {
        f"{kind} {row['name']}".strip(): row["definition"]
        for kind, statement in PARTS.items()
        for row in await connection.fetch(statement.replace("OURS", OURS))
    }


def outside(catalogue: Catalogue, schema: str) -> Catalogue:
    """The catalogue less a schema and all that lies in it."""
    return {name: definition for name, definition in catalogue.items() if not _lies_in(name, schema)}


def without_version_table(catalogue: Catalogue, schema: str) -> Catalogue:
    """The catalogue less what an owner that went down to nothing leaves: its schema, with Alembic's table in it."""
    return {
        name: definition
        for name, definition in catalogue.items()
        if name != f"schema {schema}" and not name.partition(" ")[2].startswith(f"{schema}.alembic_version")
    }


def differences(before: Catalogue, after: Catalogue) -> list[str]:
    """What is there only afterwards, is gone, or is defined otherwise; one line each, without the parts of a table."""
    changed = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    return [
        *(f"{name} is left" for name in _whole(after.keys() - before.keys())),
        *(f"{name} is gone" for name in _whole(before.keys() - after.keys())),
        *(f"{name} has changed" for name in sorted(changed)),
    ]


def _whole(names: set[str]) -> list[str]:
    tables = {place for kind, place in (name.split(" ", 1) for name in names) if kind in {"table", "view"}}
    return sorted(
        name
        for kind, place, name in ((*name.split(" ", 1), name) for name in names)
        if kind in {"table", "view"} or not any(place.startswith(f"{table}.") for table in tables)
    )


def _lies_in(name: str, schema: str) -> bool:
    place = name.partition(" ")[2]
    return place == schema or place.startswith(f"{schema}.")
