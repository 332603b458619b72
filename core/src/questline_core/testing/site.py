"""The site that tests run against; plugins reach it through the fixtures of `questline_sdk.testing`."""

import asyncio
import secrets
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx
from litestar import Litestar
from sqlalchemy import text

from questline_core.app import create_app
from questline_core.auth.accounts import create_user
from questline_core.context import HostContext
from questline_core.db.engine import make_engine
from questline_core.db.upgrade import upgrade_all
from questline_core.edge.rates import UNLIMITED
from questline_core.events.worker import drain
from questline_core.host import Host
from questline_core.plugins.service import set_enabled
from questline_core.services import EmbeddedServices
from questline_core.settings import Settings
from questline_core.tenancy.schemas import TenantInfo
from questline_core.tenancy.service import create_tenant

if TYPE_CHECKING:
    from questline_core.testing.conformance import Subject

PASSWORD = "correct horse battery staple"  # noqa: S105  of test users only
DRAIN_SECONDS = 180.0
FAST_POSTGRES = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Client(httpx.AsyncClient):
    """An HTTP client signed in as one user."""

    user_id: UUID
    tenant_id: UUID
    email: str


class TestSite:
    """One running application and the means to fill it."""

    __test__ = False

    def __init__(self, app: Litestar, host: Host, services: EmbeddedServices) -> None:
        self.app = app
        self.host = host
        self.services = services
        self.owner_engine = make_engine(host.settings.owner_database_url or services.owner_database_url, pool_size=2)

    @classmethod
    @asynccontextmanager
    async def open(
        cls, entries: Sequence[EntryPoint] | None = None, *, services: EmbeddedServices | None = None, **overrides: Any
    ) -> AsyncIterator["TestSite"]:
        """Start services (or use running ones), migrate, and run the application until the block ends."""
        with tempfile.TemporaryDirectory(prefix="questline-test-") as folder:
            own = services or EmbeddedServices(Path(folder), postgres_settings=FAST_POSTGRES).start()
            try:
                settings = site_settings(own, Path(folder), **overrides)
                host = Host(settings, None if entries is None else list(entries))
                app = create_app(settings, host=host)
                site = cls(app, host, own)
                await upgrade_all(site.owner_engine, host.registry.records.values())
                try:
                    async with host.running():
                        yield site
                finally:
                    await site.owner_engine.dispose()
            finally:
                if services is None:
                    own.stop()
                    own.purge()

    async def new_tenant(self, slug: str | None = None, *, plugins: Sequence[str] | None = None) -> TenantInfo:
        """Create a tenant with these plugins enabled; all active ones by default."""
        slug = slug or f"t-{secrets.token_hex(6)}"
        tenant = await create_tenant(self.owner_engine, slug=slug, name=slug.title())
        self.host.tenants.forget()
        for record in self.host.registry.active:
            if record.manifest.scope == "tenant" and (plugins is None or record.id in plugins):
                async with self.context(tenant.id) as ctx:
                    await set_enabled(ctx, record.id, enabled=True)
                self.host.enablement.forget(tenant.id)
        return tenant

    def context(self, tenant_id: UUID) -> HostContext:
        """A unit of work for a tenant, for use in `async with`."""
        return self.host.context(tenant_id)

    def client(self, **headers: str) -> Client:
        """A client that is not signed in."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)  # type: ignore[arg-type]
        return Client(transport=transport, base_url="http://localhost", headers=headers)

    async def sign_in(self, tenant: TenantInfo, role: str = "learner", *, name: str | None = None) -> Client:
        """Create a user of a role and a client that acts for them."""
        email = f"{role}-{secrets.token_hex(6)}@example.test"
        async with self.context(tenant.id) as ctx:
            user = await create_user(ctx, email=email, display_name=name or role.title(), password=None, role=role)
            user_id = user.id
        token = self.host.tokens.issue(user_id=user_id, tenant_id=tenant.id, role=role, session_id=user_id)
        client = self.client(authorization=f"Bearer {token}")
        client.user_id, client.tenant_id, client.email = user_id, tenant.id, email
        return client

    @asynccontextmanager
    async def conformance(self, plugin_id: str) -> AsyncIterator["Subject"]:
        """An installed plugin as the conformance suite sees it: on a site of its own, beside this one."""
        from questline_core.testing.conformance import Subject, find_plugin

        with find_plugin(plugin_id) as found:
            async with Subject.open(found, self.services) as subject:
                yield subject

    async def forget_queued(self) -> None:
        """Drop what earlier tests have queued and never ran: a test that runs the queue runs what it queued itself."""
        async with self.owner_engine.begin() as connection:
            await connection.execute(text("DELETE FROM queue.pgqueuer"))

    async def drain(self) -> None:
        """Run every queued event handler and job; raises `TimeoutError` where one waits long for its next attempt."""
        async with asyncio.timeout(DRAIN_SECONDS):
            await drain(self.host)


def site_settings(services: EmbeddedServices, home: Path, **overrides: Any) -> Settings:
    """Settings of a test's site."""
    values: dict[str, Any] = {
        "home": str(home),
        "environment": "development",
        "database_url": services.database_url,
        "owner_database_url": services.owner_database_url,
        "redis_url": services.redis_url,
        "secret_key": "a secret key for tests, thirty-two bytes or more",
        "cookie_secure": False,
        "private_networks": "127.0.0.0/8, ::1/128",
        "rate_limits": UNLIMITED,
        "log_level": "warning",
        "log_format": "console",
    }
    return Settings(**(values | overrides))
