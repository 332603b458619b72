"""`tenant move`: to another database."""

from typing import Annotated

import typer

from questline_cli.output import Json, Yes, console, show_json
from questline_cli.progress import counting
from questline_cli.site import opened, run
from questline_core.tenancy.move import Move, MoveReport


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(move)


def move(
    slug: Annotated[str, typer.Argument(help="Slug of the tenant.")],
    to: Annotated[str, typer.Option(help="Name of the database in [shards], or main.")],
    clean: Annotated[bool | None, typer.Option(help="Remove the rows at the source; asked if left out.")] = None,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Move a tenant to another database while it is used; for a moment at the end it is read-only.

    Killed at any point, the next run undoes or finishes what was begun.
    """

    async def go() -> MoveReport:
        async with opened() as site:
            tenant = await site.host.tenants.by_slug(slug)
            with counting(show=not as_json) as step:
                return await Move(site.host.settings.owner_urls, tenant.id, on_step=step).run(to)

    async def tidy() -> MoveReport | None:
        async with opened() as site:
            tenant = await site.host.tenants.by_slug(slug)
            return await Move(site.host.settings.owner_urls, tenant.id).clean()

    report = run(go())
    if not as_json:
        rows = sum(found.rows for found in report.tables.values())
        console.print(
            f"[bold]{slug}[/] lives in {to}: {rows} rows in {len(report.tables)} tables verified,"
            f" read-only for {report.window_seconds} s."
        )
    if clean is None:
        clean = yes or (not as_json and typer.confirm(f"Remove its rows in {report.source}?"))
    cleaned = run(tidy()) if clean else None
    if as_json:
        show_json(cleaned or report)
    elif cleaned is not None:
        console.print(f"{cleaned.removed} rows removed from {cleaned.source}.")
    else:
        console.print(
            f"Its rows in {report.source} are kept, out of use: questline tenant move {slug} --to {to} --clean"
        )
