"""`sync`: bring the installed plugins to what `questline.toml` and its lock say."""

import os
from pathlib import Path
from typing import Annotated

import typer

from questline_cli.changes import make, wheelhouse_of
from questline_cli.commands.plugin_change import DryRun, Wheelhouse, typed
from questline_cli.output import Json, Yes, console
from questline_core.generations.lockfile import NAME, check_ranges, read_lock, requirements, write_lock
from questline_core.generations.request import ChangeRequest
from questline_core.generations.wheels import normal_name
from questline_core.settings import CONFIG_FILE, load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(sync)


def sync(
    wheelhouse: Wheelhouse = None,
    upgrade: Annotated[
        bool, typer.Option("--upgrade", help="Settle on the newest versions and write the lock anew.")
    ] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Install, change and remove plugins until the site has exactly what the plugins table of questline.toml wants.

    The versions are those of questline.lock beside it, checked by their hashes; where there is none, or the wishes
    have changed, new ones are settled on and written there. Plugins of the base environment stay.
    """
    choices = load_settings().plugins
    check_ranges(choices)
    path = Path(os.environ.get("QUESTLINE_CONFIG", CONFIG_FILE)).absolute().with_name(NAME)
    lock = None if upgrade else read_lock(path)
    targets, hashes = requirements(choices, lock)
    request = ChangeRequest(
        kind="sync",
        command=typed(),
        targets=targets,
        only=frozenset(map(normal_name, choices.wanted)),
        hashes=hashes,
        wheelhouse=wheelhouse_of(wheelhouse),
    )
    outcome = make(request, yes=yes, as_json=as_json, dry_run=dry_run)
    if outcome is not None and (lock is None or lock.wanted != choices.wanted):
        write_lock(path, choices, outcome.plan)
        if not as_json:
            console.print(f"Wrote {path.name}.")
