"""A tenant is suspended, resumed, and deleted to the last row."""

import asyncio
import datetime as dt

import asyncpg
import pytest
from sqlalchemy import text

from questline_core.auth.accounts import create_user
from questline_core.storage.routes import media_key
from questline_core.tenancy.deletion import delete_tenant
from questline_core.tenancy.lifecycle import resume, schedule_deletion, suspend
from questline_core.tenancy.tables import tenant_tables
from questline_sdk import Conflict, Invalid
from questline_sdk.events import UserLoggedIn

DAY = dt.timedelta(days=1)


async def change(site, tenant, what, *args, **named):
    async with site.context(tenant.id) as ctx:
        await what(ctx, *args, **named)
    site.host.tenants.forget()


async def test_a_suspended_tenant_answers_a_problem_and_keeps_everything(site, tenant, as_user):
    learner = await as_user("learner")
    await change(site, tenant, suspend, "unpaid")
    for client in (learner, site.client(**{"x-questline-tenant": tenant.slug})):
        answer = await client.get("/api/v1/site")
        assert (answer.status_code, answer.json()["code"]) == (403, "tenant_suspended")
        assert "kept" in answer.json()["detail"]
    assert (await learner.get("/api/v1/me")).status_code == 403
    await change(site, tenant, resume)
    answer = await learner.get("/api/v1/me")
    assert answer.json().get("id") == str(learner.user_id), answer.text
    with pytest.raises(Conflict):
        await change(site, tenant, resume)


async def test_jobs_of_a_suspended_tenant_wait_and_run_when_it_is_resumed(site, tenant):
    async with site.context(tenant.id) as ctx:
        user = await create_user(ctx, email="a@example.test", display_name="A", password=None)
        await ctx.publish(UserLoggedIn(user_id=user.id))
    await change(site, tenant, suspend)
    await site.drain()

    async def parked():
        async with site.context(tenant.id) as ctx:
            return await ctx.session.scalar(text("SELECT count(*) FROM core.parked_job"))

    waiting = await parked()
    assert waiting > 0
    await change(site, tenant, resume)
    assert await parked() == 0
    await site.drain()
    async with site.context(tenant.id) as ctx:
        assert await ctx.session.scalar(text("SELECT count(*) FROM core.delivery")) >= waiting


async def test_live_streams_end_with_the_suspension(site, tenant, as_user):
    learner = await as_user("learner")
    async with site.host.live.subscribe(tenant.id, learner.user_id) as subscriber:
        await change(site, tenant, suspend)
        assert await asyncio.wait_for(subscriber.queue.get(), 30) is None


async def test_a_deletion_waits_can_be_taken_back_and_needs_the_slug(site, tenant, as_user):
    owner = await as_user("owner")
    at = site.host.clock() + 3 * DAY
    with pytest.raises(Invalid):
        await change(site, tenant, schedule_deletion, confirm="something else", at=at)
    await change(site, tenant, schedule_deletion, confirm=tenant.slug, at=at)
    assert (await owner.get("/api/v1/site")).json()["delete_at"] is not None
    assert await delete_tenant(site.host, tenant.id) is None
    await change(site, tenant, resume)
    assert (await owner.get("/api/v1/site")).json()["delete_at"] is None


async def test_the_application_cannot_delete_a_tenant_at_once(site, tenant):
    with pytest.raises(Exception, match="permission denied to delete a tenant at once"):
        await change(site, tenant, schedule_deletion, confirm=tenant.slug, at=site.host.clock())
    with pytest.raises(Exception, match="not due"):
        async with site.context(tenant.id) as ctx:
            await ctx.session.execute(text("SELECT core.remove_tenant('{}')"))


async def make_due(site, tenant):
    async with site.owner_engine.begin() as connection:
        await connection.execute(
            text("UPDATE core.tenant SET delete_at = now() - interval '1 hour' WHERE id = :id"), {"id": tenant.id}
        )
    site.host.tenants.forget()


async def test_a_deleted_tenant_leaves_no_row_file_or_key(site, tenant, as_user):
    await as_user("owner")
    key = media_key(tenant.id, "a" * 64)
    await site.host.store.put(key, b"file", content_type="text/plain")
    await site.host.redis.set(f"questline:{tenant.id}:x:y", b"1")
    async with site.context(tenant.id) as ctx:
        await ctx.audit("tenant.filled", subject=("tenant", None))
    await change(site, tenant, schedule_deletion, confirm=tenant.slug, at=site.host.clock() + 2 * DAY)
    await make_due(site, tenant)
    answer = await site.client(**{"x-questline-tenant": tenant.slug}).get("/api/v1/site")
    assert (answer.status_code, answer.json()["code"]) == (403, "tenant_deleted")

    removed = await delete_tenant(site.host, tenant.id)

    assert removed.rows["core.user_account"] == 1
    assert removed.rows["core.audit_entry"] >= 2
    assert (removed.blobs, removed.keys) == (1, 1)
    assert removed.messages >= 1
    superuser = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        for table in await tenant_tables(superuser):
            left = await superuser.fetchval(f"SELECT count(*) FROM {table.sql} WHERE tenant_id = $1", tenant.id)
            assert left == 0, table.title
        kept = await superuser.fetchrow("SELECT * FROM core.removed_tenant WHERE id = $1", tenant.id)
        assert kept["slug"] == tenant.slug
        assert kept["audit_number"] == removed.rows["core.audit_entry"]
    finally:
        await superuser.close()
    assert [blob async for blob in site.host.store.list(f"{tenant.id}/")] == []
    assert (await site.client(**{"x-questline-tenant": tenant.slug}).get("/api/v1/site")).status_code == 404
    assert await delete_tenant(site.host, tenant.id) is None


async def test_a_deletion_that_was_interrupted_goes_on(site, tenant, as_user, monkeypatch):
    await as_user("owner")
    await site.host.store.put(media_key(tenant.id, "b" * 64), b"file", content_type="text/plain")
    await change(site, tenant, schedule_deletion, confirm=tenant.slug, at=site.host.clock() + 2 * DAY)
    await make_due(site, tenant)
    async with site.context(tenant.id) as ctx:
        task_id = await ctx.session.scalar(text("SELECT id FROM core.tenant_task"))

    def stop(step, _):
        if step == "files":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await delete_tenant(site.host, tenant.id, task_id=task_id, on_step=stop)
    removed = await delete_tenant(site.host, tenant.id, task_id=task_id)
    assert removed.rows["core.user_account"] == 1
