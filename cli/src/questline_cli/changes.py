"""How a change of the plugins looks in a terminal: a line for each step, the plan, and the question."""

import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import msgspec
import typer

from questline_cli.output import console, errors, show_json
from questline_cli.site import reachable, run
from questline_core.generations.children import Children
from questline_core.generations.operations import Outcome, change, preview
from questline_core.generations.plan import Change, Plan
from questline_core.generations.progress import STEPS
from questline_core.generations.request import ChangeRequest
from questline_core.observability.logging import configure_logging
from questline_core.settings import Settings, load_settings

KINDS = {"install": "[green]+[/]", "uninstall": "[red]-[/]", "change": "[yellow]~[/]", "replace": "[yellow]~[/]"}


class Lines:
    """A line for each step, with what it found and how long it took."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._step = ""
        self._detail = ""
        self._began = time.monotonic()
        self._status: Any = None

    def begin(self, step: str) -> None:
        """End the line of the step before, and begin one."""
        self.end()
        self._step, self._detail, self._began = step, "", time.monotonic()
        if self._shown and console.is_terminal:
            self._status = console.status(STEPS[step])
            self._status.start()

    def detail(self, text: str) -> None:
        """What the step is at."""
        self._detail = text
        if self._status is not None:
            self._status.update(f"{STEPS[self._step]}: {text}")

    def note(self, text: str) -> None:
        """Something to know besides."""
        self.pause()
        errors.print(f"[yellow]note:[/] {text}")

    def pause(self) -> None:
        """Take the moving part off the screen, for a question."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def end(self) -> None:
        """End the line of the last step."""
        self.pause()
        if self._step and self._shown:
            seconds = time.monotonic() - self._began
            console.print(f"  {STEPS[self._step]:<28} {self._detail:<44} [dim]{seconds:.1f} s[/]")
        self._step = ""


def make(request: ChangeRequest, *, yes: bool, as_json: bool, dry_run: bool) -> Outcome | None:
    """Make a change (or only show its plan), with everything around it; ends with status 1 where it fails."""
    return run(_make(load_settings(), request, yes=yes, as_json=as_json, dry_run=dry_run))


async def _make(
    settings: Settings, request: ChangeRequest, *, yes: bool, as_json: bool, dry_run: bool
) -> Outcome | None:
    configure_logging(msgspec.structs.replace(settings, log_level="error", log_format="console"))
    lines = Lines(shown=not as_json)

    def confirm(plan: Plan) -> bool:
        lines.end()
        if not as_json:
            show_plan(plan)
        return yes or _asked()

    async with AsyncExitStack() as stack:
        # The process that tries plugins out takes longest to get ready, so it begins first.
        children = None if dry_run else await stack.enter_async_context(Children())
        complete = await stack.enter_async_context(reachable(settings))
        if dry_run:
            plan = await preview(complete, request, lines)
            lines.end()
            show_json(plan) if as_json else show_plan(plan)
            return None
        try:
            outcome = await change(complete, request, lines, confirm, children=children)
        finally:
            lines.end()
    if as_json:
        show_json(outcome)
    elif not outcome.changed:
        console.print("The site runs all of it already; nothing was changed.")
    else:
        console.print(f"[green]Done.[/] The site runs generation {outcome.generation}.")
    return outcome


def _asked() -> bool:
    try:
        return typer.confirm("Go on?")
    except typer.Abort:
        return False


def show_plan(plan: Plan) -> None:
    """Print what a change will do."""
    console.print()
    for each in plan.changes:
        console.print(f"  {KINDS[each.kind]} [bold]{each.id}[/] {_versions(each)} [dim]{each.distribution}[/]")
        for title, values in _facts(each):
            if values:
                console.print(f"      {title:<22} {', '.join(values)}")
    for name in plan.dependencies:
        console.print(f"  [dim]· dependency {name}[/]")
    for warning in plan.warnings:
        console.print(f"  [yellow]! {warning}[/]")
    if not plan.changes:
        console.print("  no plugin changes")
    console.print()


def _versions(each: Change) -> str:
    if each.before == each.after:
        return f"{each.after} (another build)"
    return " -> ".join(version for version in (each.before, each.after) if version)


def _facts(each: Change) -> list[tuple[str, tuple[str, ...]]]:
    if each.after is None:
        return [("", ("its data is kept; `questline plugin purge` removes it",))]
    return [
        ("new permissions", each.permissions_added),
        ("permissions that go", each.permissions_removed),
        ("asks for", each.capabilities_added),
        ("asks no longer for", each.capabilities_removed),
        ("migrations", each.migrations),
        ("migrations taken back", each.undone),
        ("[red]cannot be taken back[/]", each.irreversible),
    ]


def wheelhouse_of(given: Path | None) -> Path | None:
    """The folder of wheels to use: the one named, else the settings'."""
    named = given or (Path(found) if (found := load_settings().plugins.wheelhouse) else None)
    if named is not None and not named.is_dir():
        raise typer.BadParameter(f"{named} is not a folder", param_hint="--wheelhouse")
    return named.absolute() if named else None
