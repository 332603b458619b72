"""Dead letters: messages whose every attempt failed, kept with their cause until an operator decides."""

import datetime as dt
from uuid import UUID

import msgspec
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.types import JobId

from questline_core.events.queue import MESSAGE

ALL = 100_000


class DeadLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A message that failed for good. `error` is the last attempt's."""

    id: int
    handler: str
    tenant_id: UUID
    event_type: str
    attempts: int
    failed_at: dt.datetime
    error: str


async def list_dead_letters(queue: Queries, limit: int = ALL) -> list[DeadLetter]:
    """The dead letters, newest first."""
    letters = []
    for job in await queue.list_failed_jobs(limit):
        message = MESSAGE.decode(job.payload or b"")
        history = await queue.job_log_history(job.id)
        errors = [entry.traceback for entry in history if entry.traceback]
        letters.append(
            DeadLetter(
                id=job.id,
                handler=message.handler,
                tenant_id=message.tenant_id,
                event_type=message.event_type,
                attempts=job.attempts + 1,
                failed_at=job.updated,
                error=f"{errors[-1].exception_type}: {errors[-1].exception_message}" if errors else "unknown",
            )
        )
    return letters


async def retry_dead_letters(queue: Queries, ids: list[int] | None = None) -> int:
    """Queue dead letters again, all where no ids are given; returns how many."""
    known = {job.id for job in await queue.list_failed_jobs(ALL)}
    chosen = known if ids is None else known & {JobId(each) for each in ids}
    if chosen:
        await queue.requeue_jobs(sorted(chosen))
    return len(chosen)


async def queue_counts(queue: Queries) -> list[tuple[str, str, int]]:
    """How many messages wait, run or failed, as (plugin, status, count)."""
    return sorted((str(row.entrypoint), row.status, row.count) for row in await queue.queue_size())
