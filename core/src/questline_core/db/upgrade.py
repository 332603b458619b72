"""Brings a whole database to what the installed code expects: core, the queue, then every plugin."""

from collections.abc import Iterable

import msgspec
import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from questline_core.db.migrate import CORE, MigrationError, Owner, Progress, migrate, migration_lock
from questline_core.events import queue
from questline_core.plugins.registry import PluginRecord, State
from questline_sdk.db.migrations import APP_ROLE

MIGRATED = (State.ACTIVE, State.NEEDS_MIGRATION)
log = structlog.get_logger()


class MigrationReport(msgspec.Struct, frozen=True, kw_only=True):
    """One owner's migration: its revision before and after, or why it stays where it was."""

    owner: str
    before: str | None = None
    after: str | None = None
    error: str | None = None


async def upgrade_all(
    owner_engine: AsyncEngine, plugins: Iterable[PluginRecord], *, on_step: Progress | None = None
) -> list[MigrationReport]:
    """Migrate everything under the lock. A plugin that fails is undone and reported; the others go on.

    Raises:
        MigrationError: Core itself could not be migrated.
    """
    async with migration_lock(owner_engine):
        reports = [await _upgrade(owner_engine, CORE, on_step)]
        await queue.install(owner_engine, APP_ROLE)
        for record in plugins:
            if record.owner is None or record.state not in MIGRATED:
                continue
            try:
                reports.append(await _upgrade(owner_engine, record.owner, on_step))
            except MigrationError as error:
                log.exception("migration failed and was undone", owner=record.id)
                record.fail(State.NEEDS_MIGRATION, f"its migration failed: {error}")
                reports.append(MigrationReport(owner=record.id, error=str(error)))
    return reports


async def _upgrade(engine: AsyncEngine, owner: Owner, on_step: Progress | None) -> MigrationReport:
    before, after = await migrate(engine, owner, on_step=on_step)
    return MigrationReport(owner=owner.schema, before=before, after=after)
