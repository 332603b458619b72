"""Publishing: the event's row and one message per subscribed handler, in the publisher's transaction."""

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import text

from questline_core.events.queue import Message, put
from questline_sdk import EventData, Job

if TYPE_CHECKING:
    from questline_core.context import HostContext


RECORD = text(
    "INSERT INTO core.event (type, data, occurred_at) VALUES (:type, CAST(:data AS jsonb), :occurred_at) RETURNING id"
)
"""The data as the JSON it is queued as: it is encoded once."""


async def publish_event(ctx: "HostContext", data: EventData) -> UUID:
    """Record an event and queue its deliveries; returns the event's id."""
    encoded = msgspec.json.encode(data)
    kind = type(data).event_type
    fact = {"type": kind, "data": encoded.decode(), "occurred_at": ctx.now}
    event_id: UUID = (await ctx.session.execute(RECORD, fact)).scalar_one()
    enabled = await ctx.host.enablement.of(ctx.tenant_id)
    messages = [
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
    await put(ctx.session, messages)
    return event_id


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
