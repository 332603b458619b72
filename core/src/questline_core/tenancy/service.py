"""Which tenant a request is for, and the tenants' life cycle."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from questline_core.db.engine import Database, open_session
from questline_core.tenancy.models import Tenant
from questline_core.tenancy.schemas import TenantInfo
from questline_sdk import NotFound


class TenantDirectory:
    """Every tenant, in memory; forgotten when the database says that one has changed."""

    def __init__(self, database: Database, *, default: str | None) -> None:
        self._database = database
        self._default = default
        self._by_id: dict[UUID, TenantInfo] | None = None
        self._forgotten = 0

    async def all(self) -> list[TenantInfo]:
        """Every tenant, oldest first."""
        return list((await self._load()).values())

    async def get(self, tenant_id: UUID) -> TenantInfo:
        """A tenant by id; raises `NotFound`."""
        tenant = (await self._load()).get(tenant_id)
        if tenant is None:
            raise NotFound("There is no such tenant.")
        return tenant

    async def by_slug(self, slug: str) -> TenantInfo:
        """A tenant by slug; raises `NotFound`."""
        for tenant in (await self._load()).values():
            if tenant.slug == slug:
                return tenant
        raise NotFound(f"There is no tenant {slug!r}.")

    async def resolve(self, *, slug: str | None, host: str) -> TenantInfo:
        """The tenant an anonymous request is for: by its header, else its host name, else the default."""
        if slug:
            return await self.by_slug(slug)
        tenants = await self._load()
        for tenant in tenants.values():
            if tenant.host == host:
                return tenant
        if self._default:
            return await self.by_slug(self._default)
        if len(tenants) == 1:
            return next(iter(tenants.values()))
        raise NotFound("No tenant is served at this address.")

    def forget(self) -> None:
        """Read the tenants again at the next look-up."""
        self._forgotten += 1
        self._by_id = None

    async def _load(self) -> dict[UUID, TenantInfo]:
        if self._by_id is not None:
            return self._by_id
        forgotten = self._forgotten
        async with self._database.session(None) as session:
            rows = (await session.scalars(select(Tenant).order_by(Tenant.created_at, Tenant.id))).all()
        tenants = {row.id: as_info(row) for row in rows}
        if forgotten == self._forgotten:  # else what was read may be older than the change
            self._by_id = tenants
        return tenants


def as_info(tenant: Tenant) -> TenantInfo:
    """Copy a row into what the host keeps in memory."""
    return TenantInfo(
        id=tenant.id, slug=tenant.slug, name=tenant.name, host=tenant.host, sign_up=tenant.sign_up, theme=tenant.theme
    )


async def create_tenant(owner_engine: AsyncEngine, *, slug: str, name: str, host: str | None = None) -> TenantInfo:
    """Create a tenant, or return the one that has this slug. Needs the owner's connection."""
    async with open_session(owner_engine, None) as session:
        await session.execute(
            insert(Tenant).values(slug=slug, name=name, host=host).on_conflict_do_nothing(index_elements=["slug"])
        )
        await session.commit()
        tenant = await tenant_by_slug(session, slug)
    return as_info(tenant)


async def tenant_by_slug(session: AsyncSession, slug: str) -> Tenant:
    """The row of a tenant; raises `NotFound`."""
    tenant = (await session.scalars(select(Tenant).where(Tenant.slug == slug))).one_or_none()
    if tenant is None:
        raise NotFound(f"There is no tenant {slug!r}; `questline tenant list` shows them.")
    return tenant
