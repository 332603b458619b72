"""Tenants are kept apart: by every table and by every route."""

from uuid import UUID

import asyncpg

from questline_core.testing.conformance.http import Route, body_for, document, routes_of
from questline_core.testing.conformance.subject import Planted, Subject
from questline_core.testing.conformance.tables import Table
from questline_core.testing.conformance.verdict import Problem

LEADS = """
SELECT i.relname AS name, array_agg(a.attname ORDER BY k.n) AS columns, x.indisprimary AS primary
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN unnest(x.indkey) WITH ORDINALITY k(num, n) ON true
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num
WHERE n.nspname = $1 AND c.relname = $2 AND x.indisunique GROUP BY 1, 3
"""
PAST_SECURITY = """
SELECT 'the view ' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relkind IN ('v', 'm', 'f')
AND NOT coalesce('security_invoker=true' = ANY (c.reloptions), false)
UNION ALL
SELECT 'the function ' || p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = $1 AND p.prosecdef
"""


async def table_isolation(subject: Subject) -> None:
    """Row-level security is forced on every table, and what it hides is hidden and cannot be changed."""
    tables = await subject.tables()
    async with subject.superuser() as connection:
        for table in tables:
            await _check_definition(subject, connection, table)
        past = await connection.fetch(PAST_SECURITY, subject.schema)
        if past:
            names = ", ".join(row["name"] for row in past)
            raise Problem(f"{names} reads as its owner, past row-level security; read the tables themselves")
    planted = await subject.planted()
    other = await subject.new_tenant()
    for row in planted.rows:
        if "tenant_id" in row.table.columns:
            for tenant_id in (None, other.id):
                await _check_hidden(subject, row.table, planted.tenant.id, tenant_id)


async def _check_definition(subject: Subject, connection: "asyncpg.Connection[asyncpg.Record]", table: Table) -> None:
    if "tenant_id" not in table.columns:
        rights = await connection.fetchval(
            "SELECT has_table_privilege('questline_app', $1, 'INSERT, UPDATE, DELETE')", table.sql
        )
        if rights:
            raise Problem(f"{table} has no tenant_id and the application may write it; use create_tenant_table")
        return
    if not (table.protected and table.forced):
        raise Problem(
            f"{table} has row-level security {'not forced' if table.protected else 'off'}; "
            f"use create_tenant_table, or protect({table.name!r}, schema={subject.schema!r}) in a revision"
        )
    for row in await connection.fetch(LEADS, table.schema, table.name):
        if row["primary"] and row["columns"][0] != "tenant_id":
            raise Problem(f"the primary key of {table} does not begin with tenant_id; use create_tenant_table")
        if "tenant_id" not in row["columns"]:
            raise Problem(
                f"{row['name']} is unique over all tenants: one tenant's value refuses another's; add tenant_id"
            )


async def _check_hidden(subject: Subject, table: Table, owner: UUID, tenant_id: UUID | None) -> None:
    asker = "another tenant" if tenant_id else "no tenant"
    async with subject.as_application(tenant_id) as connection:
        if await connection.fetchval(f"SELECT count(*) FROM {table.sql} WHERE tenant_id = $1", owner):  # noqa: S608
            raise Problem(f"{table} shows a tenant's rows to {asker}; mend its policy: use protect()")
    statements = {
        "takes": f"INSERT INTO {table.sql} SELECT * FROM {table.sql} WHERE tenant_id = '{owner}'",  # noqa: S608
        "moves rows to": f"UPDATE {table.sql} SET tenant_id = '{owner}'",  # noqa: S608
        "changes": f"UPDATE {table.sql} SET tenant_id = tenant_id WHERE tenant_id = '{owner}'",  # noqa: S608
        "loses": f"DELETE FROM {table.sql} WHERE tenant_id = '{owner}'",  # noqa: S608
        "is emptied of": f"TRUNCATE {table.sql} CASCADE",
    }
    for verb, statement in statements.items():
        async with subject.as_application(tenant_id) as connection:
            try:
                done = await connection.execute(statement)
            except asyncpg.InsufficientPrivilegeError:
                continue
            if not done.endswith(" 0"):
                raise Problem(f"{table} {verb} a tenant's rows when {asker} asks; mend its policy: use protect()")


NOT_IMPLEMENTED = 501
"""A protocol may ask for this answer (RFC 7644 does); it is no fall."""


async def route_isolation(subject: Subject) -> None:
    """Asked with another tenant's ids, no route shows anything of it, changes anything of it, or falls over."""
    routes = routes_of(subject)
    planted = await subject.planted() if subject.record.owner else None
    ids = _ids(planted) if planted else []
    described = await document(subject)
    before = await subject.snapshot(planted.tenant.id) if planted else {}
    if planted:
        await _ask_as_themselves(subject, planted, routes, ids)
    other = await subject.new_tenant()
    for role in ("owner", "learner"):
        async with await subject.site.sign_in(other, role) as client:
            if planted:
                client.headers["x-questline-tenant"] = planted.tenant.slug
            for route in routes:
                body = body_for(described, route, ids[0] if ids else str(client.user_id))
                for path, sent in route.paths(ids or [str(client.user_id)], _words(planted)):
                    answer = await client.request(route.method, path, json=body)
                    if answer.status_code >= 500 and answer.status_code != NOT_IMPLEMENTED:
                        raise Problem(f"{route} answers {answer.status_code} to an unknown id; raise NotFound")
                    _check_silent(route, answer.text, planted, sent, body)
    if planted:
        after = await subject.snapshot(planted.tenant.id)
        changed = sorted(table for table in before if before[table] != after[table])
        if changed:
            raise Problem(f"requests of another tenant changed {', '.join(changed)}")


async def _ask_as_themselves(subject: Subject, planted: Planted, routes: list[Route], ids: list[str]) -> None:
    """Read as the tenant's own people first, so that what a plugin keeps in memory is there to be shown to others."""
    for role in ("owner", "learner"):
        token = subject.site.host.tokens.issue(
            user_id=planted.user_id, tenant_id=planted.tenant.id, role=role, session_id=planted.user_id
        )
        async with subject.site.client(authorization=f"Bearer {token}") as client:
            for route in routes:
                if route.method == "GET":
                    for path, _ in route.paths(ids or [str(planted.user_id)], _words(planted)):
                        await client.get(path)


def _check_silent(route: Route, text: str, planted: Planted | None, sent: tuple[str, ...], body: object) -> None:
    if planted is None:
        return
    for value in (*sent, *_strings(body)):
        text = text.replace(value, "")
    for known in (planted.marker, str(planted.tenant.id), str(planted.user_id)):
        if known and known in text:
            raise Problem(
                f"{route} shows another tenant's data; read through ctx.session or ctx.fetch, which set the tenant"
            )


def _ids(planted: Planted) -> list[str]:
    found = [
        value
        for row in planted.rows
        for name, value in row.values.items()
        if row.table.columns[name].type == "uuid" and name != "tenant_id" and value
    ]
    return list(dict.fromkeys(found))


def _words(planted: Planted | None) -> list[str]:
    if planted is None:
        return []
    return [word for row in planted.rows for name, word in row.words.items() if name in {"slug", "key", "name"}]


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in _strings(each)]
    return [value] if isinstance(value, str) and len(value) > 8 else []
