"""The packs each tenant has on, and what they grant and preset, kept in memory until the database says otherwise."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from questline_core.db.engine import Database
from questline_core.packs.models import TenantPack

Grants = frozenset[tuple[str, str]]
"""Pairs of a role and a permission it holds beside its own."""
NO_GRANTS: Grants = frozenset()


class EnabledPack(msgspec.Struct, frozen=True, kw_only=True):
    """A pack that is on, as it was agreed to."""

    id: str
    version: str
    switched: list[str]
    settings: dict[str, dict[str, Any]]
    roles: dict[str, list[str]]
    theme: str | None
    theme_before: str | None


class PackSet(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant's packs in the order they were switched on, and what they grant together."""

    packs: tuple[EnabledPack, ...] = ()
    grants: Grants = NO_GRANTS

    def find(self, pack_id: str) -> EnabledPack | None:
        """A pack that is on."""
        return next((pack for pack in self.packs if pack.id == pack_id), None)


NOTHING = PackSet()
FIELDS = EnabledPack.__struct_fields__


class TenantPacks:
    """The packs of every tenant that was asked for; tenants without any share one object."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sets: dict[UUID, PackSet] = {}
        self._forgotten = 0

    async def of(self, tenant_id: UUID, *, session: AsyncSession | None = None) -> PackSet:
        """A tenant's packs; with a session, as that transaction sees them."""
        if session is not None:
            return await read_packs(session)
        found = self._sets.get(tenant_id)
        if found is None:
            forgotten = self._forgotten
            async with self._database.session(tenant_id) as own:
                found = await read_packs(own)
            if forgotten == self._forgotten:  # else what was read may be older than the change
                self._sets[tenant_id] = found
        return found

    def forget(self, tenant_id: UUID | None = None) -> None:
        """Read again at the next look-up: one tenant's, or all."""
        self._forgotten += 1
        if tenant_id is None:
            self._sets.clear()
        else:
            self._sets.pop(tenant_id, None)


async def read_packs(session: AsyncSession) -> PackSet:
    """The packs of the session's tenant."""
    rows = (await session.scalars(select(TenantPack).order_by(TenantPack.enabled_at, TenantPack.pack_id))).all()
    if not rows:
        return NOTHING
    packs = tuple(
        EnabledPack(id=row.pack_id, **{name: getattr(row, name) for name in FIELDS if name != "id"}) for row in rows
    )
    grants = frozenset((role, name) for pack in packs for role, names in pack.roles.items() for name in names)
    return PackSet(packs=packs, grants=grants)
