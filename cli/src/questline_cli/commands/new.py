"""`plugin new`: a plugin or a theme that installs and passes its tests as written."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from questline_cli.output import Yes, console, fail
from questline_cli.scaffold import Features, FolderRefused, Name, NameRefused, plugin_files, theme_files, write
from questline_cli.scaffold.kit import checkout, link_packages

FEATURES = {
    "routes": "an API",
    "tables": "tables of its own",
    "events": "a handler of events",
    "job": "a nightly job",
    "settings": "settings",
    "ui": "a page",
}


def new(
    name: Annotated[str, typer.Argument(help="Its name, e.g. book-club.")],
    routes: Annotated[bool, typer.Option("--routes", help="An API with permissions.")] = False,
    tables: Annotated[bool, typer.Option("--tables", help="Tables, migrations, export and erasure.")] = False,
    events: Annotated[bool, typer.Option("--events", help="A handler of completed lessons.")] = False,
    job: Annotated[bool, typer.Option("--job", help="A job that runs every night.")] = False,
    settings: Annotated[bool, typer.Option("--settings", help="Settings with a form for admins.")] = False,
    ui: Annotated[bool, typer.Option("--ui", help="A page in the browser.")] = False,
    block: Annotated[str | None, typer.Option("--block", metavar="NAME", help="A type of block for lessons.")] = None,
    theme: Annotated[bool, typer.Option("--theme", help="A theme instead of a plugin.")] = False,
    folder: Annotated[
        Path | None, typer.Option("--dir", help="Folder to write; questline-NAME in this one if left out.")
    ] = None,
    yes: Yes = False,
) -> None:
    """Write a new plugin (or theme) that installs, passes its tests, type checks and the conformance suite at once."""
    chosen = Features(
        routes=routes, tables=tables, events=events, job=job, settings=settings, ui=ui, block=_word(block)
    )
    parsed = _name(name, theme=theme)
    if theme:
        if chosen != Features():
            fail("a theme has no code: leave the other options out")
        files = theme_files(parsed)
    else:
        if chosen == Features() and not yes and sys.stdin.isatty():
            chosen = _ask()
        files = plugin_files(parsed, chosen)
    target = folder or Path(f"questline-theme-{parsed.hyphens}" if theme else f"questline-{parsed.hyphens}")
    try:
        write(target, files)
    except FolderRefused as error:
        fail(str(error))
    linked = not theme and chosen.has_ui and link_packages(target / "ui")
    _say_what_next(target, theme=theme, ui=not theme and chosen.has_ui, linked=linked)


def _name(text: str, *, theme: bool) -> Name:
    try:
        name = Name.parse(text)
        name.refuse_installed(theme=theme)
    except NameRefused as error:
        fail(str(error))
    return name


def _word(block: str | None) -> str | None:
    if block is None:
        return None
    try:
        return Name.parse(block).id
    except NameRefused as error:
        fail(f"--block: {error}")


def _ask() -> Features:
    answers = {field: typer.confirm(f"With {what}?", default=False) for field, what in FEATURES.items()}
    block = typer.prompt("A type of block for lessons (its name, or nothing)", default="", show_default=False).strip()
    return Features(**answers, block=_word(block) if block else None)


def _say_what_next(target: Path, *, theme: bool, ui: bool, linked: bool) -> None:
    where = shlex.quote(str(target))
    console.print(f"[bold green]{'A theme' if theme else 'A plugin'} is in {target}[/]\n")
    console.print(f"  cd {where}")
    # Beside a checkout the SDK is the checkout's; elsewhere it comes from the package index.
    console.print("  uv sync && uv run pytest" if checkout() is None else "  uv pip install --no-deps -e . && pytest")
    if ui:
        console.print(f"  (cd ui{'' if linked else ' && npm install'} && npm test && npm run build)")
    if not theme:
        console.print("  questline dev")
