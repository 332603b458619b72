"""A worker process: event handlers, jobs and schedules of one generation."""

import asyncio
import socket

import structlog
import uvloop

from questline_core.collector import spare_the_collector
from questline_core.events.worker import run_worker
from questline_core.generations.overlay import OverlayError, activate_generation
from questline_core.host import Host
from questline_core.observability.logging import configure_logging
from questline_core.processes.channel import Channel
from questline_core.settings import SettingsError, load_settings

log = structlog.get_logger()


def work_queue(generation: int, connection: socket.socket) -> int:
    """Run what the queue has until told to drain, then finish what runs; returns the exit status."""
    channel = Channel(connection)
    try:
        settings = load_settings()
        configure_logging(settings)
        activate_generation(settings.home_path, generation)
        host = Host(settings)
        spare_the_collector()
    except (SettingsError, OverlayError) as error:
        channel.failed(str(error))
        return 1
    except Exception as error:
        log.exception("the worker cannot be built")
        channel.failed(f"{type(error).__name__}: {error}")
        return 1
    return uvloop.run(_work(host, channel))


async def _work(host: Host, channel: Channel) -> int:
    stop = asyncio.Event()
    channel.listen(lambda _: stop.set())
    try:
        async with host.running(streams=False):
            channel.ready()
            await run_worker(host, stop)
    except Exception as error:
        log.exception("a worker process failed")
        channel.failed(f"{type(error).__name__}: {error}")
        return 1
    return 0
