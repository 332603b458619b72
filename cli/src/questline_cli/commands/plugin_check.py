"""`plugin check`: what of the conformance suite holds for a plugin, on a site that is thrown away afterwards."""

import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import structlog
import typer
from rich.markup import escape
from rich.table import Table

from questline_cli.output import Json, console, errors, fail, show_json
from questline_cli.site import run
from questline_core.services import EmbeddedServices
from questline_sdk.testing.promises import CHECKS, Check, Outcome, Status, Tier, tier_of

if TYPE_CHECKING:  # the suite brings the whole application, for which the commands beside this one do not wait
    from questline_core.testing.conformance import Found

MARKS = {
    Status.HOLDS: "[green]holds[/]",
    Status.EXEMPT: "[yellow]exempt[/]",
    Status.DOES_NOT_APPLY: "[dim]does not apply[/]",
    Status.NOT_CHECKED: "[red]not checked[/]",
    Status.FAILS: "[bold red]fails[/]",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)


def check(
    plugin: Annotated[
        str, typer.Argument(help="An installed plugin's id, a folder with its source, or a wheel.")
    ] = ".",
    tier: Annotated[Tier, typer.Option(help="The tier it must reach; each takes in those before it.")] = Tier.GOLD,
    as_json: Json = False,
) -> None:
    """Check what a plugin promises, and say which tier it reaches; status 1 where it misses the one asked for.

    It runs on a database and a site of its own, which are removed afterwards: nothing of your site is touched.
    """
    from questline_core.testing.conformance import NotFoundError, find_plugin

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    wanted = [each for each in CHECKS if tier.includes(each.tier)]
    try:
        with find_plugin(plugin) as found:
            outcomes = run(_outcomes(found, wanted, quiet=as_json))
            reached = tier_of(outcomes)
            missed = [outcome for outcome in outcomes if not outcome.is_met]
            if as_json:
                show_json({"plugin": found.id, "tier": tier, "reached": reached, "met": not missed, "checks": outcomes})
            else:
                _show(found.id, tier, reached, outcomes, missed)
    except NotFoundError as error:
        fail(str(error))
    if missed:
        raise typer.Exit(1)


async def _outcomes(found: "Found", wanted: list[Check], *, quiet: bool) -> list[Outcome]:
    from questline_core.testing.conformance import Subject
    from questline_core.testing.site import FAST_POSTGRES

    with tempfile.TemporaryDirectory(prefix="questline-check-") as folder:
        if not quiet:
            errors.print(f"[dim]Checking {found.id} on a site of its own ...[/]")
        services = EmbeddedServices(Path(folder), postgres_settings=FAST_POSTGRES)
        try:
            async with services, Subject.open(found, services) as subject:
                return await subject.run_all([each.name for each in wanted])
        finally:
            services.purge()


def _show(plugin_id: str, tier: Tier, reached: Tier | None, outcomes: list[Outcome], missed: list[Outcome]) -> None:
    claims = {each.name: each.claim for each in CHECKS}
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("tier", "check", "result", "what"):
        table.add_column(column, overflow="fold")
    for outcome in outcomes:
        text = outcome.detail or claims[outcome.check]
        table.add_row(outcome.tier, outcome.check, MARKS[outcome.status], escape(text))
    console.print(table)
    console.print()
    if missed:
        names = ", ".join(outcome.check for outcome in missed)
        console.print(f"[bold red]{plugin_id} misses {tier}[/] for {names}; it is {reached or 'below bronze'}.")
        return
    exempt = [outcome for outcome in outcomes if outcome.status is Status.EXEMPT]
    but = f", {len(exempt)} exempt" if exempt else ""
    console.print(f"[bold green]{plugin_id} is {tier}[/]: {len(outcomes)} checks{but}.")
