"""Migrations: each owner's Alembic scripts, run in dependency order under one advisory lock."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from questline_sdk.db.migrations import APP_ROLE

ADVISORY_LOCK = 7_262_026
LOCK_TIMEOUT = "4s"
STATEMENT_TIMEOUT = "60s"


class MigrationError(Exception):
    """A revision failed and was undone; the message names the owner and the cause."""


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with a schema of their own: core, or a plugin. `scripts` holds `versions/`."""

    schema: str
    scripts: Path

    def directory(self) -> ScriptDirectory:
        """The owner's Alembic scripts."""
        return ScriptDirectory.from_config(self.config())

    def config(self) -> Config:
        """An Alembic configuration that needs no file."""
        config = Config()
        config.set_main_option("script_location", str(self.scripts))
        config.set_main_option("path_separator", "os")
        return config

    def head(self) -> str | None:
        """The single head revision; raises `MigrationError` for a forked history."""
        heads = self.directory().get_heads()
        if len(heads) > 1:
            raise MigrationError(
                f"{self.schema}: history has {len(heads)} heads ({', '.join(heads)}); it must be linear"
            )
        return heads[0] if heads else None


CORE = Owner(schema="core", scripts=Path(__file__).parent / "migrations")

Progress = Callable[[str, str], None]


@asynccontextmanager
async def migration_lock(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Hold the cluster-wide migration lock for as long as the connection lives."""
    async with engine.connect() as connection:
        await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        await connection.commit()
        try:
            yield connection
        finally:
            await connection.rollback()
            await connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
            await connection.commit()


async def migrate(
    engine: AsyncEngine, owner: Owner, *, revision: str = "head", on_step: Progress | None = None
) -> tuple[str | None, str | None]:
    """Bring one owner's schema to a revision, all of its steps in one transaction.

    Returns:
        The revision before and after.

    Raises:
        MigrationError: A step failed; the schema is as it was.
    """
    async with engine.begin() as connection:
        try:
            return await connection.run_sync(_run, owner, revision, on_step)
        except DBAPIError as error:
            raise MigrationError(f"{owner.schema}: {str(error.orig).splitlines()[0]}") from error
        except MigrationError:
            raise
        except Exception as error:
            raise MigrationError(f"{owner.schema}: {type(error).__name__}: {error}") from error


async def current_revision(connection: AsyncConnection, schema: str) -> str | None:
    """The revision an owner's schema is at, or None."""
    return await connection.run_sync(lambda sync: _context(sync, schema).get_current_revision())


def is_newer(owner: Owner, revision: str | None) -> bool:
    """Say whether a schema is at a revision that this code does not know: one that comes after its own."""
    return revision is not None and revision not in {step.revision for step in owner.directory().walk_revisions()}


def _context(connection: Connection, schema: str) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"version_table_schema": schema})


def _run(
    connection: Connection, owner: Owner, revision: str, on_step: Progress | None
) -> tuple[str | None, str | None]:
    connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
    connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT}'"))
    connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{owner.schema}"'))
    script = owner.directory()
    owner.head()
    before = _context(connection, owner.schema).get_current_revision()
    if revision == "head" and is_newer(owner, before):
        return before, before
    target = script.get_current_head() if revision == "head" else revision

    def steps(current: Any, _context: Any) -> Sequence[Any]:
        if _is_downgrade(script, before, target):
            return script._downgrade_revs(target or "base", current)
        return script._upgrade_revs(target or "base", current)

    def report(step: Any, **_: Any) -> None:
        if on_step:
            on_step(owner.schema, step.up_revision_id)

    with EnvironmentContext(owner.config(), script, fn=steps) as environment:
        environment.configure(
            connection=connection,
            version_table_schema=owner.schema,
            transactional_ddl=False,
            on_version_apply=report,  # type: ignore[arg-type]
        )
        environment.run_migrations()
    connection.execute(text(f'GRANT SELECT ON "{owner.schema}".alembic_version TO {APP_ROLE}'))
    return before, _context(connection, owner.schema).get_current_revision()


def _is_downgrade(script: ScriptDirectory, before: str | None, target: str | None) -> bool:
    if before is None:
        return False
    if target in (None, "base"):
        return True
    return before != target and before not in {step.revision for step in script.iterate_revisions(target, "base")}
