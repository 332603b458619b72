"""A node's line to the database: it hears which generation the site wants, and writes down what it runs itself."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable
from typing import Any

import asyncpg
import msgspec
import structlog

from questline_core.generations.models import BASE
from questline_core.generations.wanted import PAYLOAD
from questline_core.plugins.enablement import CHANNEL

BEAT_SECONDS = 2.0
"""How often a node says that it lives, and looks whether a notification was missed."""
RETRY_SECONDS = 0.5
WRITE = """
INSERT INTO core.node (id, role, generation, state, reason, seen_at) VALUES ($1, $2, $3, $4, $5, now())
ON CONFLICT (id) DO UPDATE SET generation = $3, state = $4, reason = $5, seen_at = now()
"""
FORGET = "DELETE FROM core.node WHERE id = $1 OR seen_at < now() - interval '1 day'"
NOT_MIGRATED = (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError, asyncpg.InsufficientPrivilegeError)
LOST = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)
log = structlog.get_logger()


class NodeState(msgspec.Struct, frozen=True, kw_only=True):
    """What a node runs: `starting`, `running`, or `failed` with why it does not run the wanted generation."""

    generation: int
    state: str = "starting"
    reason: str | None = None


class NodeLine:
    """Keeps the node's row fresh and tells of changes of the wanted generation, through losses of the database."""

    def __init__(self, database_url: str, role: str, wanted: int) -> None:
        self.id = f"{role}-{socket.gethostname()}-{os.getpid()}"
        self.wanted = wanted
        """The generation the site wants, as far as this node has heard."""
        self.on_change: Callable[[], None] = _ignore
        """Called after each change of `wanted`."""
        self._url = database_url
        self._role = role
        self._state = NodeState(generation=wanted)
        self._due = asyncio.Event()

    def report(self, state: NodeState) -> None:
        """Write down another state, as soon as the database can be reached."""
        if state != self._state:
            self._state = state
            self._due.set()

    async def run(self) -> None:
        """Beat until cancelled; then the node's row is removed."""
        warned = False
        while True:
            try:
                await self._follow()
            except LOST as error:
                if not warned:
                    log.warning("the node lost the database and tries again", error=str(error))
                warned = True
            await asyncio.sleep(RETRY_SECONDS)

    async def _follow(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=10)
        try:
            await connection.add_listener(CHANNEL, self._notified)
            while True:
                self._due.clear()
                await self._beat(connection)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._due.wait(), BEAT_SECONDS)
        except asyncio.CancelledError:
            with contextlib.suppress(*LOST):
                await connection.execute(FORGET, self.id, timeout=2)
            raise
        finally:
            with contextlib.suppress(*LOST):
                await connection.close(timeout=2)

    def _notified(self, _connection: Any, _pid: int, _channel: str, payload: object) -> None:
        if payload == PAYLOAD:
            self._due.set()

    async def _beat(self, connection: "asyncpg.Connection[Any]") -> None:
        """Read before writing: who waits for the node to have seen a change looks at what it has written."""
        try:
            wanted = int(await connection.fetchval("SELECT generation FROM core.wanted", timeout=10) or BASE)
            state = self._state
            await connection.execute(
                WRITE, self.id, self._role, state.generation, state.state, state.reason, timeout=10
            )
        except NOT_MIGRATED:  # a database from before generations
            return
        if wanted != self.wanted:
            self.wanted = wanted
            self.on_change()


def _ignore() -> None:
    """Nobody waits for changes yet."""
