"""The host's implementation of the SDK's context."""

import datetime as dt
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

import msgspec
import structlog
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession

from questline_core.db.engine import open_session
from questline_core.events.publish import enqueue_job, publish_event
from questline_core.live.hub import LiveMessage
from questline_sdk import Actor, Context, EventData, Job, PluginSettings
from questline_sdk.db import HotQuery

if TYPE_CHECKING:
    from questline_core.host import Host

log = structlog.get_logger()
T = TypeVar("T")
S = TypeVar("S", bound=PluginSettings)


class HostContext(Context):
    """One transaction for one tenant, opened at the first statement and ended with the `async with` block."""

    def __init__(self, host: "Host", tenant_id: UUID, actor: Actor | None = None) -> None:
        self.host = host
        self.tenant_id = tenant_id
        self.actor = actor
        self.now = host.clock()
        self._session: AsyncSession | None = None
        self._live: list[LiveMessage] = []

    async def __aenter__(self) -> Self:
        """Begin; nothing is sent to the database yet."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._session is not None and kind is None:
                await self._session.commit()
        finally:
            await self._close()
        if kind is None and self._live:
            await self.host.live.send(self._live)

    async def _close(self) -> None:
        if self._session is None:
            return
        try:
            await self._session.close()
        except (DBAPIError, OSError) as error:
            # The transaction went with its connection; what ended the work is what matters to the caller.
            log.warning("a connection was lost", error=str(error).splitlines()[0])
            with suppress(InvalidRequestError, DBAPIError, OSError):
                await self._session.invalidate()

    @property
    def session(self) -> AsyncSession:
        """The session, opened at first use."""
        if self._session is None:
            self._session = open_session(self.host.database.engine, self.tenant_id)
        return self._session

    async def fetch(self, query: HotQuery[T], /, **parameters: Any) -> list[T]:
        """Run a hot read on the bare pool."""
        return await self.host.database.read(self.tenant_id, query, parameters)

    async def publish(self, data: EventData) -> UUID:
        """Record an event and queue its deliveries."""
        return await publish_event(self, data)

    async def enqueue(self, job: Job, args: msgspec.Struct, *, delay: dt.timedelta | None = None) -> None:
        """Queue a registered job."""
        await enqueue_job(self, job, args, delay)

    def send_live(self, topic: str, message: msgspec.Struct, *, user_id: UUID | None = None) -> None:
        """Keep a message until the transaction has committed."""
        self._live.append(LiveMessage(tenant_id=self.tenant_id, user_id=user_id, topic=topic, data=message))

    def service(self, protocol: type[T]) -> T:
        """Build the service that is registered for the Protocol."""
        return self.host.service_factory(protocol)(self)

    async def settings(self, settings_type: type[S]) -> S:
        """Read the tenant's settings from memory."""
        return await self.host.plugin_settings.get(self, settings_type)

    @property
    def redis(self) -> Any:
        """The process's client."""
        return self.host.redis

    def redis_key(self, plugin_id: str, *parts: object) -> str:
        """The key with the tenant and the plugin in it."""
        return ":".join(("questline", str(self.tenant_id), plugin_id, *map(str, parts)))
