"""`purge`: remove everything a site on this machine keeps."""

import shutil

import typer

from questline_cli.output import Yes, console
from questline_cli.server import ServerProcess
from questline_core.services import EmbeddedServices
from questline_core.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(purge)


def purge(yes: Yes = False) -> None:
    """Stop the site's services and remove its folder with all data. There is no way back."""
    settings = load_settings()
    if not settings.home_path.exists():
        console.print(f"There is nothing in {settings.home_path}.")
        return
    if not yes:
        typer.confirm(f"Remove {settings.home_path} with all of the site's data?", abort=True)
    services = EmbeddedServices(settings.home_path)
    services.purge()
    ServerProcess(settings).purge()
    shutil.rmtree(settings.home_path, ignore_errors=True)
    console.print(f"Removed {settings.home_path}.")
