"""`plugin`: what is installed, in which state, and for whom it is on."""

from typing import Annotated, Any

import msgspec
import typer

from questline_cli.commands import plugin_change, plugin_check, plugin_doctor, plugin_purge, plugin_search
from questline_cli.commands.new import new
from questline_cli.output import Json, console, fail, show_json, show_rows
from questline_cli.site import Site, opened, reachable, run
from questline_core.generations.journal import connect
from questline_core.generations.overview import GenerationRow, generations
from questline_core.plugins.service import set_enabled
from questline_core.settings import load_settings

app = typer.Typer(help="Install, inspect and remove plugins, and switch them per tenant.", no_args_is_help=True)
app.command()(new)
for module in (plugin_change, plugin_purge, plugin_search, plugin_check, plugin_doctor):
    module.register(app)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]


class PluginRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of `plugin list`."""

    id: str
    version: str
    state: str
    enabled: bool
    reason: str | None


@app.command("list")
def list_plugins(
    tenant: Tenant = None,
    show_generations: Annotated[
        bool, typer.Option("--generations", help="List the generations that can be returned to instead.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the installed plugins with their state; `enabled` is for the tenant."""
    if show_generations:
        kept = run(_generations())
        columns = ("number", "state", "created_at", "plugins", "hidden")
        show_rows(kept, columns, as_json=as_json, empty="The site runs its base environment only.")
        return
    rows = run(_rows(tenant))
    show_rows(rows, ("id", "version", "state", "enabled", "reason"), as_json=as_json, empty="No plugin is installed.")


@app.command()
def info(plugin_id: Annotated[str, typer.Argument()], as_json: Json = False) -> None:
    """Show what a plugin is and contributes."""
    details = run(_details(plugin_id))
    if as_json:
        show_json(details)
        return
    for name, value in details.items():
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        console.print(f"[bold]{name.replace('_', ' '):<14}[/] {shown if shown not in (None, '') else '-'}")


@app.command()
def enable(plugin_id: Annotated[str, typer.Argument()], tenant: Tenant = None) -> None:
    """Switch a plugin on for a tenant; every process follows at once."""
    run(_switch(plugin_id, tenant, enabled=True))
    console.print(f"{plugin_id} is on.")


@app.command()
def disable(plugin_id: Annotated[str, typer.Argument()], tenant: Tenant = None) -> None:
    """Switch a plugin off for a tenant; its data stays, its waiting jobs are parked."""
    run(_switch(plugin_id, tenant, enabled=False))
    console.print(f"{plugin_id} is off; its data is kept.")


async def _generations() -> list[GenerationRow]:
    async with reachable(load_settings()) as settings:
        connection = await connect(settings.require("database_url"))
        try:
            return await generations(connection)
        finally:
            await connection.close(timeout=2)


async def _rows(slug: str | None) -> list[PluginRow]:
    async with opened() as site:
        enabled = await _enabled(site, slug)
        return [
            PluginRow(
                id=record.id,
                version=record.version,
                state=record.state.value,
                enabled=record.id in enabled,
                reason=record.reason,
            )
            for record in site.host.registry.records.values()
        ]


async def _enabled(site: Site, slug: str | None) -> frozenset[str]:
    if slug is None and not await site.host.tenants.all():
        return frozenset()
    return await site.host.enablement.of((await site.tenant(slug)).id)


async def _details(plugin_id: str) -> dict[str, Any]:
    async with opened() as site:
        record = site.host.registry.records.get(plugin_id)
        if record is None:
            fail(f"there is no plugin {plugin_id!r}; `questline plugin list` shows those installed")
        own = record.contributions
        manifest: dict[str, Any] = msgspec.to_builtins(record.manifest)
        return manifest | {
            "version": record.version,
            "state": record.state.value,
            "reason": record.reason,
            "permissions": [each.name for each in own.permissions],
            "event_handlers": [f"{each.name} ({each.event_type})" for each in own.handlers],
            "publishes": [each.event_type for each in own.event_types],
            "jobs": [each.name for each in own.jobs],
            "block_types": [each.name for each in own.block_types],
        }


async def _switch(plugin_id: str, slug: str | None, *, enabled: bool) -> None:
    async with opened() as site:
        tenant = await site.tenant(slug)
        async with site.host.context(tenant.id) as ctx:
            await set_enabled(ctx, plugin_id, enabled=enabled)
