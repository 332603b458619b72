"""`plugin purge`: remove what an uninstalled plugin has left, after exporting it."""

from pathlib import Path
from typing import Annotated

import typer

from questline_cli.changes import Lines
from questline_cli.output import Yes, console, fail
from questline_cli.site import reachable, run
from questline_core.generations import ledger
from questline_core.generations.contents import RESERVED
from questline_core.generations.environment import site_entries
from questline_core.generations.journal import Journal
from questline_core.generations.operations import owner_url
from questline_core.generations.purge import Remains, export, remains_of, remove
from questline_core.generations.undo import recover_alone
from questline_core.settings import Settings, load_settings
from questline_sdk.manifest import ID_PATTERN


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(purge)


def purge(
    plugin_id: Annotated[str, typer.Argument(metavar="ID", help="Id of an uninstalled plugin.")],
    export_to: Annotated[
        Path | None, typer.Option("--export", help="Archive to write first: a zip with a JSON-lines file a table.")
    ] = None,
    yes: Yes = False,
) -> None:
    """Remove the data of an uninstalled plugin for every tenant. There is no way back but the archive."""
    if not ID_PATTERN.fullmatch(plugin_id) or plugin_id in RESERVED or plugin_id.startswith("pg_"):
        fail(f"{plugin_id!r} is no plugin's id")
    if export_to is not None and export_to.exists():
        fail(f"{export_to} is there already; name another file")
    run(_purge(load_settings(), plugin_id, export_to, yes=yes))


async def _purge(settings: Settings, plugin_id: str, export_to: Path | None, *, yes: bool) -> None:
    async with reachable(settings) as complete, Journal.open(owner_url(complete)) as journal:
        await recover_alone(journal, complete, Lines(shown=False))
        connection = journal.connection
        number = await ledger.wanted(connection)
        manifest = await ledger.manifest_of(connection, number)
        if plugin_id in site_entries(complete.home_path, number, manifest.hidden if manifest else ()):
            fail(f"{plugin_id} is installed; `questline plugin uninstall {plugin_id}` first")
        remains = await remains_of(connection, plugin_id)
        if not remains.schema and not remains.jobs and not remains.profile_values:
            console.print(f"Nothing is left of {plugin_id}.")
        else:
            _describe(remains)
        if not yes:
            typer.confirm("Remove it for every tenant? There is no way back.", abort=True)
        if export_to is not None:
            written = await export(connection, plugin_id, export_to)
            console.print(f"Wrote {sum(written.tables.values())} rows to {export_to}.")
        await remove(connection, plugin_id)
        console.print(f"Nothing is left of {plugin_id}.")


def _describe(remains: Remains) -> None:
    for table, rows in remains.tables.items():
        console.print(f"  {remains.id}.{table:<30} {rows} rows")
    if remains.profile_values:
        console.print(f"  {remains.profile_values} values in people's profiles")
    if remains.jobs:
        console.print(f"  {remains.jobs} waiting jobs")
