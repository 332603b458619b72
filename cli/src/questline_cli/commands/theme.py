"""`theme`: how a tenant's site looks."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from questline_cli.output import Json, console, show_json, show_rows
from questline_cli.site import opened, run
from questline_core.theming.package import ThemePackage, export_package
from questline_core.theming.service import choose_theme, read_editor
from questline_core.ui.themes import installed_themes

app = typer.Typer(help="List, choose and export themes.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]


class ThemeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `theme list`."""

    id: str
    title: str
    version: str
    chosen: bool
    changed_tokens: int
    summary: str


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What `theme set` has done."""

    tenant: str
    theme: str


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """What `theme export` has written; `size` in bytes."""

    tenant: str
    path: str
    size: int


@app.command("list")
def list_themes(tenant: Tenant = None, as_json: Json = False) -> None:
    """List the installed themes; `chosen` and how many tokens were changed are the tenant's."""
    rows = run(_rows(tenant))
    show_rows(rows, ("id", "title", "version", "chosen", "changed_tokens"), as_json=as_json, empty="No theme.")


@app.command("set")
def set_theme(theme: Annotated[str, typer.Argument()], tenant: Tenant = None, as_json: Json = False) -> None:
    """Give a tenant another theme; every process and every open page follows at once."""
    chosen = run(_choose(theme, tenant))
    if as_json:
        show_json(chosen)
    else:
        console.print(f"[bold]{chosen.tenant}[/] wears {chosen.theme}.")


@app.command()
def export(
    tenant: Tenant = None,
    theme_id: Annotated[str | None, typer.Option("--id", help="Id of the new theme; the tenant's slug.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title; the tenant's name.")] = None,
    version: Annotated[str, typer.Option(help="Its version.")] = "1.0.0",
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write the wheel to.")] = Path(),
    as_json: Json = False,
) -> None:
    """Write a tenant's look, its changes included, as a theme of its own: a wheel to install."""
    slug, package = run(_export(tenant, theme_id, title, version))
    output.mkdir(parents=True, exist_ok=True)
    path = output / package.filename
    path.write_bytes(package.content)
    done = Exported(tenant=slug, path=str(path), size=len(package.content))
    if as_json:
        show_json(done)
    else:
        console.print(f"Wrote {path}. Install it with: questline plugin install {path}")


async def _rows(slug: str | None) -> list[ThemeRow]:
    async with opened() as site:
        tenant = await site.tenant(slug) if slug or await site.host.tenants.all() else None
        chosen, changed = "", 0
        if tenant is not None:
            async with site.host.context(tenant.id) as ctx:
                editor = await read_editor(ctx)
            chosen, changed = editor.theme.id, len(editor.overrides)
        return [
            ThemeRow(
                id=theme.manifest.id,
                title=theme.manifest.title,
                version=theme.manifest.version,
                chosen=theme.manifest.id == chosen,
                changed_tokens=changed if theme.manifest.id == chosen else 0,
                summary=theme.manifest.summary,
            )
            for theme in installed_themes().all()
        ]


async def _choose(theme: str, slug: str | None) -> Chosen:
    async with opened() as site:
        tenant = await site.tenant(slug)
        async with site.host.context(tenant.id) as ctx:
            await choose_theme(ctx, theme)
        return Chosen(tenant=tenant.slug, theme=theme)


async def _export(slug: str | None, theme_id: str | None, title: str | None, version: str) -> tuple[str, ThemePackage]:
    async with opened() as site:
        tenant = await site.tenant(slug)
        async with site.host.context(tenant.id) as ctx:
            return tenant.slug, await export_package(ctx, theme_id=theme_id, title=title, version=version)
