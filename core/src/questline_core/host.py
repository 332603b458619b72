"""The host: one process's settings, connections, plugins and caches, wired together in one place."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache, partial
from typing import Any, TypeVar
from uuid import UUID

import pluggy
import structlog

from questline_core.access.key_cache import KeyCache
from questline_core.access.reach import REACH_SERVICES
from questline_core.access.roles import TenantRoles
from questline_core.access.standing import Standings
from questline_core.auth.admission import Admission
from questline_core.auth.keys import read_keys
from questline_core.auth.permissions import PermissionTable
from questline_core.auth.revoked import RevokedSessions
from questline_core.auth.sealing import Sealer
from questline_core.auth.services import CORE_SERVICES
from questline_core.auth.tokens import AccessTokens
from questline_core.content.learning import LEARNING_SERVICES
from questline_core.context import HostContext
from questline_core.core_contributions import core_contributions
from questline_core.db.shards import ShardedDatabase
from questline_core.edge.limiter import RateLimiter
from questline_core.edge.sizes import effective
from questline_core.encryption.ring import KeyRing
from questline_core.encryption.vault import Vault
from questline_core.http.outbound import outbound_client
from questline_core.live.hub import LiveHub
from questline_core.mail.server import MailServer
from questline_core.mail.to_holders import MAIL_SERVICES
from questline_core.packs.enabled import TenantPacks
from questline_core.people.fields import PEOPLE_SERVICES
from questline_core.plugins.dispatcher import Dispatcher
from questline_core.plugins.enablement import Enablement
from questline_core.plugins.health import check_schemas
from questline_core.plugins.listener import listen_for_changes
from questline_core.plugins.loader import installed_plugins, load_plugins, make_manager
from questline_core.plugins.memory import Memories
from questline_core.plugins.providers import PROVIDER_SERVICES
from questline_core.plugins.registry import Registry
from questline_core.plugins.settings import PluginSettingsCache
from questline_core.privacy.consents import PRIVACY_SERVICES
from questline_core.provisioning.services import PROVISIONING_SERVICES
from questline_core.settings import Settings
from questline_core.storage import make_store
from questline_core.tenancy.directory import TenantDirectory
from questline_core.tenancy.limits import LIMIT_SERVICES
from questline_core.theming.look import Looks
from questline_core.theming.site_look import THEMING_SERVICES
from questline_core.valkey import connect
from questline_core.webhooks.subscribed import Subscriptions
from questline_sdk import Actor, NotFound
from questline_sdk.hooks import Veto
from questline_sdk.services import Service

T = TypeVar("T")
log = structlog.get_logger()


class Host:
    """Everything a request or a job may need. Built once per process; `running()` opens and closes it."""

    def __init__(self, settings: Settings, entries: list[Any] | None = None) -> None:
        self.settings = settings
        self.clock: Callable[[], dt.datetime] = partial(dt.datetime.now, dt.UTC)
        """The time units of work go by; the demo's history and tests set another."""
        self.manager: pluggy.PluginManager = make_manager()
        self.registry = Registry(
            load_plugins(
                installed_plugins() if entries is None else entries, self.manager, settings=settings.plugin_settings
            ),
            core_contributions(),
        )
        self.dispatcher = Dispatcher(self.manager, timeout=settings.hook_timeout_seconds)
        self.database = ShardedDatabase(
            settings.require("database_url"), pool_size=settings.database_pool_size, shards=settings.shard_urls
        )
        self.redis = connect(settings.require("redis_url"), answer_within=5, connect_within=2)
        most = settings.limits.requests_per_minute
        self.rates = RateLimiter(self.redis, settings.rate_limits, requests_per_minute=most)
        self.limits = effective(settings.request_limits, write_bytes=settings.max_body_bytes)
        self.tenants = TenantDirectory(self.database, default=settings.default_tenant, clock=lambda: self.clock())  # noqa: PLW0108
        self.looks = Looks(self.database)
        self.webhooks = Subscriptions(self.database)
        self.enablement = Enablement(self.database, self.registry)
        self.packs = TenantPacks(self.database)
        self.plugin_settings = PluginSettingsCache(self.registry, self.packs, settings.plugin_settings)
        self.memories = Memories()
        self.roles = TenantRoles(self.database, self.packs)
        self.permissions = PermissionTable(self.registry)
        self.tokens = AccessTokens(settings.require("secret_key"), seconds=settings.access_token_seconds)
        self.log_ins = Admission()
        self.revoked = RevokedSessions(settings.access_token_seconds)
        self.standings = Standings(self.database, token_seconds=settings.access_token_seconds)
        self.api_keys = KeyCache(self.database, self.redis, lambda: self.clock())  # noqa: PLW0108
        self.live = LiveHub(settings.require("redis_url"))
        self.store = make_store(settings)
        self.http = outbound_client(settings.private_networks)
        self.mail_server = MailServer.parse(settings.smtp_url) if settings.smtp_url else None
        self.sealer: Callable[[str], Sealer] = cache(partial(Sealer, settings.require("secret_key")))
        self.vault = Vault(KeyRing.of(settings))
        self._services: dict[type, tuple[str | None, Service]] = {}

    @asynccontextmanager
    async def running(self, *, streams: bool = True) -> AsyncIterator["Host"]:
        """Open the host's background tasks and close its connections at the end; `streams`: for open browsers, too."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.database.close)
            stack.push_async_callback(self.redis.aclose)
            stack.push_async_callback(self.http.aclose)
            await check_schemas(self.database, self.registry)
            await self.load_keys()
            self.enablement.on_change += [self.packs.forget, self.plugin_settings.forget]
            tasks = [listen_for_changes(self), self.api_keys.run(), *([self.live.run()] if streams else [])]
            for task in tasks:
                stack.push_async_callback(partial(_stop, asyncio.create_task(task)))
            yield self

    async def load_keys(self) -> None:
        """Read the keys that sign access tokens."""
        secret = self.settings.require("secret_key")
        async with self.database.session(None) as session:
            self.tokens.replace_keys(await read_keys(session, self.vault.ring, secret))

    def context(self, tenant_id: UUID, actor: Actor | None = None) -> HostContext:
        """Begin a unit of work; use it as an async context manager."""
        return HostContext(self, tenant_id, actor)

    async def decide(self, hook: str, ctx: HostContext, **values: Any) -> Veto | None:
        """Ask the tenant's plugins for a decision."""
        return await self.dispatcher.decide(hook, await self.enablement.of(ctx.tenant_id), ctx=ctx, **values)

    def service_factory(self, protocol: type[T], enabled: frozenset[str]) -> Callable[[HostContext], T]:
        """The factory registered for a Protocol; raises `NotFound` where none of the enabled plugins has one."""
        if not self._services:
            for core_service in (
                *CORE_SERVICES,
                *THEMING_SERVICES,
                *PROVIDER_SERVICES,
                *REACH_SERVICES,
                *LIMIT_SERVICES,
                *PEOPLE_SERVICES,
                *PROVISIONING_SERVICES,
                *PRIVACY_SERVICES,
                *MAIL_SERVICES,
                *LEARNING_SERVICES,
            ):
                self._services[core_service.protocol] = (None, core_service)
            for record in self.registry.active:
                for plugin_service in record.contributions.services:
                    self._services[plugin_service.protocol] = (record.id, plugin_service)
        plugin_id, service = self._services.get(protocol, (None, None))
        if service is None or (plugin_id and not (plugin_id in enabled and self.registry.is_active(plugin_id))):
            raise NotFound(f"No active plugin provides {protocol.__name__}.")
        return service.factory


async def _stop(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
