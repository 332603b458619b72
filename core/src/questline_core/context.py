"""The host's implementation of the SDK's context."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar
from uuid import UUID

import httpx2
import msgspec
import structlog
from sqlalchemy.exc import DBAPIError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncSession

from questline_core.audit.service import record
from questline_core.encryption.columns import use_vault
from questline_core.events.publish import enqueue_job, publish_events
from questline_core.live.hub import LiveMessage
from questline_core.plugins.calls import PluginHookCalls
from questline_sdk import Actor, Context, EventData, Job, PluginSettings
from questline_sdk.calls import HookCalls
from questline_sdk.db import HotQuery

if TYPE_CHECKING:
    from questline_core.db.engine import Database
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
        self.uncommitted = False
        """Whether this transaction has changed settings or packs; what is kept in memory does not hold in it."""
        self.enabled: frozenset[str] = frozenset()
        """The plugins that are on for the tenant: when the work began, and as this transaction has switched them."""
        self._database: Database = host.database
        self._session: AsyncSession | None = None
        self._live: list[LiveMessage] = []

    async def __aenter__(self) -> Self:
        """Begin; nothing is sent to the database yet, unless the tenant's plugins are not in memory."""
        self._database = await self.host.database.of(self.tenant_id)
        self.enabled = await self.host.enablement.of(self.tenant_id)
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
            self._session = self._database.open(self.tenant_id)
            use_vault(self._session.sync_session, self.host.vault, self.tenant_id)
        return self._session

    async def fetch(self, query: HotQuery[T], /, **parameters: Any) -> list[T]:
        """Run a hot read on the bare pool."""
        return await self.host.database.read(self.tenant_id, query, parameters)

    async def publish(self, data: EventData) -> UUID:
        """Record an event and queue its deliveries."""
        (event_id,) = await publish_events(self, [data])
        return event_id

    async def publish_all(self, events: Sequence[EventData]) -> list[UUID]:
        """Record events and queue their deliveries."""
        return await publish_events(self, events) if events else []

    async def enqueue(self, job: Job, args: msgspec.Struct, *, delay: dt.timedelta | None = None) -> None:
        """Queue a registered job."""
        await enqueue_job(self, job, args, delay)

    async def audit(
        self,
        action: str,
        *,
        subject: tuple[str, UUID | str | None],
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Note a change in the audit log."""
        await record(self, action, subject=subject, before=before, after=after)

    def send_live(self, topic: str, message: msgspec.Struct, *, user_id: UUID | None = None) -> None:
        """Keep a message until the transaction has committed."""
        self._live.append(LiveMessage(tenant_id=self.tenant_id, user_id=user_id, topic=topic, data=message))

    def service(self, protocol: type[T]) -> T:
        """Build the service that is registered for the Protocol."""
        return self.host.service_factory(protocol, self.enabled)(self)

    @property
    def hooks(self) -> HookCalls:
        """Calls of the hooks that plugins declare."""
        return PluginHookCalls(self)

    async def settings(self, settings_type: type[S], *, course_id: UUID | None = None) -> S:
        """Read the settings from memory, or as this transaction has changed them."""
        return await self.host.plugin_settings.get(self, settings_type, course_id)

    @property
    def http(self) -> httpx2.AsyncClient:
        """The process's client."""
        return self.host.http

    @property
    def redis(self) -> Any:
        """The process's client."""
        return self.host.redis

    def redis_key(self, plugin_id: str, *parts: object) -> str:
        """The key with the tenant and the plugin in it."""
        return ":".join(("questline", str(self.tenant_id), plugin_id, *map(str, parts)))
