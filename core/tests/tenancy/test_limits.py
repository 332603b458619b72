"""Limits hold in the transaction that would go past them, however many there are at once."""

import asyncio

import pytest
from sqlalchemy import text

from questline_core.auth.accounts import create_user, delete_user
from questline_core.storage.counted import delete_blob, put_blob
from questline_core.storage.routes import media_key
from questline_core.tenancy.limits import AISpend, read_usage, set_limits
from questline_core.tenancy.refusals import LimitReachedError
from questline_core.tenancy.schemas import Limits


async def limit(site, tenant, **limits):
    await set_limits(site.owner_engine, tenant.id, Limits(**limits))
    site.host.tenants.forget()


async def used(site, tenant):
    async with site.context(tenant.id) as ctx:
        return {each.name: each.used for each in await read_usage(ctx)}


async def add(site, tenant, number):
    async with site.context(tenant.id) as ctx:
        return await create_user(ctx, email=f"u{number}@example.test", display_name="U", password=None)


async def test_of_many_sign_ups_at_once_no_more_come_in_than_may(site, tenant):
    await limit(site, tenant, users=5)
    outcomes = await asyncio.gather(*(add(site, tenant, number) for number in range(12)), return_exceptions=True)
    refused = [each for each in outcomes if isinstance(each, LimitReachedError)]
    assert (len(outcomes) - len(refused), len(refused)) == (5, 7)
    assert "5 users" in refused[0].detail
    assert "ask whoever runs" in refused[0].detail
    assert (await used(site, tenant))["users"] == 5
    async with site.context(tenant.id) as ctx:
        await delete_user(ctx, await ctx.session.scalar(text("SELECT id FROM core.user_account LIMIT 1")))
    assert (await used(site, tenant))["users"] == 4
    await add(site, tenant, "late")


async def test_one_statement_with_many_rows_is_counted_too(site, tenant):
    await limit(site, tenant, users=3)
    with pytest.raises(Exception, match="limit of 3 for users"):
        async with site.context(tenant.id) as ctx:
            await ctx.session.execute(
                text(
                    "INSERT INTO core.user_account (email, display_name, role)"
                    " SELECT 'x' || n || '@example.test', 'X', 'learner' FROM generate_series(1, 4) AS n"
                )
            )


async def test_files_are_counted_once_and_given_back(site, tenant):
    await limit(site, tenant, storage_bytes=100)
    keys = [media_key(tenant.id, letter * 64) for letter in "abc"]

    async def put(key, size):
        async with site.context(tenant.id) as ctx:
            await put_blob(ctx, key, b"x" * size, content_type="text/plain")

    await put(keys[0], 60)
    await put(keys[0], 60)
    with pytest.raises(LimitReachedError, match="100 bytes"):
        await put(keys[1], 60)
    assert [blob.key async for blob in site.host.store.list(f"{tenant.id}/")] == [keys[0]]
    async with site.context(tenant.id) as ctx:
        await delete_blob(ctx, keys[0])
    outcomes = await asyncio.gather(*(put(key, 60) for key in keys), return_exceptions=True)
    assert sum(isinstance(each, LimitReachedError) for each in outcomes) == 2
    assert (await used(site, tenant))["storage_bytes"] == 60


async def test_ai_is_charged_up_to_the_months_limit(site, tenant):
    await limit(site, tenant, ai_micros_per_month=1000)

    async def charge(micros):
        async with site.context(tenant.id) as ctx:
            return await ctx.service(AISpend).charge(micros)

    assert await charge(400) == 400
    outcomes = await asyncio.gather(*(charge(400) for _ in range(3)), return_exceptions=True)
    assert sum(isinstance(each, LimitReachedError) for each in outcomes) == 2
    async with site.context(tenant.id) as ctx:
        assert await ctx.service(AISpend).left() == 200


async def test_the_api_says_what_is_used_and_refuses_with_what_to_do(site, tenant, as_user):
    admin = await as_user("admin")
    await limit(site, tenant, users=1)
    answer = await admin.get("/api/v1/tenant/limits")
    users = next(each for each in answer.json()["limits"] if each["name"] == "users")
    assert users == {"name": "users", "used": 1, "limit": 1, "own": True}
    person = {"email": "new@example.test", "password": "a long enough passphrase 7", "display_name": "New"}
    visitor = site.client(**{"x-questline-tenant": tenant.slug})
    answer = await visitor.post("/api/v1/auth/sign-up", json=person)
    assert answer.status_code == 409, answer.text
    assert answer.json()["code"] == "limit_reached"
