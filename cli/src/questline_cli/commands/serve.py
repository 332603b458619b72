"""`serve` and `worker`: one role each, any number of them, for production."""

import asyncio
import os
import signal
from typing import Annotated, Any

import msgspec
import typer
import uvloop

from questline_cli.preflight import require_services
from questline_cli.site import run
from questline_core.collector import spare_the_collector
from questline_core.events.worker import run_worker
from questline_core.host import Host
from questline_core.observability.logging import configure_logging
from questline_core.services.ports import require_free
from questline_core.settings import Settings, load_settings

ASGI_TARGET = "questline_core.asgi:create"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(serve)
    app.command()(worker)


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.", min=1, max=65535)] = None,
    workers: Annotated[int | None, typer.Option(help="Server processes.", min=1)] = None,
) -> None:
    """Serve the site; needs QUESTLINE_DATABASE_URL, QUESTLINE_REDIS_URL and QUESTLINE_SECRET_KEY."""
    from granian import Granian
    from granian.constants import Interfaces, Loops

    given = {name: value for name, value in (("host", host), ("port", port), ("workers", workers)) if value is not None}
    settings = msgspec.structs.replace(load_settings(), **given)
    _check(settings)
    require_free(settings.port, "the site")
    run(require_services(settings))
    configure_logging(settings)
    for name, value in given.items():
        os.environ[f"QUESTLINE_{name.upper()}"] = str(value)
    Granian(
        ASGI_TARGET,
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        loop=Loops.uvloop,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        backpressure=1000,
    ).serve()


def worker() -> None:
    """Run event handlers, jobs and schedules from the queue until stopped; what runs is finished first."""
    settings = load_settings()
    _check(settings)
    configure_logging(settings)
    uvloop.run(_work(settings))


def _check(settings: Settings) -> None:
    for name in ("database_url", "redis_url", "secret_key"):
        settings.require(name)


async def _work(settings: Settings) -> Any:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await require_services(settings)
    host = Host(settings)
    spare_the_collector()
    async with host.running():
        await run_worker(host, stop)
