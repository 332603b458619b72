"""Listens for changes that other processes announce, so that what is kept in memory is never older than a moment."""

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import structlog

from questline_core.plugins.enablement import CHANNEL

if TYPE_CHECKING:
    from questline_core.host import Host

RETRY_SECONDS = 1.0
log = structlog.get_logger()


async def listen_for_changes(host: "Host") -> None:
    """Forget what a notification names; after a lost connection, forget everything."""
    while True:
        try:
            await _listen(host)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("not listening for changes; trying again", error=str(error))
        await asyncio.sleep(RETRY_SECONDS)


async def _listen(host: "Host") -> None:
    connection = await asyncpg.connect(host.database.url)
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _: lost.set())

    def changed(_connection: Any, _pid: int, _channel: str, payload: object) -> None:
        kind, _, name = str(payload).partition(":")
        if kind == "plugins":
            host.enablement.forget(UUID(name))
        elif kind == "tenants":
            host.tenants.forget()

    try:
        await connection.add_listener(CHANNEL, changed)
        host.enablement.forget()
        host.tenants.forget()
        host.plugin_settings.forget()
        await lost.wait()
    finally:
        if not connection.is_closed():
            await connection.close(timeout=2)
