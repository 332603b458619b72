"""What plugins keep in memory of a tenant, until the database says that it has changed."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import event

from questline_core.plugins.enablement import announce

if TYPE_CHECKING:
    from questline_core.context import HostContext

T = TypeVar("T")
KIND = "memory"
"""Payload of a notification: `memory:<tenant id>:<key>`."""
REMEMBERED = 20_000


class Memories:
    """The values of one process; those that were not asked for longest go first."""

    def __init__(self) -> None:
        self._values: OrderedDict[tuple[UUID, str], Any] = OrderedDict()
        self._forgotten = 0

    async def get(self, tenant_id: UUID, key: str, read: Callable[[], Awaitable[T]]) -> T:
        """What is kept, or else read now."""
        place = (tenant_id, key)
        if place in self._values:
            self._values.move_to_end(place)
            return cast("T", self._values[place])
        forgotten = self._forgotten
        value = await read()
        if forgotten == self._forgotten:  # else what was read may be older than the change
            self._values[place] = value
            while len(self._values) > REMEMBERED:
                self._values.popitem(last=False)
        return value

    def forget(self, name: str | None = None) -> None:
        """Read again at the next look-up: what an announcement names, or all."""
        self._forgotten += 1
        if name is None:
            self._values.clear()
        else:
            tenant_id, _, key = name.partition(":")
            self._values.pop((UUID(tenant_id), key), None)


class TenantMemory:
    """A context's view of them."""

    def __init__(self, ctx: "HostContext") -> None:
        self._ctx = ctx

    async def get(self, key: str, read: Callable[[], Awaitable[T]]) -> T:
        """What is kept under a key, or else read now."""
        return await self._ctx.host.memories.get(self._ctx.tenant_id, key, read)

    async def forget(self, key: str) -> None:
        """Have every process read it again after the commit: this one at once, the others when they hear of it."""
        ctx = self._ctx
        name = f"{ctx.tenant_id}:{key}"
        await announce(ctx.session, f"{KIND}:{name}")
        event.listen(ctx.session.sync_session, "after_commit", lambda _: ctx.host.memories.forget(name), once=True)
