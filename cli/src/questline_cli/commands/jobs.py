"""`jobs`: what waits in the queue, and what ended among the dead letters."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import asyncpg
import msgspec
import typer
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.queries import Queries

from questline_cli.output import Json, console, show_json, show_rows
from questline_cli.site import Site, opened, run
from questline_core.db.shards import MAIN
from questline_core.events.dead_letters import DeadLetter, list_dead_letters, queue_counts, retry_dead_letters
from questline_core.events.queue import queries

app = typer.Typer(help="See the queue, its dead letters, and run those again.", no_args_is_help=True)


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """How many messages a plugin has in each state, in one of the site's databases."""

    database: str
    plugin: str
    status: str
    count: int


class Letter(DeadLetter, frozen=True, kw_only=True):
    """A dead letter, and the database whose queue it is in; its id is unique there only."""

    database: str


@app.command("list")
def list_jobs(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most dead letters to show.")] = 50, as_json: Json = False
) -> None:
    """Show the queue's length by plugin and the dead letters with their cause."""
    counts, letters = run(_read(limit))
    if as_json:
        show_json({"queue": counts, "dead_letters": letters})
        return
    show_rows(counts, ("database", "plugin", "status", "count"), as_json=False, empty="The queue is empty.")
    if letters:
        console.print()
        show_rows(
            letters,
            ("database", "id", "handler", "tenant_id", "attempts", "failed_at", "error"),
            as_json=False,
            empty="",
        )


@app.command()
def retry(
    ids: Annotated[list[int] | None, typer.Argument(help="Ids of dead letters.")] = None,
    every: Annotated[bool, typer.Option("--all", help="All of them, in every database.")] = False,
    database: Annotated[str, typer.Option(help="The database that the ids are of.")] = MAIN,
    as_json: Json = False,
) -> None:
    """Queue dead letters again; what they did already is not done twice."""
    if not ids and not every:
        raise typer.BadParameter("name the ids, or pass --all", param_hint="IDS")
    count = run(_retry(None if every else ids, database))
    if as_json:
        show_json({"retried": count, "at": dt.datetime.now(dt.UTC)})
    else:
        console.print(f"{count} queued again.")


async def _read(limit: int) -> tuple[list[Counts], list[Letter]]:
    counts: list[Counts] = []
    letters: list[Letter] = []
    async with opened() as site:
        for database, url in _urls(site).items():
            async with _queue(url) as queue:
                for name, status, count in await queue_counts(queue):
                    counts.append(Counts(database=database, plugin=name, status=status, count=count))
                found = await list_dead_letters(queue, limit)
                letters += [Letter(database=database, **msgspec.structs.asdict(each)) for each in found]
    return counts, sorted(letters, key=lambda each: each.failed_at, reverse=True)[:limit]


async def _retry(ids: list[int] | None, database: str) -> int:
    async with opened() as site:
        urls = _urls(site)
        if database not in urls:
            raise typer.BadParameter(f"there are {', '.join(urls)}", param_hint="--database")
        count = 0
        for url in urls.values() if ids is None else [urls[database]]:
            async with _queue(url) as queue:
                count += await retry_dead_letters(queue, ids)
        return count


def _urls(site: Site) -> dict[str, str]:
    """The addresses of the site's databases; each has a queue of the tenants that live in it."""
    return {name: database.url for name, database in site.host.database.all.items()}


@asynccontextmanager
async def _queue(url: str) -> AsyncIterator[Queries]:
    connection = await asyncpg.connect(url)
    try:
        yield queries(AsyncpgDriver(connection))
    finally:
        await connection.close()
