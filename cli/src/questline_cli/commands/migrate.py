"""`migrate`: bring the database to what the installed code expects."""

import typer

from questline_cli.output import Json, console, errors, show_json
from questline_cli.site import migrate_site, reachable, run
from questline_core.db.upgrade import MigrationReport
from questline_core.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(migrate)


def migrate(as_json: Json = False) -> None:
    """Migrate core and every installed plugin; a plugin that fails is undone and reported, the others go on."""
    reports = run(_migrate(show=not as_json))
    if as_json:
        show_json(reports)
    failed = [report for report in reports if report.error]
    for report in failed:
        errors.print(f"[bold red]error:[/] {report.owner}: {report.error}")
    if failed:
        raise typer.Exit(1)
    if not as_json:
        console.print("Everything is migrated.")


async def _migrate(*, show: bool) -> list[MigrationReport]:
    async with reachable(load_settings()) as settings:
        return await migrate_site(settings, (lambda owner, to: console.print(f"  {owner} -> {to}")) if show else None)
