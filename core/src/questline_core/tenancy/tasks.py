"""Work on a tenant as a whole: queued like a job, but run past the tenant's state and outside a unit of work."""

import datetime as dt
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import msgspec

from questline_core.events.queue import Message, put
from questline_core.plugins.registry import CORE
from questline_sdk import RetryPolicy

if TYPE_CHECKING:
    from questline_core.context import HostContext
    from questline_core.host import Host
    from questline_core.tenancy.models import TenantTask

TASK = "task"
"""The kind of such a message."""
DELETE, EXPORT = "delete", "export"
RETRY = RetryPolicy(max_attempts=20, initial_delay=5.0, max_delay=3600.0)


class TaskArgs(msgspec.Struct, frozen=True, kw_only=True):
    """Which task."""

    task_id: UUID


async def queue_task(ctx: "HostContext", task: "TenantTask", *, delay: dt.timedelta) -> None:
    """Queue a task in the unit of work's transaction."""
    message = Message(
        id=uuid4(),
        tenant_id=ctx.tenant_id,
        plugin_id=CORE,
        kind=TASK,
        name=task.kind,
        data=msgspec.Raw(msgspec.json.encode(TaskArgs(task_id=task.id))),
    )
    await put(ctx.session, [message], delay=delay)


async def run_task(host: "Host", message: Message) -> str:
    """Do a task's work; what was begun goes on where it stopped."""
    from questline_core.tenancy.deletion import delete_tenant
    from questline_core.tenancy.exports import run_export

    task_id = msgspec.json.decode(message.data, type=TaskArgs).task_id
    if message.name == EXPORT:
        return await run_export(host, message.tenant_id, task_id)
    return "done" if await delete_tenant(host, message.tenant_id, task_id=task_id) else "dropped"
