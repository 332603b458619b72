import secrets

import pytest
from sqlalchemy import insert, select, text, update

from questline_core.auth.accounts import create_user
from questline_core.auth.models import Totp
from questline_core.encryption.models import DataKey
from questline_core.encryption.ring import KeyRing
from questline_core.encryption.vault import Vault
from questline_sdk.db import SealedError
from questline_sdk.db.sealed import Ciphertext, Lost

SECRET = "JBSWY3DPEHPK3PXP"


async def plant(site, tenant, secret=SECRET):
    """A user with an authenticator app."""
    async with site.context(tenant.id) as ctx:
        email = f"{secrets.token_hex(4)}@example.test"
        user = await create_user(ctx, email=email, display_name="Ada", password=None)
        totp = Totp(user_id=user.id, secret=secret, created_at=ctx.now)
        ctx.session.add(totp)
        await ctx.session.flush()
        assert totp.secret == secret
        return totp.id


async def stored(site, tenant, totp_id):
    """What lies in the database."""
    async with site.context(tenant.id) as ctx:
        return await ctx.session.scalar(text("SELECT secret FROM core.totp WHERE id = :id"), {"id": totp_id})


async def loaded(site, tenant, totp_id):
    """What an object of the ORM has."""
    async with site.context(tenant.id) as ctx:
        return (await ctx.session.scalars(select(Totp).where(Totp.id == totp_id))).one().secret


async def tamper(site, tenant, statement, **values):
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(text(statement), values)


async def test_an_object_holds_the_plain_value_and_the_database_does_not(site, tenant):
    totp_id = await plant(site, tenant)
    assert SECRET.encode() not in await stored(site, tenant, totp_id)
    assert await loaded(site, tenant, totp_id) == SECRET


async def test_a_change_is_sealed_and_what_did_not_change_stays(site, tenant):
    totp_id = await plant(site, tenant)
    before = await stored(site, tenant, totp_id)
    for secret, same in (("other", False), ("other", True)):
        async with site.context(tenant.id) as ctx:
            totp = await ctx.session.get_one(Totp, (tenant.id, totp_id))
            totp.secret, totp.last_step = secret, totp.last_step + 1
            await ctx.session.flush()
            assert totp.secret == "other"
        after = await stored(site, tenant, totp_id)
        assert (after == before) is same
        before = after
    assert await loaded(site, tenant, totp_id) == "other"


async def test_the_same_value_is_never_sealed_alike(site, tenant):
    first, second = await plant(site, tenant), await plant(site, tenant)
    assert (await stored(site, tenant, first))[17:] != (await stored(site, tenant, second))[17:]


async def test_a_value_opens_only_in_its_own_row(site, tenant):
    first, second = await plant(site, tenant, "first"), await plant(site, tenant, "second")
    await tamper(
        site, tenant, "UPDATE core.totp SET secret = (SELECT secret FROM core.totp WHERE id = :a) WHERE id = :b",
        a=first, b=second,
    )  # fmt: skip
    lost = await loaded(site, tenant, second)
    assert isinstance(lost, Lost)
    for use in (str, bytes, len, list, lambda value: value.encode(), lambda value: value[0]):
        with pytest.raises(SealedError, match=r"core\.totp\.secret"):
            use(lost)
    assert "altered, or belongs to another row" in repr(lost)


async def test_a_value_of_another_tenant_does_not_open(site, tenant):
    other = await site.new_tenant()
    theirs, ours = await plant(site, other), await plant(site, tenant)
    taken = await stored(site, other, theirs)
    await tamper(site, tenant, "UPDATE core.totp SET secret = :taken WHERE id = :id", taken=taken, id=ours)
    assert "its data key is gone" in repr(await loaded(site, tenant, ours))


async def test_an_altered_value_does_not_open(site, tenant):
    totp_id = await plant(site, tenant)
    for place in (0, 1, 20, -1):
        good = await stored(site, tenant, totp_id)
        bad = bytearray(good)
        bad[place] ^= 1
        await tamper(site, tenant, "UPDATE core.totp SET secret = :bad WHERE id = :id", bad=bytes(bad), id=totp_id)
        assert isinstance(await loaded(site, tenant, totp_id), Lost)
        await tamper(site, tenant, "UPDATE core.totp SET secret = :good WHERE id = :id", good=good, id=totp_id)
    assert await loaded(site, tenant, totp_id) == SECRET


async def test_without_its_key_a_tenants_secrets_are_gone_and_new_ones_are_kept(site, tenant):
    other = await site.new_tenant()
    theirs, ours = await plant(site, other), await plant(site, tenant)
    async with site.owner_engine.begin() as connection:
        await connection.execute(text(f"SET LOCAL questline.tenant_id = '{tenant.id}'"))
        await connection.execute(text("DELETE FROM core.data_key"))
    assert "gone" in repr(await loaded(site, tenant, ours))
    assert await loaded(site, other, theirs) == SECRET
    assert await loaded(site, tenant, await plant(site, tenant, "new")) == "new"


async def test_statements_that_are_not_about_objects_neither_write_nor_read(site, tenant):
    totp_id = await plant(site, tenant)
    async with site.context(tenant.id) as ctx:
        for statement in (insert(Totp).values(user_id=totp_id, secret="x"), update(Totp).values(secret="x")):
            with pytest.raises(Exception, match="through an object of the ORM"):
                await ctx.session.execute(statement)
        found = await ctx.session.scalar(select(Totp.secret).where(Totp.id == totp_id))
    assert isinstance(found, Ciphertext)
    assert repr(found).startswith("<sealed, ")


async def test_a_tenant_has_one_key_that_the_rings_active_key_wraps(site, tenant):
    await plant(site, tenant)
    await plant(site, tenant)
    async with site.context(tenant.id) as ctx:
        keys = list(await ctx.session.scalars(select(DataKey)))
    assert [key.ring_key for key in keys] == [site.host.vault.ring.active]


async def test_another_ring_opens_nothing(site, tenant):
    totp_id = await plant(site, tenant)
    async with site.context(tenant.id) as ctx:
        ctx.session.info["questline.vault"] = (Vault(KeyRing({"other": bytes(32)})), tenant.id)
        lost = (await ctx.session.scalars(select(Totp).where(Totp.id == totp_id))).one().secret
        assert "the key ring has no key" in repr(lost)


async def test_the_application_cannot_remove_or_replace_a_key(site, tenant):
    await plant(site, tenant)
    for statement in ("DELETE FROM core.data_key", "UPDATE core.data_key SET wrapped = ''"):
        async with site.context(tenant.id) as ctx:
            with pytest.raises(Exception, match="permission denied"):
                await ctx.session.execute(text(statement))
            await ctx.session.rollback()
