"""The worker: takes messages from the queue and runs each in a transaction of its own, its effects applied once."""

import asyncio
import datetime as dt
import time
from contextlib import AsyncExitStack
from typing import Any

import asyncpg
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.core.executors import AbstractEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context as QueueContext
from pgqueuer.domain.models import Job as QueuedJob
from pgqueuer.domain.types import QueueExecutionMode

from questline_core.db.errors import is_of_a_gone_user
from questline_core.events.delivery import Work, run_message
from questline_core.events.lanes import Lanes
from questline_core.events.queue import MESSAGE, SETTINGS, Message, queries
from questline_core.events.schedules import schedule_manager
from questline_core.host import Host
from questline_core.observability.metrics import JOB_SECONDS, JOBS
from questline_sdk import EventHandler, Job, RetryPolicy

log = structlog.get_logger()
RECONNECT_SECONDS = 1.0
BATCH_SIZE = 50


class Executor(AbstractEntrypointExecutor):
    """Runs one plugin's messages for PgQueuer."""

    def __init__(self, host: Host, lanes: Lanes, parameters: EntrypointExecutorParameters) -> None:
        super().__init__(parameters)
        self.host = host
        self.lanes = lanes

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
            policy = work.retry if work else RetryPolicy()
            if job.attempts + 1 >= policy.max_attempts:
                JOBS.labels(message.plugin_id, message.name, "dead").inc()
                raise
            JOBS.labels(message.plugin_id, message.name, "retried").inc()
            raise RetryRequested(delay=_pause(policy, job.attempts), reason=repr(error)) from error
        JOBS.labels(message.plugin_id, message.name, outcome).inc()
        JOB_SECONDS.labels(message.plugin_id, message.name).observe(time.perf_counter() - started)

    async def _run(self, message: Message, work: Work | None, payload: bytes) -> str:
        if isinstance(work, EventHandler):
            return await self.lanes.run(message, work, payload)
        return await run_message(self.host, message, work, payload)


def _find(host: Host, message: Message) -> EventHandler | Job | None:
    if message.kind == "event":
        return host.registry.handler(message.plugin_id, message.name)
    return host.registry.job(message.plugin_id, message.name)


def _pause(policy: RetryPolicy, attempts: int) -> dt.timedelta:
    return dt.timedelta(seconds=min(policy.initial_delay * 2**attempts, policy.max_delay))


def _manager(host: Host, connection: "asyncpg.Connection[Any]") -> QueueManager:
    manager = QueueManager(queries(AsyncpgDriver(connection)), SETTINGS.channel)
    lanes = Lanes(host)
    for record in host.registry.active:
        parameters = EntrypointExecutorParameters(concurrency_limit=0, func=_never, on_failure="hold")
        manager.register_executor(record.id, Executor(host, lanes, parameters))
    return manager


async def _never(job: QueuedJob) -> None:
    raise AssertionError(job)


async def run_worker(host: Host, stop: asyncio.Event) -> None:
    """Work until `stop` is set; a lost database is tried again each second. What runs is finished first."""
    while not stop.is_set():
        try:
            await _work(host, stop)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("the worker lost the database and tries again", error=str(error))
        if not stop.is_set():
            try:
                await asyncio.wait_for(stop.wait(), RECONNECT_SECONDS)
            except TimeoutError:
                continue


async def _work(host: Host, stop: asyncio.Event) -> None:
    async with AsyncExitStack() as stack:
        connection = await _connect(host, stack)
        manager = _manager(host, connection)
        waiter = asyncio.create_task(_forward(stop, manager.shutdown))
        stack.callback(waiter.cancel)
        clock = schedule_manager(host, await _connect(host, stack))
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


async def _connect(host: Host, stack: AsyncExitStack) -> "asyncpg.Connection[Any]":
    """A connection of its own: the queue and the clock each lock theirs against themselves only."""
    connection = await asyncpg.connect(host.database.url)
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
    """Run every queued message until none is due; for tests and one-off commands."""
    connection = await asyncpg.connect(host.database.url)
    try:
        await _manager(host, connection).run(
            batch_size=BATCH_SIZE, mode=QueueExecutionMode.drain, dequeue_timeout=dt.timedelta(seconds=0.2)
        )
    finally:
        await connection.close(timeout=2)
