"""Takes back what an operation has done so far, or finishes what can no longer be taken back.

It goes by the journal alone, so that it does the same whether the operation failed or its process was killed.
"""

import shutil
from contextlib import suppress
from pathlib import Path

import msgspec

from questline_core.generations import build, ledger
from questline_core.generations.children import Children
from questline_core.generations.errors import OperationError
from questline_core.generations.journal import Entry, Journal
from questline_core.generations.nodes import wait_for_nodes
from questline_core.generations.progress import Progress
from questline_core.generations.requests import Migrate
from questline_core.generations.schemas import FOLDER
from questline_core.settings import Settings

MIGRATION_SECONDS = 600.0
WORK = ".work-"
FORWARD = ("nodes", "contract")
"""The steps after the switch: a killed operation is finished from there."""
RETURN_PATIENCE = 60.0


class Workshop(msgspec.Struct, frozen=True, kw_only=True):
    """What every step of an operation works with."""

    journal: Journal
    settings: Settings
    progress: Progress
    children: Children


async def recover(shop: Workshop) -> None:
    """Clean up after operations whose process is gone, and say what was done."""
    journal, progress = shop.journal, shop.progress
    for entry in await journal.unfinished():
        await _end_connections(journal, entry)
        done = await _finish_or_undo(shop, entry)
        progress.note(f"`questline {entry.arguments.command}` was cut off in its step {entry.step}; {done}")
    _sweep(shop.settings.home_path, await ledger.numbers(journal.connection))


async def _finish_or_undo(shop: Workshop, entry: Entry) -> str:
    """Finish a killed operation that had switched, where the nodes follow; undo any other. Returns what was done."""
    journal = shop.journal
    undone = f"it is undone now: the site runs generation {entry.generation_before} as before"
    if entry.step in FORWARD:
        try:
            await finish(shop, entry)
        except OperationError as error:
            if (await journal.read(entry.id)).step == "contract":
                await journal.finish(entry, f"switched, but: {error}")
                return f"the site runs generation {entry.generation}, but a schema is not migrated down: {error}"
            undone = f"{undone} ({error})"
        else:
            await journal.finish(entry, "finished by the next run")
            return f"it is finished now: the site runs generation {entry.generation}"
    try:
        await undo(shop, entry)
    except OperationError as error:
        undone = f"{undone}, but {error}"
    await journal.finish(entry, "undone by the next run")
    return undone


async def recover_alone(journal: Journal, settings: Settings, progress: Progress) -> None:
    """Clean up before a command that needs no trials itself."""
    if await journal.unfinished():
        async with Children() as children:
            await recover(Workshop(journal=journal, settings=settings, progress=progress, children=children))


async def finish(shop: Workshop, entry: Entry) -> int:
    """What comes after the switch: wait for the nodes, then migrate down what the new code does not know."""
    journal, progress = shop.journal, shop.progress
    if entry.generation is None:
        raise OperationError("the journal names no generation")
    progress.begin("nodes")
    count = await wait_for_nodes(journal.connection, entry.generation, progress.detail)
    progress.detail(f"{count} node{'' if count == 1 else 's'} run generation {entry.generation}")
    if entry.arguments.downs:
        progress.begin("contract")
        await journal.update(entry, step="contract")
        await migrate_to(shop, entry, entry.generation_before, entry.arguments.downs)
        progress.detail(", ".join(f"{name} to {revision}" for name, revision in entry.arguments.downs.items()))
    return count


async def undo(shop: Workshop, entry: Entry) -> None:
    """Bring everything back to how the operation found it; raises `OperationError` for what cannot be."""
    journal, home = shop.journal, shop.settings.home_path
    connection = journal.connection
    problems = []
    if entry.generation is not None and await ledger.wanted(connection) == entry.generation:
        state = "ready" if entry.arguments.created else "retired"
        await ledger.switch(connection, entry.id, entry.generation_before, "undo", state)
        try:
            await wait_for_nodes(connection, entry.generation_before, shop.progress.detail, patience=RETURN_PATIENCE)
        except OperationError as error:
            problems.append(str(error))
    else:
        await journal.update(entry, step="undo")
    problems += await _undo_migrations(shop, entry)
    if entry.generation is not None and entry.arguments.created:
        await ledger.drop(connection, entry.generation)
        build.remove(home, entry.generation)
    _remove_work(home, entry)
    if problems:
        raise OperationError("; ".join(problems))


async def migrate_to(shop: Workshop, entry: Entry, generation: int, revisions: dict[str, str]) -> None:
    """Migrate plugins with a generation's scripts, which another machine may have built; raises `OperationError`."""
    url = shop.settings.owner_database_url or shop.settings.require("database_url")
    await build.ensure_built(shop.settings.home_path, url, generation)
    work = Migrate(revisions=revisions, application_name=entry.mark)
    answer = await shop.children.ask(shop.settings, generation, work, seconds=MIGRATION_SECONDS, log=entry.log)
    if answer.error:
        raise OperationError(answer.error)


def work_folder(home: Path, entry: Entry) -> Path:
    """Where an operation keeps what it needs only for a while."""
    return home / FOLDER / f"{WORK}{entry.id}"


def _remove_work(home: Path, entry: Entry) -> None:
    shutil.rmtree(work_folder(home, entry), ignore_errors=True)
    with suppress(OSError):
        (home / FOLDER).rmdir()  # unless something is in it


async def _undo_migrations(shop: Workshop, entry: Entry) -> list[str]:
    journal = shop.journal
    now = await ledger.heads(journal.connection, entry.heads_before)
    back = {
        plugin_id: before.revision or "base"
        for plugin_id, before in entry.heads_before.items()
        if now[plugin_id].revision != before.revision
    }
    problem = ""
    if back and entry.generation is not None:
        try:
            await migrate_to(shop, entry, entry.generation, back)
        except (OperationError, build.BuildError) as error:
            problem = str(error)
    for plugin_id, before in entry.heads_before.items():
        if not before.schema:  # there was nothing, so nothing of value can be in it
            await journal.connection.execute(f'DROP SCHEMA IF EXISTS "{plugin_id}" CASCADE')
    now = await ledger.heads(journal.connection, entry.heads_before)
    return [
        f"the schema of {plugin_id} stays at {now[plugin_id].revision}, which the older code accepts ({problem})"
        for plugin_id, before in entry.heads_before.items()
        if now[plugin_id] != before
    ]


async def _end_connections(journal: Journal, entry: Entry) -> None:
    """End what a killed operation still has running in the database; what it had not committed is rolled back."""
    await journal.connection.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = $1", entry.mark
    )


def _sweep(home: Path, known: set[int]) -> None:
    """Remove what killed processes left here, and generations that were dropped from another machine."""
    for folder in (home / FOLDER).glob("[0-9]*"):
        if folder.name.isdecimal() and int(folder.name) not in known:
            shutil.rmtree(folder, ignore_errors=True)
    for folder in (home / FOLDER).glob(f"{WORK}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (home / FOLDER).glob(f"{build.BUILDING}*"):
        if not build.is_being_built(folder):
            shutil.rmtree(folder, ignore_errors=True)
