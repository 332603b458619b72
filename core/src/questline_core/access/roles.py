"""The roles each tenant has made, as pairs with their permissions, kept in memory until the database says otherwise."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from questline_core.access.models import CustomRole
from questline_core.db.engine import Database
from questline_core.packs.enabled import NO_GRANTS, Grants, TenantPacks

MOST_MERGED = 1024


class TenantRoles:
    """What roles hold in a tenant beside their own: by its packs, and by the roles it has made."""

    def __init__(self, database: Database, packs: TenantPacks) -> None:
        self._database = database
        self._packs = packs
        self._custom: dict[UUID, Grants] = {}
        self._merged: dict[tuple[Grants, Grants], Grants] = {}
        """Equal sets are one object, so that what is computed from them is found again at once."""
        self._forgotten = 0

    async def grants(self, tenant_id: UUID) -> Grants:
        """Pairs of a role and a permission."""
        by_packs = (await self._packs.of(tenant_id)).grants
        custom = self._custom.get(tenant_id)
        if custom is None:
            forgotten = self._forgotten
            async with self._database.session(tenant_id) as session:
                custom = await read_custom(session)
            if forgotten == self._forgotten:  # else what was read may be older than the change
                self._custom[tenant_id] = custom
        return self._merge(by_packs, custom) if custom else by_packs

    def forget(self, tenant_id: UUID | None = None) -> None:
        """Read again at the next look-up: one tenant's, or all."""
        self._forgotten += 1
        if tenant_id is None:
            self._custom.clear()
        else:
            self._custom.pop(tenant_id, None)

    def _merge(self, by_packs: Grants, custom: Grants) -> Grants:
        if len(self._merged) >= MOST_MERGED:
            self._merged.clear()
        found = self._merged.get((by_packs, custom))
        if found is None:
            found = self._merged[by_packs, custom] = by_packs | custom
        return found


async def read_custom(session: AsyncSession) -> Grants:
    """What the roles that the session's tenant has made hold."""
    rows = (await session.execute(select(CustomRole.slug, CustomRole.permissions))).all()
    return frozenset((row.slug, name) for row in rows for name in row.permissions) if rows else NO_GRANTS
