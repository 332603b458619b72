"""Runs the worker inside the server process, for a machine with one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from questline_core.events.worker import run_worker
from questline_core.host import Host


@asynccontextmanager
async def background_worker(host: Host) -> AsyncIterator[None]:
    """Work while the block lasts; what runs at its end is finished first."""
    stop = asyncio.Event()
    task = asyncio.create_task(run_worker(host, stop))
    try:
        yield
    finally:
        stop.set()
        await task
