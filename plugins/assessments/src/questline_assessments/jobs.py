"""Attempts whose time ended while nobody looked are submitted by the clock."""

from msgspec import Struct

from questline_assessments import attempts, queries
from questline_sdk import Context, Job, Schedule

BATCH = 200


class Nothing(Struct, frozen=True):
    """No arguments."""


async def close_overdue(ctx: Context, args: Nothing) -> None:
    """Submit what was saved of overdue attempts; the next run takes what a full batch leaves."""
    before = ctx.now - await attempts.grace(ctx)
    for attempt_id in await queries.overdue_attempts(ctx, before, limit=BATCH):
        await attempts.close(ctx, attempt_id)


CLOSE_OVERDUE = Job(name="close_overdue", function=close_overdue, args=Nothing)
SCHEDULE = Schedule(cron="*/5 * * * *", job=CLOSE_OVERDUE, args=Nothing())
