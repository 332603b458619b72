"""For whom plugins are on. Their rows are seen one tenant at a time: the tables' owner obeys the same rules."""

from collections.abc import Iterable
from uuid import UUID

from questline_core.generations.ledger import Connection
from questline_core.generations.plan import Change


async def tenant_ids(connection: Connection) -> list[UUID]:
    """Every tenant."""
    return [row["id"] for row in await connection.fetch("SELECT id FROM core.tenant ORDER BY id")]


async def set_tenant(connection: Connection, tenant_id: UUID) -> None:
    """See a tenant's rows for the rest of the transaction."""
    await connection.execute("SELECT set_config('questline.tenant_id', $1, true)", str(tenant_id))


async def enabled_for(connection: Connection, plugin_id: str) -> int:
    """For how many tenants a plugin is on."""
    count = 0
    async with connection.transaction(readonly=True):
        for tenant_id in await tenant_ids(connection):
            await set_tenant(connection, tenant_id)
            count += bool(
                await connection.fetchval("SELECT enabled FROM core.tenant_plugin WHERE plugin_id = $1", plugin_id)
            )
    return count


async def warnings_for(connection: Connection, removed: Iterable[Change]) -> tuple[str, ...]:
    """What people will miss when plugins go."""
    found = []
    for change in removed:
        if ":" in change.id:
            continue
        tenants = await enabled_for(connection, change.id)
        jobs = await connection.fetchval("SELECT count(*) FROM queue.pgqueuer WHERE entrypoint = $1", change.id)
        if tenants or jobs:
            found.append(
                f"{change.id} is on for {tenants} tenant{'' if tenants == 1 else 's'}: its pages go, its {jobs} waiting"
                f" job{'' if jobs == 1 else 's'} wait on, its data is kept"
            )
    return tuple(found)
