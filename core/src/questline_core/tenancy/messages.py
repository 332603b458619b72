"""A tenant's messages in a queue."""

import datetime as dt
from typing import Any
from uuid import UUID

from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver

from questline_core.events.queue import queries

OF_TENANT = "position(convert_to($1, 'UTF8') IN payload) > 0"
"""SQL that is true for the messages of a tenant; the parameter is its mark."""


def mark(tenant_id: UUID) -> str:
    """What every message of a tenant has in it, and no other's."""
    return f'"tenant_id":"{tenant_id}"'


async def take_messages(there: Any, here: Any, tenant_id: UUID) -> int:
    """Bring a tenant's waiting messages to another database's queue; returns how many.

    Lost in between, a message is in both queues; its note of delivery lets it count once.
    """
    rows = await there.fetch(
        "SELECT id, entrypoint, payload, priority, greatest(execute_after - now(), interval '0') AS delay"
        " FROM queue.pgqueuer WHERE status = 'queued' AND position(convert_to($1, 'UTF8') IN payload) > 0",
        mark(tenant_id),
    )
    if not rows:
        return 0
    delays: list[dt.timedelta | None] = [row["delay"] for row in rows]
    await queries(AsyncpgDriver(here)).enqueue(
        [row["entrypoint"] for row in rows],
        [row["payload"] for row in rows],
        [row["priority"] for row in rows],
        delays,
    )
    await there.execute("DELETE FROM queue.pgqueuer WHERE id = ANY ($1)", [row["id"] for row in rows])
    return len(rows)
