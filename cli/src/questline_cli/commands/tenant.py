"""`tenant`: the organisations of the site."""

from typing import Annotated

import typer

from questline_cli.output import Json, console, show_json, show_rows
from questline_cli.site import opened, run
from questline_core.plugins.service import set_enabled
from questline_core.tenancy.schemas import TenantInfo
from questline_core.tenancy.service import create_tenant

app = typer.Typer(help="Create and list tenants.", no_args_is_help=True)
COLUMNS = ("slug", "name", "host", "sign_up", "theme", "id")


@app.command("list")
def list_tenants(as_json: Json = False) -> None:
    """List the tenants."""

    async def read() -> list[TenantInfo]:
        async with opened() as site:
            return await site.host.tenants.all()

    show_rows(run(read()), COLUMNS, as_json=as_json, empty="There is no tenant yet: questline tenant create SLUG NAME")


@app.command()
def create(
    slug: Annotated[str, typer.Argument(help="Short name in addresses: a-z, 0-9, -.")],
    name: Annotated[str, typer.Argument(help="Name shown to people.")],
    host: Annotated[str | None, typer.Option(help="Host name that leads to it.")] = None,
    plugins: Annotated[bool, typer.Option(help="Enable every installed plugin.")] = True,
    as_json: Json = False,
) -> None:
    """Create a tenant; one that has this slug already stays as it is."""

    async def make() -> TenantInfo:
        async with opened() as site:
            tenant = await create_tenant(site.owner_engine, slug=slug, name=name, host=host)
            site.host.tenants.forget()
            for record in site.host.registry.active if plugins else ():
                async with site.host.context(tenant.id) as ctx:
                    await set_enabled(ctx, record.id, enabled=True)
                site.host.enablement.forget(tenant.id)
            return tenant

    tenant = run(make())
    if as_json:
        show_json(tenant)
    else:
        console.print(f"Tenant [bold]{tenant.slug}[/] is ready.")
