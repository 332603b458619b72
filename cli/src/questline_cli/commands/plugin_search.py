"""`plugin search`: which plugins there are to install."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from questline_cli.changes import wheelhouse_of
from questline_cli.commands.plugin_change import Wheelhouse
from questline_cli.output import Json, errors, show_rows
from questline_cli.site import run
from questline_core.generations.contents import ContentError, provided, read_plugin
from questline_core.generations.environment import InstalledDistribution, installed_distributions
from questline_core.generations.resolve import Demand, ResolveError, resolve
from questline_core.generations.wheels import WheelError, WheelFile, wheels_in


class FoundPlugin(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `plugin search`."""

    id: str
    distribution: str
    version: str
    base: str | None
    """The version in the base environment."""
    title: str
    summary: str


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(search)


def search(
    word: Annotated[str, typer.Argument(help="Part of an id, a name or a summary; empty for all.")] = "",
    wheelhouse: Wheelhouse = None,
    as_json: Json = False,
) -> None:
    """List the plugins of a wheelhouse; without one, look for a distribution of exactly this name in the index.

    A package index cannot be searched by words.
    """
    base = installed_distributions()
    house = wheelhouse_of(wheelhouse)
    wheels = _in(house) if house else _in_index(word, base)
    rows = [row for wheel in wheels for row in _rows(wheel, base) if _matches(row, word)]
    where = str(house) if house else "the package index (which can be asked for whole names only)"
    show_rows(
        rows,
        ("id", "version", "base", "distribution", "title", "summary"),
        as_json=as_json,
        empty=f"Nothing like {word!r} in {where}." if word else f"There is no plugin in {where}.",
    )


def _in(folder: Path) -> Iterable[WheelFile]:
    newest: dict[str, WheelFile] = {}
    for path in wheels_in(folder):
        try:
            wheel = WheelFile(path.name, path.read_bytes())
        except (WheelError, OSError) as error:
            errors.print(f"[yellow]left out:[/] {error}")
            continue
        newest[wheel.name] = wheel
    return newest.values()


def _in_index(word: str, base: dict[str, InstalledDistribution]) -> list[WheelFile]:
    """The newest wheel of the distribution with this name, or with our prefix before it."""
    pinned = {name: each for name, each in base.items() if not each.provides}
    for name in dict.fromkeys((word, f"questline-{word}")) if word else ():
        with tempfile.TemporaryDirectory(prefix="questline-") as folder:
            try:
                found = run(resolve(Path(folder), Demand(base=pinned, targets=(name,))))
            except ResolveError:
                continue
        return found
    return []


def _rows(wheel: WheelFile, base: dict[str, InstalledDistribution]) -> Iterable[FoundPlugin]:
    for entry_id, package in provided(wheel.entry_points).items():
        try:
            contents = read_plugin(wheel, package, entry_id) if ":" not in entry_id else None
        except ContentError:
            continue
        yield FoundPlugin(
            id=entry_id,
            distribution=wheel.name,
            version=wheel.version,
            base=base[wheel.name].version if wheel.name in base else None,
            title=contents.manifest.title if contents else entry_id.partition(":")[2],
            summary=contents.manifest.summary if contents else "",
        )


def _matches(row: FoundPlugin, word: str) -> bool:
    text = f"{row.id} {row.distribution} {row.title} {row.summary}".lower()
    return word.lower() in text
