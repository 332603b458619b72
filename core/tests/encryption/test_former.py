import msgspec
import pytest
from sqlalchemy import select, text

from questline_core.auth.accounts import create_user
from questline_core.auth.models import Totp
from questline_core.auth.sealing import Sealer
from questline_core.encryption.former import is_pending, seal_former
from questline_core.mail.compose import Content
from questline_core.mail.models import Mail
from questline_core.mail.service import Reader, queue_mail
from questline_core.plugins.models import PluginSetting

FIELDS = {"ai_openai": {"api_key"}}


@pytest.fixture
async def left_behind(site, tenant):
    """A tenant as a version before the key ring has left it."""
    secret = site.host.settings.secret_key
    async with site.context(tenant.id) as ctx:
        user = await create_user(ctx, email="ada@example.test", display_name="Ada", password=None)
        totp = Totp(user_id=user.id, secret="new", created_at=ctx.now)
        ctx.session.add(totp)
        mail_id = await queue_mail(ctx, "test", Reader(email="ada@example.test", name="Ada"))
        content = (await ctx.session.get_one(Mail, (tenant.id, mail_id))).content
        sealed = Sealer(secret, "totp secret").seal(b"former", of=user.id.bytes)
        mail = Sealer(secret, "mail").seal(msgspec.json.encode(content), of=mail_id.bytes)
        await ctx.session.execute(text("UPDATE core.totp SET secret = :value"), {"value": sealed})
        await ctx.session.execute(text("UPDATE core.mail SET content = :value"), {"value": mail})
        ctx.session.add(
            PluginSetting(tenant_id=tenant.id, plugin_id="ai_openai", values={"api_key": "k", "model": "m"})
        )
    async with site.owner_engine.begin() as connection:
        await connection.execute(text("INSERT INTO core.key_rotation (kind) VALUES ('former')"))
    return content


async def run(site, tenant):
    secret = site.host.settings.secret_key
    return await seal_former(site.owner_engine, site.host.vault, [tenant.id], secret=secret, secret_fields=FIELDS)


async def test_what_an_earlier_version_left_is_sealed_once(site, tenant, left_behind):
    assert await is_pending(site.owner_engine)
    assert await run(site, tenant) == 3
    assert not await is_pending(site.owner_engine)
    assert await run(site, tenant) == 0
    async with site.context(tenant.id) as ctx:
        assert (await ctx.session.scalars(select(Totp))).one().secret == "former"
        assert (await ctx.session.scalars(select(Mail))).one().content == left_behind
        stored = (await ctx.session.scalars(select(PluginSetting))).one()
        assert (stored.values, stored.secrets) == ({"model": "m"}, {"api_key": "k"})
    assert isinstance(left_behind, Content)


async def test_a_secret_in_the_open_is_added_to_those_that_are_sealed(site, tenant, left_behind):
    await run(site, tenant)
    async with site.context(tenant.id) as ctx:
        stored = (await ctx.session.scalars(select(PluginSetting))).one()
        stored.values = {"model": "m", "other_key": "o"}
    more = {"ai_openai": {"api_key", "other_key"}}
    secret = site.host.settings.secret_key
    await seal_former(site.owner_engine, site.host.vault, [tenant.id], secret=secret, secret_fields=more)
    async with site.context(tenant.id) as ctx:
        stored = (await ctx.session.scalars(select(PluginSetting))).one()
        assert (stored.values, stored.secrets) == ({"model": "m"}, {"api_key": "k", "other_key": "o"})
