"""Publishing: the event's row and one message per subscribed handler, in the publisher's transaction."""

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import insert

from questline_core.events.models import EventRecord
from questline_core.events.queue import Message, put
from questline_sdk import EventData, Job

if TYPE_CHECKING:
    from questline_core.context import HostContext


async def publish_event(ctx: "HostContext", data: EventData) -> UUID:
    """Record an event and queue its deliveries; returns the event's id."""
    encoded = msgspec.json.encode(data)
    kind = type(data).event_type
    statement = insert(EventRecord).values(
        type=kind, data=msgspec.to_builtins(data, str_keys=True), occurred_at=ctx.now
    )
    row = (await ctx.session.execute(statement.returning(EventRecord.id, EventRecord.occurred_at))).one()
    enabled = await ctx.host.enablement.of(ctx.tenant_id)
    messages = [
        Message(
            id=row.id,
            tenant_id=ctx.tenant_id,
            plugin_id=plugin_id,
            kind="event",
            name=handler.name,
            data=msgspec.Raw(encoded),
            event_type=kind,
            occurred_at=row.occurred_at,
        )
        for plugin_id, handler in ctx.host.registry.subscriptions(kind, kind.partition(".")[0])
        if plugin_id in enabled
    ]
    await put(ctx.session, messages)
    event_id: UUID = row.id
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
