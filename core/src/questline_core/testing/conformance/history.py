"""Migrations: forwards, backwards, from every released version, and what a purge leaves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from questline_core.db.migrate import MigrationError, Owner, migrate
from questline_core.generations.purge import remove
from questline_core.plugins.personal import mapped_tables
from questline_core.testing.conformance.catalogue import (
    Catalogue,
    differences,
    outside,
    read_catalogue,
    without_version_table,
)
from questline_core.testing.conformance.rows import Filler
from questline_core.testing.conformance.subject import Subject
from questline_core.testing.conformance.tables import read_tables
from questline_core.testing.conformance.verdict import Absent, Problem

SHOWN = 5


async def migrations(subject: Subject) -> None:
    """Every revision can be gone up to and left again without a trace, and the last one is what the models say."""
    owner = _owner(subject)
    history = _revisions(owner)
    head = history[-1]
    if subject.record.manifest.schema_head != head:
        raise Problem(
            f"plugin.toml says schema_head = {subject.record.manifest.schema_head!r}, the newest revision is {head!r}"
        )
    steps = ["base", *history]
    turning = max(
        (steps.index(each) for each in subject.record.manifest.irreversible_revisions if each in steps), default=0
    )
    seen: dict[str, Catalogue] = {}
    async with _scratch(subject) as (connection, engine):
        seen["base"] = await read_catalogue(connection)
        for revision in history:
            await _go(engine, owner, revision)
            seen[revision] = await read_catalogue(connection)
        for target in reversed(steps[turning:-1]):
            await _go(engine, owner, target)
            now = await read_catalogue(connection)
            if target == "base":
                now = without_version_table(now, subject.schema)
            changed = differences(seen[target], now)
            if changed:
                raise Problem(
                    f"going down to {target} is not what going up to it was: {_some(changed)}; mend downgrade()"
                )
        await _go(engine, owner, head)
        changed = differences(seen[head], await read_catalogue(connection))
        if changed:
            raise Problem(f"going up again gives another schema: {_some(changed)}")
        tables = {str(table): set(table.columns) for table in await read_tables(connection, subject.schema)}
    _compare_models(subject, tables)


async def purge(subject: Subject) -> None:
    """A purge leaves the database as it was before the plugin came, and it can come again."""
    owner = _owner(subject)
    async with _scratch(subject) as (connection, engine):
        before = await read_catalogue(connection)
        await _go(engine, owner, "head")
        installed = await read_catalogue(connection)
        changed = differences(before, outside(installed, subject.schema))
        await remove(connection, subject.id)
        after = differences(before, await read_catalogue(connection))
        if after:
            raise Problem(f"{_some(after)} after a purge; make everything in the schema {subject.schema!r}")
        altered = [line for line in changed if "has changed" in line or "is gone" in line]
        if altered:
            raise Problem(f"its migrations touch what is not its own: {_some(altered)}")
        await _go(engine, owner, "head")
        again = differences(installed, await read_catalogue(connection))
        if again:
            raise Problem(f"installed again after a purge it has another schema: {_some(again)}")


async def releases(subject: Subject) -> None:
    """Rows written by every released version, and by every revision, are there after migrating to this version."""
    owner = _owner(subject)
    history = _revisions(owner)
    released = subject.record.manifest.releases
    gone = [f"{version} expects {revision}" for version, revision in released.items() if revision not in history]
    if gone:
        raise Problem(f"{', '.join(gone)}, which the history no longer has; never remove a revision that was released")
    if not released:
        raise Absent("no version is released yet; when one is, name its revision in plugin.toml: [releases]")
    for revision in dict.fromkeys([*released.values(), *history]):
        await _upgrade_with_rows(subject, owner, revision, released)


async def _upgrade_with_rows(subject: Subject, owner: Owner, revision: str, released: dict[str, str]) -> None:
    versions = ", ".join(version for version, of in released.items() if of == revision) or "no release"
    async with _scratch(subject) as (connection, engine):
        await _go(engine, owner, revision)
        tenant_id = await connection.fetchval("INSERT INTO core.tenant (slug, name) VALUES ('t', 'T') RETURNING id")
        user_id = await connection.fetchval(
            "INSERT INTO core.user_account (tenant_id, email, display_name, role)"
            " VALUES ($1, 'a@b.example', 'A', 'learner') RETURNING id",
            tenant_id,
        )
        examples = subject.record.manifest.conformance.examples
        filler = Filler(connection, tenant_id=tenant_id, user_id=user_id, examples=examples)
        before = [await filler.row(table) for table in await read_tables(connection, subject.schema)]
        try:
            await migrate(engine, owner)
        except MigrationError as error:
            raise Problem(f"from {revision} ({versions}) with rows in every table: {error}") from None
        left = {table.name: table for table in await read_tables(connection, subject.schema)}
        for row in before:
            if row.table.name in left and not await connection.fetchval(
                f"SELECT EXISTS (SELECT FROM {row.table.sql} WHERE tenant_id = $1)",  # noqa: S608
                tenant_id,
            ):
                raise Problem(f"migrating from {revision} ({versions}) loses the rows of {row.table}")


@asynccontextmanager
async def _scratch(subject: Subject) -> AsyncIterator[tuple["asyncpg.Connection[asyncpg.Record]", AsyncEngine]]:
    """A database with core's schema only: a connection that sees everything, and the owner's engine."""
    async with (
        subject.databases.fresh() as name,
        subject.databases.superuser(name) as connection,
        subject.databases.owner(name) as engine,
    ):
        yield connection, engine


def _owner(subject: Subject) -> Owner:
    if subject.record.owner is None:
        raise Absent("it has no tables")
    return subject.record.owner


def _revisions(owner: Owner) -> list[str]:
    """The history, oldest first."""
    try:
        owner.head()
    except MigrationError as error:
        raise Problem(str(error)) from None
    found = [each.revision for each in owner.directory().walk_revisions()][::-1]
    if not found:
        raise Absent("it has no tables")
    return found


async def _go(engine: AsyncEngine, owner: Owner, revision: str) -> None:
    try:
        await migrate(engine, owner, revision=revision)
    except MigrationError as error:
        raise Problem(f"migrating to {revision} fails: {error}") from None


def _compare_models(subject: Subject, tables: dict[str, set[str]]) -> None:
    package = subject.found.entry.module.partition(".")[0]
    mapped = {
        name: {column.name for column in table.columns}
        for name, table in mapped_tables(package).items()
        if table.schema == subject.schema
    }
    wrong = [f"the model of {name} has no table" for name in sorted(mapped.keys() - tables.keys())]
    for name in sorted(mapped.keys() & tables.keys()):
        wrong += [f"{name}.{column} is in the model only" for column in sorted(mapped[name] - tables[name])]
        wrong += [f"{name}.{column} is in the table only" for column in sorted(tables[name] - mapped[name])]
    if wrong:
        raise Problem(f"models and migrations differ: {_some(wrong)}; write the missing revision or mend the model")


def _some(lines: list[str]) -> str:
    more = f" and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
    return ", ".join(lines[:SHOWN]) + more
