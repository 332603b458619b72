"""`pack`: feature packs, switched per tenant as one."""

from typing import Annotated

import typer

from questline_cli.output import Json, Yes, console, show_json, show_rows
from questline_cli.site import opened, run
from questline_core.packs.catalogue import describe_pack
from questline_core.packs.catalogue import list_packs as all_packs
from questline_core.packs.plan import KeepReason, KeptPlugin, SwitchPlan
from questline_core.packs.schemas import PackCard, PackDetails
from questline_core.packs.service import disable_pack, enable_pack

app = typer.Typer(help="See feature packs and switch them per tenant.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]
PackId = Annotated[str, typer.Argument(metavar="PACK", help="Id of the pack.")]
REASONS = {
    KeepReason.NEEDED_BY_PACK: "the pack {by} needs it",
    KeepReason.REQUIRED_BY_PLUGIN: "{by} requires it",
    KeepReason.ON_BEFORE: "it was on before the pack",
    KeepReason.SYSTEM: "it is on for every tenant",
}


@app.command("list")
def list_packs(tenant: Tenant = None, as_json: Json = False) -> None:
    """List the installed packs with their state for the tenant."""

    async def read() -> list[PackCard]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return await all_packs(ctx)

    show_rows(
        run(read()), ("id", "version", "state", "title", "reason"), as_json=as_json, empty="No pack is installed."
    )


@app.command()
def show(pack_id: PackId, tenant: Tenant = None, as_json: Json = False) -> None:
    """Show what a pack brings, and what its switch would do now."""
    details = run(_details(pack_id, tenant))
    if as_json:
        show_json(details)
        return
    _show_line(details.title, f"{details.version}, {details.state}{f': {details.reason}' if details.reason else ''}")
    for plugin in details.plugins:
        need = "required" if plugin.required else "optional"
        _show_line("plugin", f"{plugin.id} {plugin.versions or 'any version'}, {need}; {plugin.problem or 'fits'}")
    for preset in details.presets:
        own = "; the tenant has a value of its own" if preset.overridden else ""
        _show_line("preset", f"{preset.plugin_id}.{preset.field} = {preset.value}{own}")
    for grant in details.grants:
        _show_line("grant", f"{grant.role} may {grant.permission}: {grant.title}")
    if details.theme:
        _show_line("theme", details.theme.id)
    _show_plan(details.plan)


@app.command()
def enable(
    pack_id: PackId,
    tenant: Tenant = None,
    keep_theme: Annotated[bool, typer.Option("--keep-theme", help="Leave the tenant's look as it is.")] = False,
    as_json: Json = False,
) -> None:
    """Switch a pack on for a tenant: all of it or, where a plugin refuses, nothing."""

    async def switch() -> SwitchPlan:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return await enable_pack(ctx, pack_id, keep_theme=keep_theme)

    plan = run(switch())
    if as_json:
        show_json(plan)
        return
    console.print(f"{pack_id} is on.")
    _show_plan(plan, done=True)


@app.command()
def disable(pack_id: PackId, tenant: Tenant = None, yes: Yes = False, as_json: Json = False) -> None:
    """Switch a pack off for a tenant, after saying what stops; data stays, and so does what others need."""

    async def switch() -> SwitchPlan:
        async with opened() as site:
            tenant_id = (await site.tenant(tenant)).id
            if not yes:
                async with site.host.context(tenant_id) as ctx:
                    _show_plan((await describe_pack(ctx, pack_id)).plan, starts=False)
                typer.confirm(f"Switch {pack_id} off? Its data is kept.", abort=True, err=True)
            async with site.host.context(tenant_id) as ctx:
                return await disable_pack(ctx, pack_id)

    plan = run(switch())
    if as_json:
        show_json(plan)
        return
    console.print(f"{pack_id} is off; its data is kept.")
    _show_plan(plan, done=True)


async def _details(pack_id: str, slug: str | None) -> PackDetails:
    async with opened() as site, site.host.context((await site.tenant(slug)).id) as ctx:
        return await describe_pack(ctx, pack_id)


def _show_plan(plan: SwitchPlan, *, done: bool = False, starts: bool = True) -> None:
    if plan.starts and starts:
        _show_line("started" if done else "starts", ", ".join(plan.starts))
    if plan.stops:
        _show_line("stopped" if done else "stops", ", ".join(plan.stops))
    for kept in plan.keeps:
        _show_line("stays on", f"{kept.id}: {_reason(kept)}")
    if plan.theme:
        _show_line("new theme", plan.theme)


def _reason(kept: KeptPlugin) -> str:
    return REASONS[kept.reason].format(by=" and ".join(kept.by))


def _show_line(name: str, text: str) -> None:
    console.print(f"[bold]{name:<14}[/] {text}")
