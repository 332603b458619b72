"""Listens for changes that other processes announce, so that what is kept in memory is never older than a moment."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import structlog

from questline_core.plugins.enablement import CHANNEL
from questline_core.plugins.memory import KIND as MEMORY
from questline_core.tenancy.states import is_closed

if TYPE_CHECKING:
    from questline_core.host import Host

RETRY_SECONDS = 1.0
log = structlog.get_logger()


async def listen_for_changes(host: "Host") -> None:
    """Forget what a notification names; after a lost connection, forget everything."""
    databases = host.database.all.values()
    await asyncio.gather(*(_listen_for_ever(host, database.url) for database in databases))


async def _listen_for_ever(host: "Host", url: str) -> None:
    while True:
        try:
            await _listen(host, url)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("not listening for changes; trying again", error=str(error))
        await asyncio.sleep(RETRY_SECONDS)


def log_failure(task: "asyncio.Task[None]") -> None:
    """Say why a task that nobody waits for failed."""
    if not task.cancelled() and task.exception() is not None:
        log.error("a change was not taken over", exc_info=task.exception())


async def end_closed_streams(host: "Host") -> None:
    """End the live streams of tenants that nobody may use now."""
    now = host.clock()
    for tenant in await host.tenants.all():
        if is_closed(tenant, now):
            host.live.end(tenant.id)


async def _listen(host: "Host", url: str) -> None:
    connection = await asyncpg.connect(url)
    lost = asyncio.Event()
    forget: dict[str, Callable[[str], None]] = {
        "plugins": lambda name: host.enablement.forget(UUID(name)),
        "roles": lambda name: host.roles.forget(UUID(name)),
        "webhooks": lambda name: host.webhooks.forget(UUID(name)),
        MEMORY: host.memories.forget,
    }
    connection.add_termination_listener(lambda _: lost.set())

    def changed(_connection: Any, _pid: int, _channel: str, payload: object) -> None:
        kind, _, name = str(payload).partition(":")
        if kind in forget:
            forget[kind](name)
        elif kind == "tenants":
            host.tenants.forget()
            ending = asyncio.create_task(end_closed_streams(host))
            ending.add_done_callback(log_failure)
        elif kind == "access":
            host.standings.changed(UUID(name))
            host.api_keys.forget(UUID(name))
        elif kind == "session":
            host.revoked.add(UUID(name))
        elif kind == "keys":
            keys = asyncio.create_task(host.load_keys())
            keys.add_done_callback(log_failure)

    try:
        await connection.add_listener(CHANNEL, changed)
        host.enablement.forget()
        host.tenants.forget()
        host.packs.forget()
        host.roles.forget()
        host.standings.restart()
        host.api_keys.forget()
        host.plugin_settings.forget()
        host.webhooks.forget()
        host.memories.forget()
        await lost.wait()
    finally:
        if not connection.is_closed():
            await connection.close(timeout=2)
