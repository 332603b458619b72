"""Deliveries into the queue: noted in the transaction of what they tell of, sent by the worker after its commit."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import text

from questline_core.events.queue import Message
from questline_core.plugins.registry import CORE

if TYPE_CHECKING:
    from questline_core.context import HostContext

WEBHOOK = "webhook"
"""The kind of such a message: its work talks to others, and so is done outside a transaction."""
NOTE = text(
    "INSERT INTO core.webhook_delivery (endpoint_id, event_id, event_type, occurred_at, next_at)"
    " SELECT endpoint.id, :event_id, :event_type, :at, :at FROM core.webhook_endpoint endpoint"
    " WHERE endpoint.id = ANY(:endpoints) AND endpoint.enabled FOR KEY SHARE RETURNING id"
)
"""What memory says may be a moment old: of an address that is gone by now, nothing is noted."""


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """Which attempt at which delivery."""

    delivery_id: UUID
    number: int
    """Of all attempts at this delivery."""
    tries: int
    """Of those since it was last asked for."""


async def deliveries_of(ctx: "HostContext", event_id: UUID, event_type: str) -> list[Message]:
    """Note an event's deliveries in the transaction that publishes it, and return the messages to queue."""
    endpoints = await ctx.host.webhooks.to(ctx.tenant_id, event_type)
    if not endpoints:
        return []
    values = {"event_id": event_id, "event_type": event_type, "at": ctx.now, "endpoints": endpoints}
    noted = (await ctx.session.execute(NOTE, values)).scalars().all()
    return [attempt_message(ctx.tenant_id, Attempt(delivery_id=each, number=1, tries=1)) for each in noted]


def attempt_message(tenant_id: UUID, attempt: Attempt) -> Message:
    """The queue's message for an attempt."""
    data = msgspec.Raw(msgspec.json.encode(attempt))
    return Message(id=uuid4(), tenant_id=tenant_id, plugin_id=CORE, kind=WEBHOOK, name=WEBHOOK, data=data)
