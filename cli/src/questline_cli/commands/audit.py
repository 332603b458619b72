"""`audit`: the tenants' audit logs, to read, to take elsewhere, and to check."""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from questline_cli.output import Json, console, errors, show_json, show_rows
from questline_cli.site import Site, opened, run
from questline_core.audit.formats import FORMATS
from questline_core.audit.queries import all_entries, list_entries
from questline_core.audit.schemas import AuditFilter, AuditRecord, Verification
from questline_core.audit.verify import verify as verify_log

app = typer.Typer(help="Read, export and check the audit logs.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]
COLUMNS = ("number", "at", "actor_name", "action", "subject_type", "subject_id", "address")


@app.command("list")
def list_log(
    tenant: Tenant = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most entries to show.")] = 50,
    action: Annotated[str | None, typer.Option(help="Only this action, e.g. tenant.theme.changed.")] = None,
    as_json: Json = False,
) -> None:
    """Show the newest entries."""

    async def read() -> list[AuditRecord]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return (await list_entries(ctx, AuditFilter(action=action), cursor=None, limit=limit)).items

    show_rows(run(read()), COLUMNS, as_json=as_json, empty="Nothing has been audited yet.")


@app.command()
def export(
    tenant: Tenant = None,
    file_format: Annotated[Literal["csv", "jsonl", "cef"], typer.Option("--format", help="Of the file.")] = "jsonl",
    since: Annotated[dt.datetime | None, typer.Option(help="Only entries from this time on (UTC).")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; standard output else.")] = None,
) -> None:
    """Write the whole log, the oldest entry first: CSV, JSON lines, or CEF in syslog lines."""
    _, line = FORMATS[file_format]
    wanted = AuditFilter(since=since.replace(tzinfo=dt.UTC) if since else None)

    async def write() -> None:
        stream = output.open("w", encoding="utf-8", newline="") if output else sys.stdout
        try:
            async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
                stream.write(line(None))
                async for entry in all_entries(ctx, wanted):
                    stream.write(line(entry))
        finally:
            if output:
                stream.close()

    run(write())


@app.command()
def verify(tenant: Tenant = None, as_json: Json = False) -> None:
    """Check that no entry was altered, removed or reordered, in one tenant's log or, if none is named, in all.

    Keep the printed heads elsewhere: a log that was written anew from its beginning has another one.
    """
    results = run(_verify(tenant))
    if as_json:
        show_json(results)
    else:
        show_rows(results, ("tenant", "entries", "head"), as_json=False, empty="There is no tenant yet.")
    for result in results:
        for flaw in result.flaws:
            errors.print(f"[bold red]error:[/] {result.tenant}: entry {flaw.number}: {flaw.problem}")
    if any(result.flaws for result in results):
        raise typer.Exit(1)


async def _verify(slug: str | None) -> list[Verification]:
    async with opened() as site:
        tenants = [await site.tenant(slug)] if slug else await site.host.tenants.all()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            return [await _verify_one(site, tenant.id, tenant.slug, progress) for tenant in tenants]


async def _verify_one(site: Site, tenant_id: UUID, slug: str, progress: Progress) -> Verification:
    task = progress.add_task(slug, total=None)
    return await verify_log(
        site.owner_engine,
        tenant_id,
        slug,
        on_step=lambda done, total: progress.update(task, completed=done, total=total),
    )
