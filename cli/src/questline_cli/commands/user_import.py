"""`user import`: people from a CSV file, without a worker, a chunk at a time."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from questline_cli.output import Json, console, errors, show_json
from questline_cli.site import Site, opened, run
from questline_core.people.imports import report, service
from questline_core.people.imports.schemas import ImportCard, ImportOptions, ImportProblem
from questline_core.tenancy.schemas import TenantInfo
from questline_sdk import Invalid

MOST_SHOWN = 50
LONGEST_PAGE = 100


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file."""

    card: ImportCard
    problems: list[ImportProblem]
    rejects: str
    """The refused rows as CSV; empty where there are none."""


def import_people(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV file, UTF-8.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; change nothing.")] = False,
    invite: Annotated[
        bool, typer.Option("--invite", help="Mail those who are new a link to choose a password.")
    ] = False,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="Write refused rows here, to be corrected and imported again.")
    ] = None,
    tenant: Annotated[
        str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Import people from a CSV file; run it again after an interruption, nothing is done twice."""
    options = ImportOptions(dry_run=dry_run, invite=invite)

    async def work() -> Outcome:
        async with opened() as site:
            return await _import(site, await site.tenant(tenant), file.name, content, options, quiet=as_json)

    try:
        content = file.read_bytes()
        outcome = run(work())
    except Invalid as error:
        for each in error.errors:
            errors.print(f"{each.field}: {each.message}", markup=False)
        errors.print(f"[bold red]error:[/] {file} cannot be imported", markup=True)
        raise typer.Exit(1) from None
    if rejects is not None and outcome.rejects:
        rejects.write_text(outcome.rejects, encoding="utf-8", newline="")
    if as_json:
        show_json({"import": outcome.card, "problems": outcome.problems})
    else:
        _show(outcome, rejects)
    raise typer.Exit(0 if outcome.card.state == "finished" and not outcome.card.refused else 1)


async def _import(
    site: Site, tenant: TenantInfo, name: str, content: bytes, options: ImportOptions, *, quiet: bool
) -> Outcome:
    async with site.host.context(tenant.id) as ctx:
        row = await service.unfinished(ctx, content, options)
        if row is None:
            row = await service.begin(ctx, file_name=name, content=content, options=options, user_id=None)
        elif not quiet:
            console.print(f"Going on behind row {row.done:,}.")
        import_id, rows, done = row.id, row.rows, row.done
    with Progress(
        TextColumn("importing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=errors, disable=quiet
    ) as progress:
        bar = progress.add_task("", total=rows, completed=done)
        while True:
            async with site.host.context(tenant.id) as ctx:
                at = await service.next_chunk(ctx, import_id)
            if at is None:
                break
            progress.update(bar, completed=at.done)
            if at.state != "running":
                break
    async with site.host.context(tenant.id) as ctx:
        card = await report.card_of(ctx, await service.find(ctx, import_id))
        rejects = await report.report(ctx, import_id) if card.refused else ""
        return Outcome(card=card, problems=await _problems(ctx, card), rejects=rejects)


async def _problems(ctx: Any, card: ImportCard) -> list[ImportProblem]:
    found: list[ImportProblem] = []
    cursor: str | None = None
    while True:
        page = await report.list_problems(ctx, card.id, cursor=cursor, limit=LONGEST_PAGE)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


def _show(outcome: Outcome, rejects: Path | None) -> None:
    card = outcome.card
    for problem in outcome.problems[:MOST_SHOWN]:
        where = f"line {problem.line}" + (f", column {problem.column}" if problem.column else "")
        errors.print(f"{where}: {problem.message}", markup=False)
    if len(outcome.problems) > MOST_SHOWN:
        errors.print(f"... and {len(outcome.problems) - MOST_SHOWN:,} more; --rejects FILE writes them all")
    if card.state == "failed":
        errors.print(f"[bold red]error:[/] stopped behind row {card.done:,}: {card.problem}", markup=True)
    would = "would be " if card.dry_run else ""
    parts = (f"{card.created:,} {would}created", f"{card.updated:,} {would}updated", f"{card.unchanged:,} unchanged")
    console.print(", ".join((*parts, f"{card.refused:,} refused")) + ".")
    if not card.created and not card.updated and not card.refused:
        console.print("Nothing to change: everybody is as the file says.")
    if rejects is not None and card.refused:
        console.print(f"The refused rows are in {rejects}.")
