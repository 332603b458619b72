"""`serve` and `worker`: one role each, any number of them, for production."""

import os
from typing import Annotated

import msgspec
import typer

from questline_cli.preflight import require_services
from questline_cli.site import run
from questline_core.observability.logging import configure_logging
from questline_core.processes.node import run_server_node, run_worker_node
from questline_core.services.ports import require_free
from questline_core.settings import Settings, load_settings


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
    given = {name: value for name, value in (("host", host), ("port", port), ("workers", workers)) if value is not None}
    settings = msgspec.structs.replace(load_settings(), **given)
    _check(settings)
    require_free(settings.port, "the site")
    run(require_services(settings))
    configure_logging(settings)
    for name, value in given.items():
        os.environ[f"QUESTLINE_{name.upper()}"] = str(value)
    raise typer.Exit(run_server_node(settings))


def worker() -> None:
    """Run event handlers, jobs and schedules from the queue until stopped; what runs is finished first."""
    settings = load_settings()
    _check(settings)
    run(require_services(settings))
    configure_logging(settings)
    raise typer.Exit(run_worker_node(settings))


def _check(settings: Settings) -> None:
    for name in ("database_url", "redis_url", "secret_key"):
        settings.require(name)
