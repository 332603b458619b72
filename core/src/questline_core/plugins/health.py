"""Compares each plugin's schema with what its code expects.

Migrations expand before they contract: while processes are replaced, old code runs on the schema of the new.
"""

from questline_core.db.engine import Database
from questline_core.db.migrate import MigrationError, Owner, current_revision, is_newer
from questline_core.plugins.registry import Registry, State


async def check_schemas(database: Database, registry: Registry) -> None:
    """Take plugins whose schema is older than their code out of service; put back those that were migrated since."""
    async with database.engine.connect() as connection:
        for record in registry.records.values():
            owner = record.owner
            if owner is None or record.state not in (State.ACTIVE, State.NEEDS_MIGRATION):
                continue
            reason = _schema_problem(owner, await current_revision(connection, record.id))
            if reason:
                record.fail(State.NEEDS_MIGRATION, reason)
            else:
                record.state, record.reason = State.ACTIVE, None


def _schema_problem(owner: Owner, current: str | None) -> str | None:
    try:
        head = owner.head()
    except MigrationError as error:
        return str(error)
    if current == head or is_newer(owner, current):
        return None
    return f"its schema is at {current or 'nothing'}, its code needs {head}; run `questline migrate`"
