"""The host: one process's settings, connections, plugins and caches, wired together in one place."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import pluggy
import redis.asyncio as redis
import structlog
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from questline_core.auth.permissions import PermissionTable
from questline_core.auth.services import CORE_SERVICES
from questline_core.auth.tokens import AccessTokens
from questline_core.context import HostContext
from questline_core.db.engine import Database
from questline_core.live.hub import LiveHub
from questline_core.plugins.dispatcher import Dispatcher
from questline_core.plugins.enablement import Enablement
from questline_core.plugins.health import check_schemas
from questline_core.plugins.listener import listen_for_changes
from questline_core.plugins.loader import installed_plugins, load_plugins, make_manager
from questline_core.plugins.registry import Registry
from questline_core.plugins.settings import PluginSettingsCache
from questline_core.settings import Settings
from questline_core.storage import make_store
from questline_core.tenancy.service import TenantDirectory
from questline_sdk import Actor, NotFound
from questline_sdk.hooks import Veto
from questline_sdk.services import Service

T = TypeVar("T")
ONE_RETRY = Retry(NoBackoff(), 1)
"""A connection that Valkey has closed is replaced at once; where it is down, nobody waits for it to come back."""
log = structlog.get_logger()


class Host:
    """Everything a request or a job may need. Built once per process; `running()` opens and closes it."""

    def __init__(self, settings: Settings, entries: list[Any] | None = None) -> None:
        self.settings = settings
        self.clock: Callable[[], dt.datetime] = partial(dt.datetime.now, dt.UTC)
        """The time units of work go by; the demo's history and tests set another."""
        self.manager: pluggy.PluginManager = make_manager()
        self.registry = Registry(load_plugins(installed_plugins() if entries is None else entries, self.manager))
        self.dispatcher = Dispatcher(self.manager, timeout=settings.hook_timeout_seconds)
        self.database = Database(settings.require("database_url"), pool_size=settings.database_pool_size)
        self.redis = redis.Redis.from_url(
            settings.require("redis_url"), socket_timeout=5, socket_connect_timeout=2, retry=ONE_RETRY
        )
        self.tenants = TenantDirectory(self.database, default=settings.default_tenant)
        self.enablement = Enablement(self.database, self.registry)
        self.plugin_settings = PluginSettingsCache(self.registry)
        self.permissions = PermissionTable(self.registry)
        self.tokens = AccessTokens(settings.require("secret_key"), seconds=settings.access_token_seconds)
        self.live = LiveHub(settings.require("redis_url"))
        self.store = make_store(settings)
        self._services: dict[type, tuple[str | None, Service]] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Host"]:
        """Open the host's background tasks and close its connections at the end."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.database.close)
            stack.push_async_callback(self.redis.aclose)
            await check_schemas(self.database, self.registry)
            self.enablement.on_change.append(self.plugin_settings.forget)
            for task in (listen_for_changes(self), self.live.run()):
                stack.push_async_callback(partial(_stop, asyncio.create_task(task)))
            yield self

    def context(self, tenant_id: UUID, actor: Actor | None = None) -> HostContext:
        """Begin a unit of work; use it as an async context manager."""
        return HostContext(self, tenant_id, actor)

    async def decide(self, hook: str, ctx: HostContext, **values: Any) -> Veto | None:
        """Ask the tenant's plugins for a decision."""
        return await self.dispatcher.decide(hook, await self.enablement.of(ctx.tenant_id), ctx=ctx, **values)

    def service_factory(self, protocol: type[T]) -> Callable[[HostContext], T]:
        """The factory registered for a Protocol; raises `NotFound` where no active plugin has one."""
        if not self._services:
            for core_service in CORE_SERVICES:
                self._services[core_service.protocol] = (None, core_service)
            for record in self.registry.active:
                for plugin_service in record.contributions.services:
                    self._services[plugin_service.protocol] = (record.id, plugin_service)
        plugin_id, service = self._services.get(protocol, (None, None))
        if service is None or (plugin_id and not self.registry.is_active(plugin_id)):
            raise NotFound(f"No active plugin provides {protocol.__name__}.")
        return service.factory


async def _stop(task: "asyncio.Task[Any]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
