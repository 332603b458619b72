"""`tenant`: the organisations of the site."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import msgspec
import typer

from questline_cli.commands.tenant_archive import register as register_archive
from questline_cli.commands.tenant_move import register as register_move
from questline_cli.commands.tenant_rates import register as register_rates
from questline_cli.output import Json, Yes, console, fail, show_json, show_rows
from questline_cli.progress import counting
from questline_cli.site import Site, opened, run
from questline_core.plugins.service import set_enabled
from questline_core.settings import load_settings
from questline_core.tenancy import lifecycle
from questline_core.tenancy.deletion import Removed, delete_tenant
from questline_core.tenancy.limits import Usage, read_usage, set_limits
from questline_core.tenancy.schemas import Limits, TenantInfo
from questline_core.tenancy.service import create_tenant

T = TypeVar("T")
app = typer.Typer(help="Create, look at, suspend, move and delete tenants.", no_args_is_help=True)
register_rates(app)
COLUMNS = ("slug", "name", "host", "state", "shard", "sign_up", "theme", "id")
Slug = Annotated[str, typer.Argument(help="Slug of the tenant.")]
Limit = Annotated[int | None, typer.Option(min=-1, help="The most; -1 takes the site's default again.")]
register_move(app)
register_archive(app)


class TenantReport(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant with what it uses."""

    tenant: TenantInfo
    usage: list[Usage]


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


@app.command()
def show(slug: Slug, as_json: Json = False) -> None:
    """Show a tenant: its state, domains, database, limits and what it uses."""

    async def read() -> TenantReport:
        async with opened() as site:
            tenant = await site.host.tenants.by_slug(slug)
            async with site.host.context(tenant.id) as ctx:
                return TenantReport(tenant=tenant, usage=await read_usage(ctx))

    report = run(read())
    if as_json:
        show_json(report)
        return
    tenant = report.tenant
    console.print(f"[bold]{tenant.name}[/] ({tenant.slug}, {tenant.id})")
    until = f", to be deleted at {tenant.delete_at:%Y-%m-%d %H:%M} UTC" if tenant.delete_at else ""
    console.print(f"{tenant.state}{until}{f': {tenant.state_reason}' if tenant.state_reason else ''}")
    console.print(f"domains: {', '.join(tenant.hosts) or '-'}; database: {tenant.shard or 'main'}")
    show_rows(report.usage, ("name", "used", "limit", "own"), as_json=False, empty="")


@app.command()
def suspend(
    slug: Slug, reason: Annotated[str | None, typer.Option(help="Why, for the audit log.")] = None, yes: Yes = False
) -> None:
    """Close a tenant: every request is refused, jobs wait, everything is kept."""
    if not yes:
        typer.confirm(f"Close {slug} for everybody?", abort=True)

    async def do(site: Site, tenant: TenantInfo) -> None:
        async with site.host.context(tenant.id) as ctx:
            await lifecycle.suspend(ctx, reason)

    run(_with(slug, do))
    console.print(f"[bold]{slug}[/] is suspended; `questline tenant resume {slug}` opens it again.")


@app.command()
def resume(slug: Slug) -> None:
    """Open a suspended tenant again, or keep one whose deletion was scheduled."""

    async def do(site: Site, tenant: TenantInfo) -> None:
        async with site.host.context(tenant.id) as ctx:
            await lifecycle.resume(ctx)

    run(_with(slug, do))
    console.print(f"[bold]{slug}[/] is open.")


@app.command()
def limits(
    slug: Slug,
    users: Limit = None,
    storage_bytes: Limit = None,
    requests_per_minute: Limit = None,
    ai_micros_per_month: Limit = None,
    as_json: Json = False,
) -> None:
    """Set limits of a tenant's own; without options, show what it uses."""
    given = {
        "users": users,
        "storage_bytes": storage_bytes,
        "requests_per_minute": requests_per_minute,
        "ai_micros_per_month": ai_micros_per_month,
    }
    changes = {name: None if value == -1 else value for name, value in given.items() if value is not None}

    async def do(site: Site, tenant: TenantInfo) -> list[Usage]:
        if changes:
            wanted = msgspec.structs.replace(tenant.limits, **changes)
            await _set_limits(site, tenant, wanted)
        async with site.host.context(tenant.id) as ctx:
            if changes:
                await ctx.audit("tenant.limits.changed", subject=("tenant", tenant.id), after=changes)
            return await read_usage(ctx)

    show_rows(run(_with(slug, do)), ("name", "used", "limit", "own"), as_json=as_json, empty="")


@app.command()
def delete(
    slug: Slug,
    days: Annotated[int | None, typer.Option(min=1, help="Days until then; the setting tenant_grace_days.")] = None,
    now: Annotated[bool, typer.Option("--now", help="Remove everything at once. There is no way back.")] = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Schedule a tenant's deletion, or delete it with --now; everything of it goes, and is counted."""
    grace = dt.timedelta() if now else dt.timedelta(days=days or load_settings().tenant_grace_days)
    if not yes:
        typed = typer.prompt(f"Every row and file of {slug} will be removed. Type {slug} to go on")
        if typed != slug:
            fail("that is not the slug; nothing was changed")

    async def do(site: Site, tenant: TenantInfo) -> Removed | None:
        at = site.host.clock() + max(grace, dt.timedelta(days=1))
        if tenant.state != "deleting":
            async with site.host.context(tenant.id) as ctx:
                await lifecycle.schedule_deletion(ctx, confirm=slug, at=at)
        if not now:
            return None
        await _make_due(site, tenant)
        with counting(show=not as_json) as step:
            return await delete_tenant(site.host, tenant.id, on_step=step)

    removed = run(_with(slug, do))
    if as_json:
        show_json(removed)
    elif removed is None:
        console.print(
            f"[bold]{slug}[/] will be deleted in {grace.days} days; `questline tenant resume {slug}` keeps it."
        )
    else:
        for table, count in sorted(removed.rows.items()):
            console.print(f"  {table:<40} {count:>10}")
        console.print(f"  files {removed.blobs}, keys {removed.keys}, waiting messages {removed.messages}")
        console.print(f"[bold]{slug}[/] is gone: {sum(removed.rows.values())} rows removed, none left.")


async def _with(slug: str, do: Callable[[Site, TenantInfo], Awaitable[T]]) -> T:
    async with opened() as site:
        return await do(site, await site.host.tenants.by_slug(slug))


async def _set_limits(site: Site, tenant: TenantInfo, limits: Limits) -> None:
    await set_limits(site.owner_engine, tenant.id, limits)
    if tenant.shard:
        async with site.owner(tenant.shard) as engine:
            await set_limits(engine, tenant.id, limits)
    site.host.tenants.forget()


async def _make_due(site: Site, tenant: TenantInfo) -> None:
    await lifecycle.make_due(site.owner_engine, tenant.id)
    if tenant.shard:
        async with site.owner(tenant.shard) as engine:
            await lifecycle.make_due(engine, tenant.id)
    site.host.tenants.forget()
