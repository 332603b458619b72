"""Jobs: work done after the request, in a worker, in a transaction of its own with the tenant set."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec


class RetryPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """How often and how fast a failing job is tried again before it goes to the dead letters.

    Args:
        max_attempts: Runs in all, the first included.
        initial_delay: Seconds before the second run; doubles each time.
        max_delay: Longest pause, seconds.
    """

    max_attempts: int = 6
    initial_delay: float = 1.0
    max_delay: float = 300.0


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A named function run in the worker with decoded arguments.

    Args:
        name: Unique in the plugin; queued jobs carry it, so never rename it while jobs wait.
        function: `async def f(ctx: Context, args: Args) -> None`.
        args: The Struct that the arguments decode into.
        retry: How failures are retried.
    """

    name: str
    function: Callable[..., Awaitable[None]]
    args: type[msgspec.Struct]
    retry: RetryPolicy = RetryPolicy()


class Schedule(msgspec.Struct, frozen=True, kw_only=True):
    """Runs a job for every tenant that has the plugin enabled, at the times of a cron expression (UTC)."""

    cron: str
    job: Job
    args: Any
