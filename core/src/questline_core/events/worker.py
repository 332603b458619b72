"""The worker: takes messages from the queue and runs each in a transaction of its own, its effects applied once."""

import asyncio
import datetime as dt
import time
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.executors import AbstractEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context as QueueContext
from pgqueuer.domain.models import Job as QueuedJob
from pgqueuer.domain.types import QueueExecutionMode

from questline_core.audit.streaming import stream_audit
from questline_core.db.errors import is_of_a_gone_user, is_read_only
from questline_core.events.delivery import Work, run_message
from questline_core.events.lanes import Lanes
from questline_core.events.queue import MESSAGE, SETTINGS, Message, PacedQueries, queries
from questline_core.events.schedules import schedule_manager
from questline_core.host import Host
from questline_core.observability.metrics import JOB_SECONDS, JOBS
from questline_core.plugins.registry import CORE
from questline_core.tenancy.tasks import RETRY as TASK_RETRY
from questline_core.tenancy.tasks import TASK, run_task
from questline_core.webhooks.queueing import WEBHOOK
from questline_core.webhooks.sending import send_webhook
from questline_sdk import EventHandler, Job, RetryPolicy

log = structlog.get_logger()
RECONNECT_SECONDS = 1.0
DUE = "SELECT EXISTS (SELECT FROM queue.pgqueuer WHERE status = 'queued' AND execute_after <= now())"
BUSY = (
    "SELECT EXISTS (SELECT FROM queue.pgqueuer WHERE entrypoint = ANY($1) AND (status = 'picked'"
    " OR status = 'queued' AND execute_after <= now() + interval '1 minute'))"
)
READ_ONLY_PAUSE = dt.timedelta(seconds=1)
BATCH_SIZE = 50
WEBHOOKS_AT_ONCE = 40
"""Webhooks wait for others, but hold nothing meanwhile."""
CORE_AT_ONCE = 8
"""Core's jobs talk to mail servers while they hold a connection to the database; the others must not wait for one."""


class Executor(AbstractEntrypointExecutor):
    """Runs the messages of one plugin, or of core, for PgQueuer."""

    def __init__(
        self, host: Host, lanes: Lanes, parameters: EntrypointExecutorParameters, gate: asyncio.Semaphore
    ) -> None:
        super().__init__(parameters)
        self.host = host
        self.lanes = lanes
        self.gate = gate
        self.webhooks = asyncio.Semaphore(WEBHOOKS_AT_ONCE)

    async def execute(self, job: QueuedJob, context: QueueContext) -> None:
        """Run a message; a failure asks for a retry until the policy's attempts are used up."""
        message = MESSAGE.decode(job.payload or b"")
        work = _find(self.host, message)
        started = time.perf_counter()
        try:
            outcome = await self._run(message, work, job.payload or b"")
        except Exception as error:
            if is_of_a_gone_user(error):
                log.info("dropped: the user is gone", handler=message.handler, event_type=message.event_type)
                JOBS.labels(message.plugin_id, message.name, "dropped").inc()
                return
            if is_read_only(error):  # the tenant is being moved; the message waits, however few attempts it has
                JOBS.labels(message.plugin_id, message.name, "retried").inc()
                raise RetryRequested(delay=READ_ONLY_PAUSE, reason=repr(error)) from error
            policy = TASK_RETRY if message.kind == TASK else work.retry if work else RetryPolicy()
            if job.attempts + 1 >= policy.max_attempts:
                JOBS.labels(message.plugin_id, message.name, "dead").inc()
                raise
            JOBS.labels(message.plugin_id, message.name, "retried").inc()
            pause = _pause(policy, job.attempts)
            log.warning(
                "will be tried again", job=f"{message.plugin_id}.{message.name}", error=repr(error), after=str(pause)
            )
            raise RetryRequested(delay=pause, reason=repr(error)) from error
        JOBS.labels(message.plugin_id, message.name, outcome).inc()
        JOB_SECONDS.labels(message.plugin_id, message.name).observe(time.perf_counter() - started)

    async def _run(self, message: Message, work: Work | None, payload: bytes) -> str:
        if isinstance(work, EventHandler):
            return await self.lanes.run(message, work, payload)
        if message.kind == WEBHOOK:
            async with self.webhooks:
                return await send_webhook(self.host, message)
        async with self.gate:
            if message.kind == TASK:
                return await run_task(self.host, message)
            return await run_message(self.host, message, work, payload)


def _find(host: Host, message: Message) -> EventHandler | Job | None:
    if message.kind == "event":
        return host.registry.handler(message.plugin_id, message.name)
    return host.registry.job(message.plugin_id, message.name)


def _pause(policy: RetryPolicy, attempts: int) -> dt.timedelta:
    return dt.timedelta(seconds=min(policy.initial_delay * 2**attempts, policy.max_delay))


def _manager(host: Host, connection: "asyncpg.Connection[Any]", kind: type[Queries] = Queries) -> QueueManager:
    manager = QueueManager(queries(AsyncpgDriver(connection), kind), SETTINGS.channel)
    lanes = Lanes(host)
    jobs = asyncio.Semaphore(host.settings.database_pool_size)
    for owner in (CORE, *(record.id for record in host.registry.active)):
        parameters = EntrypointExecutorParameters(concurrency_limit=0, func=_never, on_failure="hold")
        gate = asyncio.Semaphore(CORE_AT_ONCE) if owner == CORE else jobs
        manager.register_executor(owner, Executor(host, lanes, parameters, gate))
    return manager


async def _never(job: QueuedJob) -> None:
    raise AssertionError(job)


async def run_worker(host: Host, stop: asyncio.Event) -> None:
    """Work on every database's queue until `stop` is set; a lost one is tried again each second.

    What runs is finished first.
    """
    queues = (_work_on(host, shard, stop) for shard in (None, *host.database.shards))
    await asyncio.gather(*queues, stream_audit(host, stop))


async def _work_on(host: Host, shard: str | None, stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await _work(host, shard, stop)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("the worker lost the database and tries again", error=str(error))
        if not stop.is_set():
            try:
                await asyncio.wait_for(stop.wait(), RECONNECT_SECONDS)
            except TimeoutError:
                continue


async def _work(host: Host, shard: str | None, stop: asyncio.Event) -> None:
    url = host.database.named(shard).url
    async with AsyncExitStack() as stack:
        connection = await _connect(url, stack)
        manager = _manager(host, connection, PacedQueries)
        waiter = asyncio.create_task(_forward(stop, manager.shutdown))
        stack.callback(waiter.cancel)
        clock = schedule_manager(host, await _connect(url, stack), shard)
        if clock is not None:
            clock.shutdown = manager.shutdown
            stack.push_async_callback(_end, asyncio.create_task(clock.run()))
        await manager.run(
            batch_size=min(BATCH_SIZE, host.settings.job_concurrency // 2 or 1),
            dequeue_timeout=dt.timedelta(seconds=5),
            max_concurrent_tasks=max(host.settings.job_concurrency, 2),
            heartbeat_timeout=dt.timedelta(seconds=host.settings.job_heartbeat_seconds),
            shutdown_on_listener_failure=True,
        )


async def _connect(url: str, stack: AsyncExitStack) -> "asyncpg.Connection[Any]":
    """A connection of its own: the queue and the clock each lock theirs against themselves only."""
    connection = await asyncpg.connect(url)
    stack.push_async_callback(connection.close, timeout=2)
    return connection


async def _end(task: "asyncio.Task[None]") -> None:
    """End the clock; what ended it before its time is an error of the worker's."""
    if not task.done():
        task.cancel()
    (outcome,) = await asyncio.gather(task, return_exceptions=True)
    if isinstance(outcome, Exception):
        log.error("the clock of the schedules stopped", exc_info=outcome)


async def _forward(stop: asyncio.Event, shutdown: asyncio.Event) -> None:
    await stop.wait()
    shutdown.set()


async def drain(host: Host) -> None:
    """Run every queued message until none is due for a minute; for tests and one-off commands."""
    async with AsyncExitStack() as stack:
        connections = [await _connect(database.url, stack) for database in host.database.all.values()]
        due = True
        while due:
            for database, connection in zip(host.database.all.values(), connections, strict=True):
                manager = _manager(host, connection)
                watcher = asyncio.create_task(_stop_when_idle(await _connect(database.url, stack), manager))
                stack.callback(watcher.cancel)
                await manager.run(
                    batch_size=BATCH_SIZE, mode=QueueExecutionMode.drain, dequeue_timeout=dt.timedelta(seconds=0.2)
                )
                await _end(watcher)
            # What ran from one queue may have queued more in another, where its tenant lives by now.
            due = len(connections) > 1 and any([await each.fetchval(DUE) for each in connections])


async def _stop_when_idle(connection: "asyncpg.Connection[Any]", manager: QueueManager) -> None:
    """Stop where only messages for later are left, or for plugins that are not here: the queue would wait for them."""
    owners = list(manager.entrypoint_registry)
    while await connection.fetchval(BUSY, owners):  # noqa: ASYNC110  nothing tells of another process's messages
        await asyncio.sleep(0.05)
    manager.shutdown.set()
