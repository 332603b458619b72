"""A tenant moves from one database to the other while it is written to: nothing is lost, nothing doubled."""

import asyncio

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from questline_core.audit.verify import verify
from questline_core.auth.accounts import create_user
from questline_core.db.engine import make_engine
from questline_core.tenancy.move import Move
from questline_core.tenancy.tables import tenant_tables
from questline_sdk import Conflict, NotFound
from questline_sdk.events import UserLoggedIn

STILL_THERE = "(data ->> 'user_id')::uuid IN (SELECT id FROM core.user_account)"


async def add_user(site, tenant, number):
    async with site.context(tenant.id) as ctx:
        user = await create_user(ctx, email=f"u{number}@example.test", display_name=f"U {number}", password=None)
        await ctx.audit("tenant.counted", subject=("user", user.id), after={"number": number})
        await ctx.publish(UserLoggedIn(user_id=user.id))
        return user.id


async def count(site, tenant, name):
    connection = await asyncpg.connect(site.host.settings.owner_urls[name])
    try:
        await connection.execute("SELECT set_config('questline.tenant_id', $1, false)", str(tenant.id))
        return {
            t.title: await connection.fetchval(f"SELECT count(*) FROM {t.sql} WHERE tenant_id = $1", tenant.id)
            for t in await tenant_tables(connection)
        }
    finally:
        await connection.close()


async def writing(site, tenant, stop, written, refused, target):
    number = 0
    while not stop.is_set():
        await asyncio.sleep(0.02)  # all the time, but not so fast that the handlers take longer than the test
        number += 1
        try:
            user_id = await add_user(site, tenant, f"{target}-{number}")
            if number % 3 == 0:
                async with site.context(tenant.id) as ctx:
                    await ctx.session.execute(text("DELETE FROM core.user_account WHERE id = :id"), {"id": user_id})
            elif number % 3 == 1:
                async with site.context(tenant.id) as ctx:
                    await ctx.session.execute(
                        text("UPDATE core.user_account SET display_name = 'changed' WHERE id = :id"), {"id": user_id}
                    )
                written.add(user_id)
            else:
                written.add(user_id)
        except DBAPIError as error:
            if "read-only" not in str(error):
                raise
            refused.append(number)
            await asyncio.sleep(0)


async def test_a_tenant_moves_there_and_back_under_constant_writes(two):
    tenant = await two.new_tenant()
    other = await two.new_tenant()
    first = {await add_user(two, tenant, number) for number in range(50)}
    await add_user(two, other, 1)
    for source, target in (("main", "east"), ("east", "main")):
        stop, written, refused = asyncio.Event(), set(), []
        writer = asyncio.create_task(writing(two, tenant, stop, written, refused, target))
        while len(written) < 10 and not writer.done():
            await asyncio.sleep(0.01)
        report = await Move(two.host.settings.owner_urls, tenant.id).run(target)
        enough = len(written) + 10
        while len(written) < enough and not writer.done():
            await asyncio.sleep(0.01)
        stop.set()
        await writer
        assert len(written) > 10
        first |= written
        assert (report.source, report.target) == (source, target)
        assert (await two.host.tenants.get(tenant.id)).shard == (None if target == "main" else target)
        async with two.context(tenant.id) as ctx:
            kept = set(await ctx.session.scalars(text("SELECT id FROM core.user_account")))
            used = await ctx.session.scalar(text("SELECT amount FROM core.tenant_usage WHERE what = 'users'"))
        assert first <= kept
        assert used == len(kept)
        engine = make_engine(two.host.settings.owner_urls[target], pool_size=1)
        assert (await verify(engine, tenant.id, tenant.slug)).flaws == []
        await engine.dispose()
        await two.drain()
        async with two.context(tenant.id) as ctx:
            events = await ctx.session.scalar(text(f"SELECT count(*) FROM core.event WHERE {STILL_THERE}"))
            handled = await ctx.session.scalar(
                text(
                    "SELECT count(DISTINCT message_id) FROM core.delivery JOIN core.event ON event.id = message_id"
                    f" WHERE {STILL_THERE}"
                )
            )
        assert handled == events
        cleaned = await Move(two.host.settings.owner_urls, tenant.id).clean()
        assert cleaned.removed > 0
        assert set((await count(two, tenant, source)).values()) == {0}
    assert (await count(two, other, "main"))["core.user_account"] == 1


async def test_requests_are_answered_where_the_tenant_lives(two):
    tenant = await two.new_tenant()
    admin = await two.sign_in(tenant, "admin")
    await Move(two.host.settings.owner_urls, tenant.id).run("east")
    two.host.tenants.forget()
    assert (await admin.get("/api/v1/me")).json()["id"] == str(admin.user_id)
    assert (await admin.patch("/api/v1/me", json={"display_name": "Moved"})).status_code == 200
    assert (await count(two, tenant, "east"))["core.user_account"] == 1
    look = {"theme": "aurora", "version": 0, "site_name": "Far school", "tokens": {}, "strings": {}}
    assert (await admin.put("/api/v1/tenant/theme/changes", json=look)).status_code == 200
    two.host.tenants.forget()
    assert (await admin.get("/api/v1/site")).json()["name"] == "Far school"


async def test_in_the_window_writes_get_503_with_retry_after_and_reads_go_on(two):
    tenant = await two.new_tenant()
    admin = await two.sign_in(tenant, "admin")
    connection = await asyncpg.connect(two.host.settings.owner_urls["main"])
    try:
        await connection.execute("UPDATE core.tenant SET read_only = true WHERE id = $1", tenant.id)
        assert (await admin.get("/api/v1/me")).status_code == 200
        answer = await admin.patch("/api/v1/me", json={"display_name": "Late"})
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        await connection.execute("UPDATE core.tenant SET read_only = false WHERE id = $1", tenant.id)
        assert (await admin.patch("/api/v1/me", json={"display_name": "Late"})).status_code == 200
    finally:
        await connection.close()


async def test_what_cannot_be_moved_says_why(two):
    tenant = await two.new_tenant(plugins=())
    urls = two.host.settings.owner_urls
    with pytest.raises(NotFound, match="no database 'west'"):
        await Move(urls, tenant.id).run("west")
    holder = Move(urls, tenant.id)
    connection = await asyncpg.connect(urls["main"])
    try:
        await holder._lock(connection)
        with pytest.raises(Conflict, match="Another process"):
            await Move(urls, tenant.id).run("east")
    finally:
        await connection.close()
