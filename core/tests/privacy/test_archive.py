"""A person's archive: whole, described, signed, and handed to nobody else."""

import datetime as dt
import io
import json
import zipfile
from uuid import UUID

import jsonschema_rs
import pytest

from questline_core.auth.accounts import get_user
from questline_core.people.avatars import avatar_key
from questline_core.people.pictures import LARGE, SMALL
from questline_core.privacy.archives import remove_expired
from questline_core.privacy.jobs import claim
from questline_core.privacy.signing import ArchiveError, ArchiveKey, verify_archive
from questline_core.storage.counted import put_blob
from questline_core.tenancy.limits import read_usage, set_limits
from questline_core.tenancy.refusals import LimitReachedError
from questline_core.tenancy.schemas import Limits


async def make(client, drain):
    answer = await client.post("/api/v1/privacy/mine/exports")
    assert answer.status_code == 201, answer.text
    await drain()
    (request,) = (await client.get("/api/v1/privacy/mine")).json()["requests"]
    assert (request["state"], request["done"], request["total"]) == ("done", 3, 3)
    return request


async def download(client, anonymous, request):
    link = await client.post(f"/api/v1/privacy/mine/exports/{request['id']}/link")
    assert link.status_code == 200, link.text
    answer = await anonymous.get(link.json()["url"])
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.content


@pytest.fixture
def keys(site):
    return ArchiveKey.of(site.host.settings).public


async def test_an_archive_holds_everything_and_says_what_it_is(
    site, tenant, as_user, prove, drain, anonymous, keys, tmp_path
):
    learner, other = await prove(await as_user("learner", name="Ada Marker")), await as_user("learner", name="Bob")
    name = f"{'a' * 64}-{SMALL}.webp"
    for side in (SMALL, LARGE):
        key = avatar_key(tenant.id, f"{'a' * 64}-{side}.webp")
        await site.host.store.put(key, b"picture", content_type="image/webp")
    async with site.context(tenant.id) as ctx:
        (await get_user(ctx, learner.user_id)).avatar_url = f"/api/v1/avatars/{name}"
    content = await download(learner, anonymous, await make(learner, drain))
    path = tmp_path / "my.zip"
    path.write_bytes(content)
    assert verify_archive(path, keys).user_id == str(learner.user_id)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = json.loads(archive.read("core.json"))
        schema = json.loads(archive.read("schemas/core.schema.json"))
        jsonschema_rs.Draft202012Validator(schema).validate(data)
        assert data["account"]["display_name"] == "Ada Marker"
        assert schema["properties"]["account"]["properties"]["email"]["description"].startswith("contact: ")
        assert [archive.read(each) for each in data["account"]["picture_files"]] == [b"picture"] * 2
        everything = b"".join(archive.read(each) for each in archive.namelist())
    assert str(other.user_id).encode() not in everything
    assert b"password_hash" not in everything


async def test_an_archive_that_was_touched_is_found_out(as_user, prove, drain, anonymous, keys, tmp_path):
    learner = await prove(await as_user("learner"))
    content = await download(learner, anonymous, await make(learner, drain))
    path = tmp_path / "my.zip"

    def rewrite(change):
        with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(path, "w") as target:
            for each in source.namelist():
                found = change(each, source.read(each))
                if found is not None:
                    target.writestr(each, found)
            return target

    for change, problem in [
        (lambda name, data: data + b" " if name == "core.json" else data, "core.json was altered"),
        (lambda name, data: None if name == "README.txt" else data, "README.txt is missing"),
        (lambda name, data: data.replace(b"core.json", b"more.json") if name == "manifest.json" else data, "altered"),
        (lambda name, data: None if name == "manifest.json.jws" else data, "no manifest with a signature"),
    ]:
        rewrite(change)
        with pytest.raises(ArchiveError, match=problem):
            verify_archive(path, keys)
    rewrite(lambda _, data: data)
    with zipfile.ZipFile(path, "a") as target:
        target.writestr("more.json", "{}")
    with pytest.raises(ArchiveError, match=r"more\.json was added"):
        verify_archive(path, keys)
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="not this site's"):
        verify_archive(path, ArchiveKey("another secret that is long enough to be one").public)
    path.write_bytes(content[:200] + bytes(20) + content[220:])
    with pytest.raises(ArchiveError):
        verify_archive(path, keys)
    path.write_bytes(content[:-100])
    with pytest.raises(ArchiveError, match="cannot be read"):
        verify_archive(path, keys)


async def test_an_archive_needs_a_recent_proof(as_user, prove, drain):
    learner = await as_user("learner")
    assert (await learner.post("/api/v1/privacy/mine/exports")).json()["code"] == "step_up_needed"
    await prove(learner)
    request = await make(learner, drain)
    stranger = await prove(await as_user("learner"))
    assert (await stranger.post(f"/api/v1/privacy/mine/exports/{request['id']}/link")).status_code == 404


async def test_asking_twice_makes_one_archive(site, as_user, prove, drain):
    learner = await prove(await as_user("learner"))
    first, second = [(await learner.post("/api/v1/privacy/mine/exports")).json() for _ in "ab"]
    assert first["id"] == second["id"]
    await drain()
    await drain()
    found = [each.key async for each in site.host.store.list(f"{learner.tenant_id}/archives")]
    assert found == [f"{learner.tenant_id}/archives/{first['id']}.zip"]


async def test_what_a_killed_process_began_is_made_once(site, tenant, as_user, prove, drain):
    learner = await prove(await as_user("learner"))
    request_id = UUID((await learner.post("/api/v1/privacy/mine/exports")).json()["id"])
    async with site.context(tenant.id) as ctx:
        assert await claim(ctx, request_id) is not None  # all that a killed process leaves; its message comes again
    await drain()
    (request,) = (await learner.get("/api/v1/privacy/mine")).json()["requests"]
    assert request["state"] == "done"
    found = [each.key async for each in site.host.store.list(f"{tenant.id}/archives")]
    assert found == [f"{tenant.id}/archives/{request_id}.zip"]


async def test_an_archive_is_removed_when_its_time_is_over(site, tenant, as_user, prove, drain, anonymous, monkeypatch):
    learner = await prove(await as_user("learner"))
    request = await make(learner, drain)
    url = (await learner.post(f"/api/v1/privacy/mine/exports/{request['id']}/link")).json()["url"]
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=8)
    monkeypatch.setattr(site.host, "clock", lambda: later)
    async with site.context(tenant.id) as ctx:
        assert await remove_expired(ctx) == 1
    assert [each async for each in site.host.store.list(f"{tenant.id}/archives")] == []
    assert (await anonymous.get(url)).status_code == 422
    monkeypatch.undo()
    assert (await learner.get("/api/v1/privacy/mine")).json()["requests"][0]["state"] == "expired"
    assert (await anonymous.get(url)).json()["code"] == "archive_expired"


async def test_an_archive_counts_towards_the_storage_and_is_made_where_that_is_full(
    site, tenant, as_user, prove, drain, monkeypatch
):
    await set_limits(site.owner_engine, tenant.id, Limits(storage_bytes=1))
    site.host.tenants.forget()
    learner = await prove(await as_user("learner"))
    request = await make(learner, drain)

    async def stored():
        async with site.context(tenant.id) as ctx:
            return {each.name: each.used for each in await read_usage(ctx)}["storage_bytes"]

    assert await stored() == request["archive_bytes"] > 1
    async with site.context(tenant.id) as ctx:
        with pytest.raises(LimitReachedError):
            await put_blob(ctx, f"{tenant.id}/media/more", b"more", content_type="text/plain")
    later = site.host.clock() + dt.timedelta(days=8)
    monkeypatch.setattr(site.host, "clock", lambda: later)
    async with site.context(tenant.id) as ctx:
        assert await remove_expired(ctx) == 1
    assert await stored() == 0
