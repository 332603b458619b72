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


KEPT_SETS = 1024
"""How many sets are kept unpacked. One of 50 plugins takes 4 kB; a site's tenants have few different ones in use."""


class Enablement:
    """The enabled plugins of each tenant, packed into the bits of a number; equal sets are one object while in use."""

    def __init__(self, database: Database, registry: Registry) -> None:
        self._database = database
        self._registry = registry
        self._bits = {plugin_id: 1 << place for place, plugin_id in enumerate(registry.records)}
        self._packed: dict[int, int] = {}
        """By the number of the tenant's id: Python's UUIDs hash and compare in Python code."""
        self._sets: dict[int, frozenset[str]] = {}
        self._forgotten = 0
        self.on_change: list[Callable[[UUID], None]] = []

    async def of(self, tenant_id: UUID) -> frozenset[str]:
        """The active plugins that are on for a tenant."""
        packed = self._packed.get(tenant_id.int)
        if packed is None:
            forgotten = self._forgotten
            packed = sum(self._bits[plugin_id] for plugin_id in await self._read(tenant_id))
            if forgotten == self._forgotten:  # else what was read may be older than the change
                self._packed[tenant_id.int] = packed
        found = self._sets.get(packed)
        return self._unpack(packed) if found is None else found

    def forget(self, tenant_id: UUID | None = None) -> None:
        """Read again at the next look-up: one tenant, or all."""
        self._forgotten += 1
        if tenant_id is None:
            self._packed.clear()
        else:
            self._packed.pop(tenant_id.int, None)
            for listener in self.on_change:
                listener(tenant_id)

    async def _read(self, tenant_id: UUID) -> frozenset[str]:
        async with self._database.session(tenant_id) as session:
            chosen = (await session.scalars(select(TenantPlugin.plugin_id).where(TenantPlugin.enabled))).all()
        system = {record.id for record in self._registry.active if record.manifest.scope == "system"}
        return frozenset({*chosen, *system} & self._registry.active_ids)

    def _unpack(self, packed: int) -> frozenset[str]:
        if len(self._sets) >= KEPT_SETS:
            del self._sets[next(iter(self._sets))]
        return self._sets.setdefault(
            packed, frozenset(plugin_id for plugin_id, bit in self._bits.items() if packed & bit)
        )


async def announce(session: AsyncSession, payload: str) -> None:
    """Tell every process, at commit, that something it keeps in memory has changed."""
    await session.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload})
