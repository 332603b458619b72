"""Making tenants, and finding their rows."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from questline_core.db.engine import open_session
from questline_core.plugins.enablement import announce
from questline_core.tenancy.directory import ANNOUNCED, TenantDirectory, as_info
from questline_core.tenancy.models import Tenant
from questline_core.tenancy.schemas import TenantInfo
from questline_sdk import NotFound

__all__ = ["TenantDirectory", "as_info", "create_tenant", "tenant_by_slug"]


async def create_tenant(owner_engine: AsyncEngine, *, slug: str, name: str, host: str | None = None) -> TenantInfo:
    """Create a tenant, or return the one that has this slug. Needs the owner's connection; every process is told."""
    async with open_session(owner_engine, None) as session:
        await session.execute(
            insert(Tenant).values(slug=slug, name=name, host=host).on_conflict_do_nothing(index_elements=["slug"])
        )
        await announce(session, ANNOUNCED)
        await session.commit()
        tenant = await tenant_by_slug(session, slug)
    return as_info(tenant)


async def tenant_by_slug(session: AsyncSession, slug: str) -> Tenant:
    """The row of a tenant; raises `NotFound`."""
    tenant = (await session.scalars(select(Tenant).where(Tenant.slug == slug))).one_or_none()
    if tenant is None:
        raise NotFound(f"There is no tenant {slug!r}; `questline tenant list` shows them.")
    return tenant
