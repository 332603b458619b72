"""`plugin install`, `upgrade`, `downgrade`, `uninstall` and `rollback`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from questline_cli.changes import make, wheelhouse_of
from questline_cli.output import Json, Yes
from questline_cli.sources import read_sources, requirement
from questline_core.generations.request import ChangeRequest

Wheelhouse = Annotated[
    Path | None, typer.Option(help="Folder of wheels to use instead of the package index; for sites without a network.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the plan and change nothing.")]
AcceptLoss = Annotated[
    bool, typer.Option("--accept-data-loss", help="Take back even revisions whose data is lost by it.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (install, upgrade, downgrade, uninstall, rollback):
        app.command()(command)


def install(
    names: Annotated[list[str], typer.Argument(metavar="NAME|WHEEL|DIR...", help="What to install.")],
    wheelhouse: Wheelhouse = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Install plugins, themes or packs by name (`questline-badges>=1.2`), from a wheel or from a folder.

    Everything is tried out before the site sees any of it; where a step fails, the site is left as it was.
    """
    house = wheelhouse_of(wheelhouse)
    targets, given = read_sources(names, house)
    request = ChangeRequest(kind="install", command=typed(), targets=targets, given=given, wheelhouse=house)
    make(request, yes=yes, as_json=as_json, dry_run=dry_run)


def upgrade(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME|WHEEL|DIR...", help="What to upgrade.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Upgrade every plugin, theme and pack of the site.")] = False,
    wheelhouse: Wheelhouse = None,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Upgrade plugins to the newest version that fits everything else that is installed."""
    if bool(names) == every:
        raise typer.BadParameter("name what to upgrade, or give --all", param_hint="NAME...")
    house = wheelhouse_of(wheelhouse)
    targets, given = read_sources(names or [], house)
    request = ChangeRequest(
        kind="upgrade", command=typed(), targets=targets, every=every, given=given, wheelhouse=house
    )
    make(request, yes=yes, as_json=as_json, dry_run=dry_run)


def downgrade(
    name: Annotated[str, typer.Argument(help="Plugin or distribution.")],
    version: Annotated[str, typer.Argument(help="The version to go back to.")],
    wheelhouse: Wheelhouse = None,
    accept_loss: AcceptLoss = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Go back to an earlier version of a plugin; its schema is migrated down once no process needs it any more."""
    house = wheelhouse_of(wheelhouse)
    request = ChangeRequest(
        kind="downgrade",
        command=typed(),
        targets=(f"{requirement(name, house)}=={version}",),
        wheelhouse=house,
        accept_loss=accept_loss,
    )
    make(request, yes=yes, as_json=as_json, dry_run=dry_run)


def uninstall(
    plugin_ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids of plugins, `theme:ID` or `pack:ID`.")],
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Take plugins out of service for every tenant; their data is kept and their jobs wait until they are back."""
    request = ChangeRequest(kind="uninstall", command=typed(), removed=tuple(plugin_ids))
    make(request, yes=yes, as_json=as_json, dry_run=dry_run)


def rollback(
    to: Annotated[int | None, typer.Option(help="Number of the generation; the one before if left out.", min=0)] = None,
    accept_loss: AcceptLoss = False,
    yes: Yes = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Return to the generation that ran before, or to an earlier one."""
    request = ChangeRequest(kind="rollback", command=typed(), generation=to, accept_loss=accept_loss)
    make(request, yes=yes, as_json=as_json, dry_run=dry_run)


def typed() -> str:
    """The command as it was typed, without options that say nothing about what is wanted."""
    return " ".join(each for each in sys.argv[1:] if each not in {"--yes", "-y", "--json"})
