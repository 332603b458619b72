"""Which plugins each tenant has on, kept in memory and refreshed when the database says so."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from questline_core.db.engine import Database
from questline_core.plugins.models import TenantPlugin
from questline_core.plugins.registry import Registry

CHANNEL = "questline_changed"
"""NOTIFY channel; the payload is `plugins:<tenant id>` or `tenants`."""


class Enablement:
    """The enabled plugins of each tenant; equal sets are one object."""

    def __init__(self, database: Database, registry: Registry) -> None:
        self._database = database
        self._registry = registry
        self._sets: dict[UUID, frozenset[str]] = {}
        self._interned: dict[frozenset[str], frozenset[str]] = {}
        self._forgotten = 0
        self.on_change: list[Callable[[UUID], None]] = []

    async def of(self, tenant_id: UUID) -> frozenset[str]:
        """The active plugins that are on for a tenant."""
        enabled = self._sets.get(tenant_id)
        if enabled is None:
            forgotten = self._forgotten
            enabled = self._intern(await self._read(tenant_id))
            if forgotten == self._forgotten:  # else what was read may be older than the change
                self._sets[tenant_id] = enabled
        return enabled

    def forget(self, tenant_id: UUID | None = None) -> None:
        """Read again at the next look-up: one tenant, or all."""
        self._forgotten += 1
        if tenant_id is None:
            self._sets.clear()
        else:
            self._sets.pop(tenant_id, None)
            for listener in self.on_change:
                listener(tenant_id)

    async def _read(self, tenant_id: UUID) -> frozenset[str]:
        async with self._database.session(tenant_id) as session:
            chosen = (await session.scalars(select(TenantPlugin.plugin_id).where(TenantPlugin.enabled))).all()
        system = {record.id for record in self._registry.active if record.manifest.scope == "system"}
        return frozenset({*chosen, *system} & self._registry.active_ids)

    def _intern(self, ids: frozenset[str]) -> frozenset[str]:
        return self._interned.setdefault(ids, ids)


async def announce(session: AsyncSession, payload: str) -> None:
    """Tell every process, at commit, that something it keeps in memory has changed."""
    await session.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload})
