"""`citus`: distributing the tables over a cluster."""

import asyncpg
import typer

from questline_cli.output import Json, errors, show_json
from questline_cli.site import opened, run
from questline_core.tenancy.citus import CitusPlan, plan

app = typer.Typer(help="Distribute the tables over a Citus cluster.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Distribute the tables over a Citus cluster."""


@app.command()
def sql(as_json: Json = False) -> None:
    """Print the SQL that distributes every table of core and plugins by tenant.

    Exit 1 where some table cannot be distributed.
    """

    async def look() -> CitusPlan:
        async with opened() as site:
            connection = await asyncpg.connect(site.host.database.url)
            try:
                return await plan(connection)
            finally:
                await connection.close()

    found = run(look())
    if as_json:
        show_json(found)
    else:
        typer.echo(found.sql)
    for problem in found.problems:
        errors.print(f"[bold red]error:[/] {problem}")
    if found.problems:
        raise typer.Exit(1)
