"""Which addresses of a tenant are told of which events, kept in memory: publishing must not cost a look-up."""

from uuid import UUID

from sqlalchemy import select

from questline_core.db.shards import ShardedDatabase
from questline_core.webhooks.models import WebhookEndpoint

EVERY = "*"
Subscription = tuple[UUID, frozenset[str]]


class Subscriptions:
    """The webhooks of each tenant; forgotten when the database says that they have changed."""

    def __init__(self, database: ShardedDatabase) -> None:
        self._database = database
        self._known: dict[int, list[Subscription]] = {}
        self._forgotten = 0

    async def to(self, tenant_id: UUID, event_type: str) -> list[UUID]:
        """The webhooks that are told of a type of events."""
        known = self._known.get(tenant_id.int)
        if known is None:
            known = await self._read(tenant_id)
        return [endpoint for endpoint, types in known if event_type in types or EVERY in types]

    def forget(self, tenant_id: UUID | None = None) -> None:
        """Read again at the next event: one tenant's, or all."""
        self._forgotten += 1
        if tenant_id is None:
            self._known.clear()
        else:
            self._known.pop(tenant_id.int, None)

    async def _read(self, tenant_id: UUID) -> list[Subscription]:
        forgotten = self._forgotten
        statement = select(WebhookEndpoint.id, WebhookEndpoint.event_types).where(WebhookEndpoint.enabled)
        async with self._database.session(tenant_id) as session:
            found = [(row.id, frozenset(row.event_types)) for row in await session.execute(statement)]
        if forgotten == self._forgotten:  # else what was read may be older than the change
            self._known[tenant_id.int] = found
        return found
