"""The directory of tenants in memory: which tenant a request is for, whether it is open, and where it lives."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import asyncpg
import msgspec
import structlog
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from questline_core.auth.policy import SignInPolicy
from questline_core.db.shards import ShardedDatabase
from questline_core.edge.policy import EdgePolicy
from questline_core.tenancy.models import Domain, Tenant
from questline_core.tenancy.schemas import DomainInfo, Limits, TenantInfo
from questline_core.tenancy.states import is_closed, require_open
from questline_sdk import NotFound

OWN = ("name", "sign_up", "theme", "sign_in", "edge")
"""What a tenant changes of its row: it counts where the tenant lives, so that it changes in the same transaction."""
ANNOUNCED = "tenants:"
"""What every process is told when a tenant has come or changed."""
log = structlog.get_logger()


class TenantDirectory:
    """Every tenant, in memory; forgotten when the database says that one has changed."""

    def __init__(self, database: ShardedDatabase, *, default: str | None, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._default = default
        self._clock = clock
        self._by_id: dict[UUID, TenantInfo] | None = None
        self._by_number: dict[int, TenantInfo] = {}
        self._by_host: dict[str, TenantInfo] = {}
        self._forgotten = 0
        database.locate = self.shard_of

    async def all(self) -> list[TenantInfo]:
        """Every tenant, oldest first."""
        return list((await self._load()).values())

    async def get(self, tenant_id: UUID) -> TenantInfo:
        """A tenant by id; raises `NotFound`."""
        tenant = (await self._load()).get(tenant_id)
        if tenant is None:
            raise NotFound("There is no such tenant.", code="tenant_not_found")
        return tenant

    async def open(self, tenant_id: UUID) -> TenantInfo:
        """A tenant that may be used now; raises `NotFound` and `TenantClosed`."""
        tenant = await self._find(tenant_id)
        if tenant is None:
            raise NotFound("There is no such tenant.", code="tenant_not_found")
        if tenant.state != "active":
            require_open(tenant, self._clock())
        return tenant

    async def shard_of(self, tenant_id: UUID) -> str | None:
        """The name of the database a tenant lives in; None for the main one."""
        tenant = await self._find(tenant_id)
        return tenant.shard if tenant else None

    async def by_slug(self, slug: str) -> TenantInfo:
        """A tenant by slug; raises `NotFound`."""
        for tenant in (await self._load()).values():
            if tenant.slug == slug:
                return tenant
        raise NotFound(f"There is no tenant {slug!r}.", code="tenant_not_found")

    async def by_host(self, host: str) -> TenantInfo | None:
        """The tenant that a host name leads to."""
        return _by_host(await self._load()).get(host) if self._by_id is None else self._by_host.get(host)

    def is_closed(self, tenant: TenantInfo) -> bool:
        """Say whether nobody may use a tenant now."""
        return is_closed(tenant, self._clock())

    async def resolve(self, *, slug: str | None, host: str, remembered: str | None = None) -> TenantInfo:
        """The tenant an anonymous request is for.

        By its header, else its host name, else the path that the browser came by, else the default.
        """
        if slug:
            return await self.by_slug(slug)
        found = await self.by_host(host)
        if found is not None:
            return found
        if remembered:
            with suppress(NotFound):
                return await self.by_slug(remembered)
        if self._default:
            return await self.by_slug(self._default)
        tenants = await self._load()
        if len(tenants) == 1:
            return next(iter(tenants.values()))
        raise NotFound("No tenant is served at this address.", code="tenant_not_found")

    def forget(self) -> None:
        """Read the tenants again at the next look-up."""
        self._forgotten += 1
        self._by_id = None

    async def _find(self, tenant_id: UUID) -> TenantInfo | None:
        """By the number of the id: Python's UUIDs hash and compare in Python code."""
        if self._by_id is None:
            return (await self._load()).get(tenant_id)
        return self._by_number.get(tenant_id.int)

    async def _load(self) -> dict[UUID, TenantInfo]:
        if self._by_id is not None:
            return self._by_id
        forgotten = self._forgotten
        async with self._database.session(None) as session:
            rows = (await session.scalars(select(Tenant).order_by(Tenant.created_at, Tenant.id))).all()
            domains = (await session.scalars(select(Domain).order_by(Domain.host))).all()
        held: dict[UUID, list[DomainInfo]] = {}
        for row in domains:
            info = DomainInfo(host=row.host, is_primary=row.is_primary, redirects=row.redirects)
            held.setdefault(row.holder, []).append(info)
        elsewhere = await self._own_rows({row.shard for row in rows if row.shard})
        tenants = {row.id: as_info(row, elsewhere.get(row.id), tuple(held.get(row.id, ()))) for row in rows}
        if forgotten == self._forgotten:  # else what was read may be older than the change
            self._by_number = {tenant_id.int: tenant for tenant_id, tenant in tenants.items()}
            self._by_host = _by_host(tenants)
            self._by_id = tenants
        return tenants

    async def _own_rows(self, shards: set[str]) -> dict[UUID, Tenant]:
        """The rows that tenants of other databases have there; without an answer, the main one's have to do."""
        found: dict[UUID, Tenant] = {}
        for name in shards & self._database.shards.keys():
            try:
                async with self._database.shards[name].session(None) as session:
                    for row in await session.scalars(select(Tenant)):
                        found[row.id] = row
            except (DBAPIError, OSError, asyncpg.PostgresError) as error:
                log.warning("a database does not answer", shard=name, error=str(error).splitlines()[0])
        return found


def _by_host(tenants: dict[UUID, TenantInfo]) -> dict[str, TenantInfo]:
    return {name: tenant for tenant in tenants.values() for name in tenant.hosts}


def as_info(tenant: Tenant, own: Tenant | None = None, domains: tuple[DomainInfo, ...] = ()) -> TenantInfo:
    """Copy a row into what the host keeps in memory; `own` is the row where the tenant lives, if that is elsewhere."""
    source = own or tenant
    primary = next((domain.host for domain in domains if domain.is_primary), tenant.host)
    return TenantInfo(
        id=tenant.id,
        slug=tenant.slug,
        name=source.name,
        host=primary,
        given_host=tenant.host,
        domains=domains,
        sign_up=source.sign_up,
        theme=source.theme,
        sign_in=msgspec.convert(source.sign_in, SignInPolicy),
        edge=msgspec.convert(source.edge, EdgePolicy),
        state=tenant.state,
        state_reason=tenant.state_reason,
        state_since=tenant.state_since,
        delete_at=tenant.delete_at,
        limits=msgspec.convert(tenant.limits, Limits),
        shard=tenant.shard,
        read_only=source.read_only,
        created_at=tenant.created_at,
    )
