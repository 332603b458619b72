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
from questline_sdk import Schedule

if TYPE_CHECKING:
    from questline_core.host import Host


def schedule_manager(host: "Host", connection: "asyncpg.Connection[asyncpg.Record]") -> SchedulerManager | None:
    """PgQueuer's scheduler with the plugins' schedules, or None where there is none; one worker at a time runs each."""
    manager = SchedulerManager(queries(AsyncpgDriver(connection)))
    for record in host.registry.active:
        for schedule in record.contributions.schedules:
            due = _queue_for_tenants(host, record.id, schedule)
            manager.schedule(f"{record.id}.{schedule.job.name}", schedule.cron, accepts_context=False)(due)
    return manager if manager.registry else None


def _queue_for_tenants(host: "Host", plugin_id: str, schedule: Schedule) -> Callable[[DueSchedule], Awaitable[None]]:
    async def due(fired: DueSchedule) -> None:
        await queue_scheduled(host, plugin_id, schedule, fired.next_run)

    return due


async def queue_scheduled(host: "Host", plugin_id: str, schedule: Schedule, time: dt.datetime) -> int:
    """Queue a schedule's job for every tenant that has the plugin on; the same time again changes nothing.

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
        if plugin_id in await host.enablement.of(tenant.id)
    ]
    async with host.database.session(None) as session:
        await put(session, messages)
    return len(messages)
