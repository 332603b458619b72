"""Schedules: at the times of a cron expression, one job for each tenant that has the plugin on."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

import asyncpg
import msgspec
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.core.sm import SchedulerManager
from pgqueuer.domain.models import Schedule as DueSchedule

from questline_core.events.queue import Message, put, queries
from questline_core.plugins.registry import CORE
from questline_core.tenancy.states import is_closed
from questline_sdk import Schedule

if TYPE_CHECKING:
    from questline_core.host import Host


def schedule_manager(
    host: "Host", connection: "asyncpg.Connection[asyncpg.Record]", shard: str | None = None
) -> SchedulerManager | None:
    """PgQueuer's scheduler with all schedules, or None where there is none; one worker at a time runs each."""
    manager = SchedulerManager(queries(AsyncpgDriver(connection)))
    for owner, schedule in host.registry.schedules():
        due = _queue_for_tenants(host, owner, schedule, shard)
        manager.schedule(f"{owner}.{schedule.job.name}", schedule.cron, accepts_context=False)(due)
    return manager if manager.registry else None


def _queue_for_tenants(
    host: "Host", plugin_id: str, schedule: Schedule, shard: str | None
) -> Callable[[DueSchedule], Awaitable[None]]:
    async def due(fired: DueSchedule) -> None:
        await queue_scheduled(host, plugin_id, schedule, fired.next_run, shard=shard)

    return due


async def queue_scheduled(
    host: "Host", plugin_id: str, schedule: Schedule, time: dt.datetime, *, shard: str | None = None
) -> int:
    """Queue a schedule's job for every open tenant of a database that has the plugin on, in that database.

    The same time again changes nothing.

    Returns:
        The number of tenants.
    """
    arguments = msgspec.Raw(msgspec.json.encode(schedule.args))
    messages = [
        Message(
            id=uuid5(NAMESPACE_URL, f"{plugin_id}/{schedule.job.name}/{tenant.id}/{time.isoformat()}"),
            tenant_id=tenant.id,
            plugin_id=plugin_id,
            kind="job",
            name=schedule.job.name,
            data=arguments,
        )
        for tenant in await host.tenants.all()
        if tenant.shard == shard
        and not is_closed(tenant, host.clock())
        and (plugin_id == CORE or plugin_id in await host.enablement.of(tenant.id))
    ]
    async with host.database.named(shard).open(None) as session:
        await put(session, messages)
        await session.commit()
    return len(messages)
