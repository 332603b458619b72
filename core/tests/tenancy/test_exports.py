"""A tenant's archive is made by a job, signed, and handed to its owners only."""

import datetime as dt
import zipfile

import pytest
from sqlalchemy import select, update

from questline_core.auth.accounts import create_user
from questline_core.auth.models import AuthSession
from questline_core.privacy.signing import ArchiveError, ArchiveKey
from questline_core.storage.counted import put_blob
from questline_core.storage.routes import media_key
from questline_core.tenancy.archive_proof import verify_tenant_archive
from questline_core.tenancy.exports import forget_archives, remove_archives, request_export, run_export
from questline_core.tenancy.models import TenantTask

EXPORTS = "/api/v1/tenant/exports"


async def prove(site, client):
    """Have the client proved a moment ago who they are."""
    async with site.context(client.tenant_id) as ctx:
        ctx.session.add(
            AuthSession(
                id=client.user_id,
                user_id=client.user_id,
                created_at=ctx.now,
                last_used_at=ctx.now,
                expires_at=ctx.now + dt.timedelta(days=1),
                authenticated_at=ctx.now,
            )
        )
    return client


async def files_of(site, tenant):
    return [each.key async for each in site.host.store.list(f"{tenant.id}/exports")]


@pytest.fixture
async def owner(site, as_user):
    return await prove(site, await as_user("owner"))


async def make(owner, drain):
    answer = await owner.post(EXPORTS)
    assert (answer.status_code, answer.json()["state"]) == (201, "waiting"), answer.text
    assert (await owner.post(EXPORTS)).json()["id"] == answer.json()["id"]
    await drain()
    made = (await owner.get(EXPORTS)).json()["exports"][0]
    assert (made["state"], made["id"]) == ("done", answer.json()["id"]), made
    assert made["done"] == made["total"] > 20
    return made


async def test_an_archive_is_made_downloaded_and_verified(site, tenant, owner, drain, anonymous, tmp_path):
    async with site.context(tenant.id) as ctx:
        await create_user(ctx, email="ada@example.test", display_name="Ada", password=None)
        await put_blob(ctx, media_key(tenant.id, "a" * 64), b"\x00file", content_type="text/plain")
    made = await make(owner, drain)
    link = await owner.post(f"{EXPORTS}/{made['id']}/link")
    assert link.status_code == 200, link.text
    answer = await anonymous.get(link.json()["url"])
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store"), answer.text
    path = tmp_path / "tenant.zip"
    path.write_bytes(answer.content)
    assert len(answer.content) == made["bytes"]
    keys = ArchiveKey.of(site.host.settings).public
    verified = verify_tenant_archive(path, keys)
    assert (verified.slug, verified.files, verified.tables) == (tenant.slug, 1, made["total"] - 1)
    with zipfile.ZipFile(path) as archive:
        assert b"ada@example.test" in archive.read("tables/core.user_account.jsonl")
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b"ada@", b"eve@"))
    with pytest.raises(ArchiveError, match="altered"):
        verify_tenant_archive(tmp_path / "bad.zip", keys)
    with pytest.raises(ArchiveError, match="not this site's"):
        verify_tenant_archive(path, ArchiveKey("another secret that is long enough to be one").public)


async def test_only_owners_who_proved_who_they_are_may_have_it(site, tenant, as_user):
    assert (await (await as_user("admin")).post(EXPORTS)).status_code == 403
    owner = await as_user("owner")
    answer = await owner.post(EXPORTS)
    assert (answer.status_code, answer.json()["code"]) == (403, "step_up_needed")
    await prove(site, owner)
    waiting = (await owner.post(EXPORTS)).json()
    answer = await owner.post(f"{EXPORTS}/{waiting['id']}/link")
    assert (answer.status_code, answer.json()["code"]) == (409, "archive_not_ready")
    assert (await owner.post(f"{EXPORTS}/{tenant.id}/link")).status_code == 404


async def test_a_new_archive_takes_the_place_of_the_last_and_holds_none(site, tenant, owner, drain):
    first = await make(owner, drain)
    second = await make(owner, drain)
    assert await files_of(site, tenant) == [f"{tenant.id}/exports/{second['id']}.zip"]
    assert second["files"] == 0
    states = {each["id"]: each["state"] for each in (await owner.get(EXPORTS)).json()["exports"]}
    assert states == {second["id"]: "done", first["id"]: "expired"}


async def test_an_archive_goes_when_its_time_is_over(site, tenant, owner, drain):
    made = await make(owner, drain)
    async with site.context(tenant.id) as ctx:
        assert await remove_archives(ctx) == 0
        task = await ctx.session.get_one(TenantTask, (tenant.id, made["id"]))
        task.result = task.result | {"expires_at": "2026-01-01T00:00:00Z"}
    async with site.context(tenant.id) as ctx:
        assert await remove_archives(ctx) == 1
    assert await files_of(site, tenant) == []
    answer = await owner.post(f"{EXPORTS}/{made['id']}/link")
    assert (answer.status_code, answer.json()["code"]) == (409, "archive_expired")


async def test_an_erasure_takes_archives_along(site, tenant, owner, drain):
    await make(owner, drain)
    async with site.context(tenant.id) as ctx:
        await request_export(ctx)
        await ctx.session.execute(update(TenantTask).where(TenantTask.state == "waiting").values(state="running"))
    async with site.context(tenant.id) as ctx:
        await forget_archives(ctx)
    await drain()
    assert await files_of(site, tenant) == []
    assert {each["state"] for each in (await owner.get(EXPORTS)).json()["exports"]} == {"expired", "cancelled"}


async def test_what_fails_again_and_again_is_said_to_have_failed(site, tenant, monkeypatch):
    async with site.context(tenant.id) as ctx:
        task_id = (await request_export(ctx)).id

    async def full(*_args, **_named):
        raise OSError("no space left on the device")

    monkeypatch.setattr(site.host.store, "put_file", full)
    for _ in range(2):
        with pytest.raises(OSError, match="no space"):
            await run_export(site.host, tenant.id, task_id)
    assert await run_export(site.host, tenant.id, task_id) == "done"
    async with site.context(tenant.id) as ctx:
        task = await ctx.session.scalar(select(TenantTask).where(TenantTask.id == task_id))
        assert (task.state, task.error) == ("failed", "OSError")
