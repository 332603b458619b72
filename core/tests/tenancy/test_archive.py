"""A tenant goes through a file and comes out the same."""

import asyncio
import zipfile

import asyncpg
import pytest

from questline_core.audit.verify import verify
from questline_core.auth.accounts import create_user
from questline_core.storage.counted import put_blob
from questline_core.storage.routes import media_key
from questline_core.tenancy.archive import export_tenant, import_tenant
from questline_core.tenancy.copying import sums
from questline_core.tenancy.tables import tenant_tables
from questline_sdk import Conflict, Invalid


def quiet(_title, _count):
    pass


async def write(site, tenant, path):
    url = site.host.settings.owner_urls["main"]
    return await export_tenant(url, site.host.store, tenant.id, path, on_step=quiet)


async def read(site, path, slug):
    url = site.host.settings.owner_urls["main"]
    tenant_id, _ = await import_tenant(url, site.host.store, path, slug=slug, on_step=quiet)
    site.host.tenants.forget()
    return tenant_id


async def test_a_copy_under_another_name_has_the_same_rows_and_files(site, tenant, as_user, tmp_path):
    learner = await as_user("learner")
    async with site.context(tenant.id) as ctx:
        await create_user(ctx, email="a@example.test", display_name="Ä \u2028 ✓", password="a long passphrase 42")
        await put_blob(ctx, media_key(tenant.id, "a" * 64), b"\x00file", content_type="text/plain")
        await ctx.audit("tenant.filled", subject=("tenant", None), after={"by": str(learner.user_id)})
    manifest = await write(site, tenant, tmp_path / "t.zip")
    assert not (tmp_path / "t.zip.partial").exists()
    assert manifest.tables["core.user_account"].rows == 2
    with pytest.raises(Conflict, match="already"):
        await read(site, tmp_path / "t.zip", None)
    copy = await read(site, tmp_path / "t.zip", f"{tenant.slug}-copy")
    assert copy != tenant.id
    assert await site.host.store.get(media_key(copy, "a" * 64)) == b"\x00file"
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        tables = await tenant_tables(connection)
        found = await sums(connection, tables, copy)
    finally:
        await connection.close()
    assert {title: table.rows for title, table in found.items()} == {
        title: table.rows for title, table in manifest.tables.items()
    }
    assert (await verify(site.owner_engine, copy, "copy")).flaws == []


async def test_a_damaged_archive_changes_nothing(site, tenant, as_user, tmp_path):
    await as_user("learner")
    await write(site, tenant, tmp_path / "t.zip")
    with zipfile.ZipFile(tmp_path / "t.zip") as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data.replace(b"Learner", b"Teacher") if "user_account" in name else data)
    before = len(await site.host.tenants.all())
    with pytest.raises(Invalid, match="damaged"):
        await read(site, tmp_path / "bad.zip", f"{tenant.slug}-bad")
    site.host.tenants.forget()
    assert len(await site.host.tenants.all()) == before
    await asyncio.to_thread((tmp_path / "none.zip").write_bytes, b"no archive")
    with pytest.raises(Invalid, match="cannot be read"):
        await read(site, tmp_path / "none.zip", None)
