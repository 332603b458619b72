"""What declarations lead to: plugins that must not load, the register, and rows that are cleared in time."""

import datetime as dt

import pytest

from questline_core.mail.models import Mail
from questline_core.plugins.loader import load_plugins, make_manager
from questline_core.plugins.registry import State
from questline_core.privacy.register import as_csv, register
from questline_core.privacy.retention import clear, schedules

KEEPS = """
import sqlalchemy as sa
from questline_sdk import Plugin, hookimpl
from questline_sdk.db import personal, schema_metadata

metadata = schema_metadata("{id}")
words = personal(category="content", purpose="shown to the person")
note = sa.Table("note", metadata, sa.Column("user_id", sa.Uuid), sa.Column("words", sa.Text, info=words))

class Keeper(Plugin):
{hooks}

plugin = Keeper()
"""
NOTHING = "    title = 'Keeper'"
ERASES = "    @hookimpl\n    async def erase_personal_data(self, ctx, user_id): ..."


def test_a_plugin_that_keeps_personal_data_and_hands_out_none_does_not_load(build_plugin):
    entry = build_plugin("keeper", KEEPS.format(id="keeper", hooks=NOTHING))
    (record,) = load_plugins([entry], make_manager(), timeout=60)
    assert record.state is State.FAILED
    assert "keeps personal data (keeper.note.words) but implements neither" in str(record.reason)


def test_a_plugin_that_removes_them_loads(build_plugin):
    entry = build_plugin("eraser", KEEPS.format(id="eraser", hooks=ERASES))
    (record,) = load_plugins([entry], make_manager(), timeout=60)
    assert record.state is State.ACTIVE, record.reason


async def test_the_register_says_what_every_column_is_for(site, as_user):
    admin = await as_user("admin")
    entries = (await admin.get("/api/v1/privacy/register")).json()["entries"]
    (email,) = [each for each in entries if (each["table"], each["column"]) == ("user_account", "email")]
    assert (email["category"], email["retention"]) == ("contact", "until the account is erased")
    text = (await admin.get("/api/v1/privacy/register/export")).text
    assert text == as_csv(register(site.host.registry))
    assert len(text.splitlines()) == len(entries) + 1


@pytest.fixture
def post_mail(site, tenant):
    async def post(days):
        async with site.context(tenant.id) as ctx:
            made = ctx.now - dt.timedelta(days=days)
            ctx.session.add(Mail(kind="test", recipient="a@example.test", language="en", state="sent", created_at=made))

    return post


async def days_of(site, tenant):
    async with site.context(tenant.id) as ctx:
        return {each.table: (each.days, each.due) for each in await schedules(ctx)}


async def test_what_is_past_its_time_is_cleared_and_a_tenant_may_shorten_it(site, tenant, as_user, prove, post_mail):
    for age in (5, 20, 40):
        await post_mail(age)
    assert (await days_of(site, tenant))["core.mail"] == (30, 1)
    admin = await prove(await as_user("admin"))
    longer = await admin.put("/api/v1/privacy/settings", json={"retention": {"core.mail": 31}})
    assert longer.status_code == 422
    shorter = await admin.put("/api/v1/privacy/settings", json={"retention": {"core.mail": 10}})
    assert shorter.status_code == 200, shorter.text
    assert (await days_of(site, tenant))["core.mail"] == (10, 2)
    async with site.context(tenant.id) as ctx:
        assert await clear(ctx) == {"core.mail": 2}
    assert (await days_of(site, tenant))["core.mail"] == (10, 0)
