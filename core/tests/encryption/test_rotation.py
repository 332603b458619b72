import asyncio
import os
import signal
import sys

import msgspec
import pytest
from sqlalchemy import delete, select, text

from questline_core.auth.accounts import create_user
from questline_core.auth.models import Totp
from questline_core.encryption import rotation
from questline_core.encryption.models import DataKey
from questline_core.encryption.ring import KeyRing, derived_key
from questline_core.encryption.rotation import rotate_encryption
from questline_core.encryption.usage import ring_usage
from questline_core.encryption.vault import Vault
from questline_core.mail.service import Reader, queue_mail

ROTATE = [sys.executable, "-m", "questline_cli", "keys", "rotate", "--encrypt", "--json"]


@pytest.fixture(autouse=True)
def short_lead(monkeypatch):
    monkeypatch.setattr(rotation, "LEAD", 0.05)


async def fill(site, tenant, number=3):
    async with site.context(tenant.id) as ctx:
        for count in range(number):
            email = f"person{count}@{tenant.slug}.test"
            user = await create_user(ctx, email=email, display_name="Ada", password=None)
            ctx.session.add(Totp(user_id=user.id, secret=f"secret {count}", created_at=ctx.now))
        await queue_mail(ctx, "test", Reader(email="ada@example.test", name="Ada"))


async def secrets_of(site, tenant):
    async with site.context(tenant.id) as ctx:
        return sorted(str(each.secret) for each in await ctx.session.scalars(select(Totp)))


async def keys_of(site, tenant):
    async with site.context(tenant.id) as ctx:
        return [(key.id, key.ring_key) for key in await ctx.session.scalars(select(DataKey))]


async def rotate(site, *tenants, vault=None):
    ids = [tenant.id for tenant in tenants]
    return await rotate_encryption(
        site.owner_engine, vault or site.host.vault, ids, secret=site.host.settings.secret_key
    )


async def test_everything_is_sealed_with_a_new_key_and_the_former_is_gone(site, tenant):
    await fill(site, tenant)
    before = await keys_of(site, tenant)
    result = await rotate(site, tenant)
    assert (result.values, result.removed_keys, result.lost, result.waiting) == (4, 1, 0, 0)
    after = await keys_of(site, tenant)
    assert len(after) == 1
    assert after != before
    assert await secrets_of(site, tenant) == ["secret 0", "secret 1", "secret 2"]


async def test_a_second_rotation_rotates_again_and_an_interrupted_one_is_finished(site, tenant, monkeypatch):
    await fill(site, tenant)
    other = await site.new_tenant()
    await fill(site, other)
    with monkeypatch.context() as broken:
        broken.setattr(rotation, "_remove_unused", None)
        with pytest.raises(TypeError):
            await rotate(site, tenant, other)
    half_way = {slug: await keys_of(site, each) for slug, each in (("a", tenant), ("b", other))}
    assert {slug: len(keys) for slug, keys in half_way.items()} == {"a": 2, "b": 2}
    result = await rotate(site, tenant, other)
    assert (result.resumed, result.values, result.removed_keys) == (True, 0, 2)
    kept = await keys_of(site, tenant)
    assert set(kept) < set(half_way["a"])
    again = await rotate(site, tenant, other)
    assert (again.resumed, again.values, again.removed_keys) == (False, 8, 2)
    assert await secrets_of(site, tenant) == await secrets_of(site, other) == ["secret 0", "secret 1", "secret 2"]


async def test_a_new_ring_key_takes_over_and_the_old_one_may_go(site, tenant):
    await fill(site, tenant)
    old, former = derived_key(site.host.settings.secret_key)
    new = os.urandom(32)
    both = KeyRing({"new": new, old: former})
    places = [(site.owner_engine, [tenant.id])]
    states = {key.id: key.state for key in (await ring_usage(places, both)).keys}
    assert states == {"new": "wraps", old: "needed"}
    await rotate(site, tenant, vault=Vault(both))
    assert (await ring_usage(places, both)).unused == [old]
    assert (await ring_usage(places, KeyRing({old: former}))).missing == ["new"]
    await rotate(site, tenant, vault=Vault(KeyRing({old: former, "new": new})))
    assert await secrets_of(site, tenant) == ["secret 0", "secret 1", "secret 2"]


async def test_a_value_that_does_not_open_keeps_its_key_and_is_reported(site, tenant):
    await fill(site, tenant)
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(
            text("UPDATE core.totp SET secret = set_byte(secret, 40, 255 - get_byte(secret, 40))"
                 " WHERE id = (SELECT min(id::text)::uuid FROM core.totp)")
        )  # fmt: skip
    result = await rotate(site, tenant)
    assert (result.values, result.lost, result.removed_keys) == (3, 1, 0)
    assert len(await keys_of(site, tenant)) == 2
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(delete(Totp))
    assert (await rotate(site, tenant)).lost == 0


async def test_it_goes_on_while_others_write_and_hold_rows(site, tenant):
    await fill(site, tenant, 30)
    stop = asyncio.Event()

    async def write():
        while not stop.is_set():
            async with site.context(tenant.id) as ctx:
                user = await create_user(ctx, email=f"{os.urandom(5).hex()}@w.test", display_name="W", password=None)
                ctx.session.add(Totp(user_id=user.id, secret="written meanwhile", created_at=ctx.now))

    writers = [asyncio.create_task(write()) for _ in range(2)]
    try:
        for _ in range(3):
            result = await rotate(site, tenant)
            assert (result.lost, result.waiting) == (0, 0)
    finally:
        stop.set()
        await asyncio.gather(*writers)
    found = await secrets_of(site, tenant)
    assert set(found) == {"written meanwhile", *(f"secret {number}" for number in range(30))}
    assert len(await keys_of(site, tenant)) == 1


async def test_killed_again_and_again_nothing_is_lost(site, tenant, tmp_path):
    await fill(site, tenant, 60)
    environment = command_environment(site)
    for delay in (1.2, 2.4, 3.6):
        process = await asyncio.create_subprocess_exec(
            *ROTATE, env=environment, cwd=tmp_path, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            await asyncio.wait_for(process.wait(), delay)
        except TimeoutError:
            process.send_signal(signal.SIGKILL)
            await process.wait()
        assert await secrets_of(site, tenant) == sorted(f"secret {number}" for number in range(60))
    async with asyncio.timeout(120):  # the database may take a moment to see that the killed one is gone
        waiting = None
        while waiting != 0:
            process = await asyncio.create_subprocess_exec(
                *ROTATE, env=environment, cwd=tmp_path, stdout=asyncio.subprocess.PIPE
            )
            output, _ = await process.communicate()
            waiting = msgspec.json.decode(output)["waiting"]  # other tests' tenants may have values that do not open
    assert len(await keys_of(site, tenant)) == 1
    assert await secrets_of(site, tenant) == sorted(f"secret {number}" for number in range(60))


def command_environment(site):
    settings = site.host.settings
    own = {name: value for name, value in os.environ.items() if not name.startswith("QUESTLINE_")}
    return own | {
        "QUESTLINE_HOME": settings.home,
        "QUESTLINE_DATABASE_URL": settings.database_url,
        "QUESTLINE_OWNER_DATABASE_URL": settings.owner_database_url,
        "QUESTLINE_REDIS_URL": settings.redis_url,
        "QUESTLINE_SECRET_KEY": settings.secret_key,
    }
