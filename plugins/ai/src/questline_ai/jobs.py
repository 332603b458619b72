"""What AI does by the clock."""

import msgspec

from questline_ai import ledger
from questline_ai.plan import forget_expired
from questline_ai.records import clear_texts
from questline_sdk import Context, Job, Schedule


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """These jobs are told nothing."""


async def sweep(ctx: Context, _args: Nothing) -> None:
    """End the reservations whose process has gone."""
    await ledger.sweep(ctx)


async def tidy(ctx: Context, _args: Nothing) -> None:
    """Remove texts and remembered answers whose time is over."""
    await clear_texts(ctx)
    await forget_expired(ctx)


SWEEP = Job(name="sweep", function=sweep, args=Nothing)
TIDY = Job(name="tidy", function=tidy, args=Nothing)
SCHEDULES = (
    Schedule(cron="*/5 * * * *", job=SWEEP, args=Nothing()),
    Schedule(cron="23 3 * * *", job=TIDY, args=Nothing()),
)
