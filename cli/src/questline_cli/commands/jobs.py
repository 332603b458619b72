"""`jobs`: what waits in the queue, and what ended among the dead letters."""

import datetime as dt
from typing import Annotated

import asyncpg
import msgspec
import typer
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver

from questline_cli.output import Json, console, show_json, show_rows
from questline_cli.site import opened, run
from questline_core.events.dead_letters import DeadLetter, list_dead_letters, queue_counts, retry_dead_letters
from questline_core.events.queue import queries

app = typer.Typer(help="See the queue, its dead letters, and run those again.", no_args_is_help=True)


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many messages a plugin has in each state."""

    plugin: str
    status: str
    count: int


@app.command("list")
def list_jobs(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most dead letters to show.")] = 50, as_json: Json = False
) -> None:
    """Show the queue's length by plugin and the dead letters with their cause."""
    counts, letters = run(_read(limit))
    if as_json:
        show_json({"queue": counts, "dead_letters": letters})
        return
    show_rows(counts, ("plugin", "status", "count"), as_json=False, empty="The queue is empty.")
    if letters:
        console.print()
        show_rows(letters, ("id", "handler", "tenant_id", "attempts", "failed_at", "error"), as_json=False, empty="")


@app.command()
def retry(
    ids: Annotated[list[int] | None, typer.Argument(help="Ids of dead letters.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    as_json: Json = False,
) -> None:
    """Queue dead letters again; what they did already is not done twice."""
    if not ids and not every:
        raise typer.BadParameter("name the ids, or pass --all", param_hint="IDS")
    count = run(_retry(None if every else ids))
    if as_json:
        show_json({"retried": count, "at": dt.datetime.now(dt.UTC)})
    else:
        console.print(f"{count} queued again.")


async def _read(limit: int) -> tuple[list[Counts], list[DeadLetter]]:
    async with opened() as site:
        connection = await asyncpg.connect(site.host.database.url)
        try:
            driver = queries(AsyncpgDriver(connection))
            counts = [
                Counts(plugin=name, status=status, count=count) for name, status, count in await queue_counts(driver)
            ]
            return counts, await list_dead_letters(driver, limit)
        finally:
            await connection.close()


async def _retry(ids: list[int] | None) -> int:
    async with opened() as site:
        connection = await asyncpg.connect(site.host.database.url)
        try:
            return await retry_dead_letters(queries(AsyncpgDriver(connection)), ids)
        finally:
            await connection.close()
