"""Publishing: an event's row and one message per subscribed handler, in the publisher's transaction."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import text

from questline_core.events.queue import Message, put
from questline_core.webhooks.queueing import deliveries_of
from questline_sdk import EventData, Job

if TYPE_CHECKING:
    from questline_core.context import HostContext


RECORD = text("""
    INSERT INTO core.event (type, data, occurred_at)
    SELECT e.type, CAST(e.data AS jsonb), :occurred_at
    FROM unnest(CAST(:types AS text[]), CAST(:data AS text[])) WITH ORDINALITY AS e (type, data, place)
    ORDER BY e.place RETURNING id
""")
"""The data as the JSON it is queued as: it is encoded once. One statement for any number of events."""


async def publish_events(ctx: "HostContext", events: Sequence[EventData]) -> list[UUID]:
    """Record events and queue their deliveries; returns their ids."""
    encoded = [msgspec.json.encode(data) for data in events]
    facts = {
        "types": [type(data).event_type for data in events],
        "data": [each.decode() for each in encoded],
        "occurred_at": ctx.now,
    }
    ids = list((await ctx.session.execute(RECORD, facts)).scalars())
    messages: list[Message] = []
    for event_id, data, raw in zip(ids, events, encoded, strict=True):
        kind = type(data).event_type
        messages += await _messages(ctx, event_id, kind, raw)
        messages += await deliveries_of(ctx, event_id, kind)
    await put(ctx.session, messages)
    return ids


async def _messages(ctx: "HostContext", event_id: UUID, kind: str, encoded: bytes) -> list[Message]:
    """One for each handler that the tenant's plugins subscribe."""
    enabled = await ctx.host.enablement.of(ctx.tenant_id)
    return [
        Message(
            id=event_id,
            tenant_id=ctx.tenant_id,
            plugin_id=plugin_id,
            kind="event",
            name=handler.name,
            data=msgspec.Raw(encoded),
            event_type=kind,
            occurred_at=ctx.now,
        )
        for plugin_id, handler in ctx.host.registry.subscriptions(kind, kind.partition(".")[0])
        if plugin_id in enabled
    ]


async def enqueue_job(ctx: "HostContext", job: Job, args: msgspec.Struct, delay: dt.timedelta | None) -> None:
    """Queue a registered job with its arguments."""
    message = Message(
        id=uuid4(),
        tenant_id=ctx.tenant_id,
        plugin_id=ctx.host.registry.job_owner(job),
        kind="job",
        name=job.name,
        data=msgspec.Raw(msgspec.json.encode(args)),
    )
    await put(ctx.session, [message], delay=delay)
