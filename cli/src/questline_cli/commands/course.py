"""`course`: import and list courses."""

from pathlib import Path
from typing import Annotated, Any

import typer

from questline_cli.output import Json, console, errors, show_json
from questline_cli.site import opened, run
from questline_core.content.importer import available_block_types, import_course, load_course

app = typer.Typer(help="Import courses kept as folders of Markdown and YAML.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(help="The course's folder.", exists=True, file_okay=False)],
    tenant: Tenant = None,
    check: Annotated[bool, typer.Option("--check", help="Only look for problems.")] = False,
    as_json: Json = False,
) -> None:
    """Import a course, or update it in place.

    Every problem is reported with file and line; with one, nothing changes.
    """
    problems, report = run(_import(folder, tenant, check=check))
    if as_json:
        show_json({"problems": problems, "report": report})
    else:
        for problem in problems:
            errors.print(str(problem), markup=False)
    if any(problem.severity == "error" for problem in problems):
        if not as_json:
            errors.print(f"[bold red]error:[/] {folder}: nothing was imported")
        raise typer.Exit(1)
    if not as_json:
        console.print(str(report) if report else f"{folder}: no problem found.")


async def _import(folder: Path, slug: str | None, *, check: bool) -> tuple[list[Any], Any]:
    async with opened() as site:
        tenant = await site.tenant(slug)
        source, problems = load_course(folder, await available_block_types(site.host, tenant.id))
        if source is None or check or any(problem.severity == "error" for problem in problems):
            return problems, None
        async with site.host.context(tenant.id) as ctx:
            return problems, await import_course(ctx, site.host, source)
