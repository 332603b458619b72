"""`dev`: a running site in which a plugin's edits show at once."""

import asyncio
import contextlib
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from questline_cli.dev.environment import Failed
from questline_cli.dev.server import ServerEnded
from questline_cli.dev.session import DevSession
from questline_cli.dev.source import NotAPlugin, PluginSource
from questline_cli.dev.vite import NoPackages
from questline_cli.output import errors, fail
from questline_cli.server import ServerProcess
from questline_cli.site import reachable
from questline_core.observability.logging import configure_logging
from questline_core.services.ports import free_port, require_free
from questline_core.settings import Settings, load_settings

PORT = 8100


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(dev)


def dev(
    plugin: Annotated[Path, typer.Option("--plugin", help="Folder of the plugin.")] = Path(),
    tenant: Annotated[str | None, typer.Option("--tenant", "-t", help="Tenant to switch the plugin on for.")] = None,
    port: Annotated[int, typer.Option(help="Port of the site.", min=1, max=65535)] = PORT,
) -> None:
    """Develop a plugin on a running site: edits of Python reload the server, edits of TSX change the open page.

    Uses the site's database, and starts it where it does not run. An edit that cannot be imported is shown; the last
    code that could goes on answering.
    """
    settings = msgspec.structs.replace(load_settings(), environment="development", cookie_secure=False)
    configure_logging(msgspec.structs.replace(settings, log_level="error", log_format="console"))
    require_free(port, "the site (choose another one with --port)")
    try:
        source = PluginSource.read(plugin)
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_develop(source, settings, tenant, port))
    except (NotAPlugin, NoPackages, ServerEnded, Failed) as error:
        fail(str(error))


async def _develop(source: PluginSource, settings: Settings, tenant: str | None, port: int) -> None:
    settings.home_path.mkdir(parents=True, exist_ok=True)
    if ServerProcess(settings).attach():
        errors.print("[yellow]the site's own server runs, too:[/] its worker does not know the plugin; stop it")
    server_port = port if source.ui is None else free_port()
    async with reachable(settings) as found:
        complete = msgspec.structs.replace(
            found, port=server_port, worker_in_server=True, workers=1, log_level="info", log_format="json"
        )
        async with DevSession(source, complete, tenant, port) as session:
            await session.follow()
