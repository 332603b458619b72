"""A tenant as one file: `tenant export`, `exports`, `download`, `verify` and `import`."""

import asyncio
from pathlib import Path
from typing import Annotated
from uuid import UUID

import msgspec
import typer

from questline_cli.output import Json, console, fail, show_json, show_rows
from questline_cli.progress import counting
from questline_cli.site import opened, run
from questline_core.auth.keys import KeySet
from questline_core.privacy.signing import ArchiveError, ArchiveKey
from questline_core.tenancy import exports
from questline_core.tenancy.archive import Manifest, export_tenant, import_tenant
from questline_core.tenancy.archive_proof import verify_tenant_archive
from questline_core.tenancy.export_routes import TenantExport, card

COLUMNS = ("id", "state", "step", "done", "total", "bytes", "requested_at", "expires_at")
Slug = Annotated[str, typer.Argument(help="Slug of the tenant.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("export")(export)
    app.command("exports")(list_exports)
    app.command("download")(download)
    app.command("verify")(verify)
    app.command("import")(import_)


def export(
    slug: Slug,
    file: Annotated[
        Path | None, typer.Argument(help="Where to write the archive; without it, a worker makes one to download.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write everything of a tenant into one signed file: tables, files, versions and checksums."""
    if file is None:
        _queue(slug, as_json=as_json)
        return

    async def write() -> Manifest:
        async with opened() as site:
            tenant = await site.host.tenants.by_slug(slug)
            url = site.host.settings.owner_urls[tenant.shard or "main"]
            sign = ArchiveKey.of(site.host.settings).sign
            with counting(show=not as_json) as step:
                return await export_tenant(url, site.host.store, tenant.id, file, on_step=step, sign=sign)

    manifest = run(write())
    rows = sum(table.rows for table in manifest.tables.values())
    if as_json:
        show_json({"file": str(file), "tables": len(manifest.tables), "rows": rows, "blobs": len(manifest.blobs)})
    else:
        console.print(f"[bold]{file}[/]: {rows} rows of {len(manifest.tables)} tables, {len(manifest.blobs)} files.")


def _queue(slug: str, *, as_json: bool) -> None:
    async def ask() -> TenantExport:
        async with opened() as site:
            tenant = await site.host.tenants.by_slug(slug)
            async with site.host.context(tenant.id) as ctx:
                return card(await exports.request_export(ctx), ctx.now)

    asked = run(ask())
    if as_json:
        show_json(asked)
    else:
        console.print(
            f"A worker makes the archive; `questline tenant exports {slug}` says how far it is,"
            f" `questline tenant download {slug} FILE` fetches it."
        )


def list_exports(slug: Slug, as_json: Json = False) -> None:
    """Show the archives that workers make of a tenant, newest first, and how far they are."""

    async def read() -> list[TenantExport]:
        async with opened() as site:
            tenant = await site.host.tenants.by_slug(slug)
            async with site.host.context(tenant.id) as ctx:
                return [card(task, ctx.now) for task in await exports.list_exports(ctx)]

    show_rows(run(read()), COLUMNS, as_json=as_json, empty=f"There is none yet: questline tenant export {slug}")


def download(
    slug: Slug,
    file: Annotated[Path, typer.Argument(help="Where to write the archive.")],
    export_id: Annotated[UUID | None, typer.Option("--id", help="Which one; the last if left out.")] = None,
) -> None:
    """Fetch an archive that a worker has made."""

    async def fetch() -> None:
        async with opened() as site:
            tenant = await site.host.tenants.by_slug(slug)
            async with site.host.context(tenant.id) as ctx:
                task = await exports.ready_export(ctx, export_id)
                after = {"export": str(task.id)}
                await ctx.audit("tenant.export.downloaded", subject=("tenant", tenant.id), after=after)
                key = exports.archive_key(tenant.id, task.id)
            partial = file.with_name(file.name + ".partial")
            target = await asyncio.to_thread(partial.open, "wb")
            with target:
                async for chunk in site.host.store.stream(key):
                    await asyncio.to_thread(target.write, chunk)
            partial.replace(file)

    run(fetch())
    console.print(f"Wrote {file}.")


def verify(
    file: Annotated[Path, typer.Argument(help="An archive of a tenant.")],
    keys: Annotated[
        Path | None, typer.Option(help="What /api/v1/privacy/keys answered, to verify without the site.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check that an archive of a tenant is from this site, whole and unaltered."""

    async def own_keys() -> KeySet:
        async with opened() as site:
            return ArchiveKey.of(site.host.settings).public

    try:
        known = msgspec.json.decode(keys.read_bytes(), type=KeySet) if keys else run(own_keys())
        verified = verify_tenant_archive(file, known)
    except (ArchiveError, OSError, msgspec.DecodeError) as error:
        fail(f"{file}: {error}")
    if as_json:
        show_json(verified)
    else:
        console.print(
            f"[green]ok[/] {file}: {verified.tables} tables and {verified.files} files of {verified.slug},"
            f" signed with {verified.key}"
        )


def import_(
    file: Annotated[Path, typer.Argument(help="An archive that `questline tenant export` wrote.")],
    slug: Annotated[str | None, typer.Option(help="Another slug than the archive's.")] = None,
    as_json: Json = False,
) -> None:
    """Read a tenant's archive into this site, all of it or nothing."""

    async def read() -> tuple[str, Manifest]:
        async with opened() as site:
            url = site.host.settings.owner_urls["main"]
            with counting(show=not as_json) as step:
                tenant_id, manifest = await import_tenant(url, site.host.store, file, slug=slug, on_step=step)
            site.host.tenants.forget()
            return (await site.host.tenants.get(tenant_id)).slug, manifest

    name, manifest = run(read())
    rows = sum(table.rows for table in manifest.tables.values())
    if as_json:
        show_json({"slug": name, "rows": rows, "blobs": len(manifest.blobs)})
    else:
        console.print(f"Tenant [bold]{name}[/] is here: {rows} rows, {len(manifest.blobs)} files.")
