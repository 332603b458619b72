"""Delivery: one message's effects, in a transaction that also notes that they were applied."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from questline_core.context import HostContext
from questline_core.events.models import Delivery
from questline_core.events.queue import Message
from questline_core.host import Host
from questline_core.plugins.models import ParkedJob, TenantPlugin
from questline_core.plugins.registry import CORE
from questline_core.tenancy.directory import as_info
from questline_core.tenancy.models import Tenant
from questline_core.tenancy.states import TenantClosedError, is_closed
from questline_sdk import Event, EventHandler, Job, NotFound

Work: TypeAlias = EventHandler | Job


async def run_message(host: Host, message: Message, work: Work | None, payload: bytes) -> str:
    """Apply a message's effects once; returns `done`, `repeated`, `parked`, or `dropped` for a tenant that is gone."""
    async with HostContext(host, message.tenant_id) as ctx:
        open_now = await _is_open(ctx)
        if open_now is None:
            return "dropped"
        if not (open_now and await _is_enabled(ctx, message.plugin_id)):
            await ctx.session.execute(insert(ParkedJob).values(plugin_id=message.plugin_id, payload=payload))
            return "parked"
        if work is None:
            raise LookupError(f"{message.handler} is not registered by the installed version")
        first = await ctx.session.execute(
            upsert(Delivery)
            .values(message_id=message.id, handler=message.handler)
            .on_conflict_do_nothing()
            .returning(Delivery.message_id)
        )
        if first.first() is None:
            return "repeated"
        await apply(ctx, work, [message])
    return "done"


async def apply(ctx: HostContext, work: Work, messages: Sequence[Message]) -> None:
    """Call a job or handler with its messages: all at once where it takes a batch."""
    arguments = [argument(message, work) for message in messages]
    if isinstance(work, EventHandler) and work.batch:
        await work.function(ctx, arguments)
        return
    for each in arguments:
        await work.function(ctx, each)


async def _is_open(ctx: HostContext) -> bool | None:
    """Say whether the tenant may be worked for, None where there is none; asks the database before a no, as below."""
    try:
        await ctx.host.tenants.open(ctx.tenant_id)
    except (TenantClosedError, NotFound):
        row = await ctx.session.scalar(select(Tenant).where(Tenant.id == ctx.tenant_id).with_for_update(read=True))
        return None if row is None else not is_closed(as_info(row), ctx.now)
    return True


async def _is_enabled(ctx: HostContext, plugin_id: str) -> bool:
    """Say whether the tenant has the plugin on; before a no, ask the database, for memory may be a moment behind.

    The lock makes a switch that is being made wait until the job is parked, so that the switch finds it.
    """
    if plugin_id == CORE or plugin_id in await ctx.host.enablement.of(ctx.tenant_id):
        return True
    statement = select(TenantPlugin.enabled).where(TenantPlugin.plugin_id == plugin_id).with_for_update(read=True)
    return bool(await ctx.session.scalar(statement)) and ctx.host.registry.is_active(plugin_id)


def argument(message: Message, work: Work) -> Any:
    """Decode what the function takes besides the context: a job's arguments, or the event in its envelope."""
    if isinstance(work, Job):
        return msgspec.json.decode(message.data, type=work.args)
    data: Any = msgspec.json.decode(message.data, type=work.data_type or dict[str, Any])
    return Event(
        id=message.id,
        type=message.event_type,
        tenant_id=message.tenant_id,
        occurred_at=message.occurred_at or dt.datetime.now(dt.UTC),
        data=data,
    )
