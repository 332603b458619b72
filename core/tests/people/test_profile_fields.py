"""Custom fields of profiles: declared by plugins, checked, shown to whom they may be."""

import importlib
import zipfile

import asyncpg
import pytest
from sqlalchemy import select

from questline_core.auth.accounts import delete_user
from questline_core.generations import purge
from questline_core.people.fields import TenantFields, read_value
from questline_core.people.models import ProfileValue
from questline_core.plugins.loader import load_plugins, make_manager
from questline_core.plugins.service import set_enabled
from questline_core.privacy.person import erase_user, export_user
from questline_sdk.profiles import ProfileFields


async def fields_of(client):
    return {each["name"]: each for each in (await client.get("/api/v1/profile")).json()["fields"]}


async def test_hook_register_profile_fields(site, tenant):
    async with site.context(tenant.id) as ctx:
        assert list(await ctx.service(ProfileFields).all())[:2] == ["crm.department", "crm.level"]
        await set_enabled(ctx, "crm", enabled=False)
    async with site.context(tenant.id) as ctx:
        assert not await ctx.service(ProfileFields).all()


async def test_people_see_and_change_their_own_fields(as_user, site, tenant):
    ada = await as_user("learner")
    shown = await fields_of(ada)
    assert [(name, each["editable"]) for name, each in shown.items()] == [
        ("crm.department", True),
        ("crm.level", True),
        ("crm.since", False),
        ("crm.hours", True),
        ("crm.remote", True),
    ]
    assert shown["crm.department"]["label"] == {"en": "Department", "de": "Abteilung"}
    given = {"crm.department": " Sales ", "crm.level": "senior", "crm.hours": 12.5, "crm.remote": True}
    answer = await ada.patch("/api/v1/profile", json={"given_name": "Ada", "family_name": " L ", "fields": given})
    assert answer.status_code == 200
    assert (answer.json()["given_name"], answer.json()["family_name"]) == ("Ada", "L")
    assert {name: each["value"] for name, each in (await fields_of(ada)).items()} == {
        "crm.department": "Sales",
        "crm.level": "senior",
        "crm.since": None,
        "crm.hours": 12.5,
        "crm.remote": True,
    }
    async with site.context(tenant.id) as ctx:
        assert await ctx.service(ProfileFields).values([ada.user_id], "crm.level") == {ada.user_id: "senior"}
    await ada.patch("/api/v1/profile", json={"given_name": "", "fields": {"crm.level": None, "crm.department": " "}})
    assert (await ada.get("/api/v1/profile")).json()["given_name"] is None
    assert {name for name, each in (await fields_of(ada)).items() if each["value"] is not None} == {
        "crm.hours",
        "crm.remote",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("crm.department", "x" * 21),
        ("crm.department", "a\u0000b"),
        ("crm.department", 3),
        ("crm.level", "master"),
        ("crm.level", True),
        ("crm.hours", "many"),
        ("crm.hours", True),
        ("crm.hours", 1e300),
        ("crm.remote", "yes"),
        ("crm.since", "2026-01-01"),
        ("crm.note", "mine"),
        ("crm.unknown", "x"),
    ],
)
async def test_what_is_not_accepted_is_refused_and_named(as_user, name, value):
    ada = await as_user("learner")
    answer = await ada.patch("/api/v1/profile", json={"fields": {name: value}})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, f"fields.{name}")


async def test_values_are_handed_out_and_removed_with_their_person(as_user, site, tenant):
    ada = await as_user("learner")
    await ada.patch("/api/v1/profile", json={"fields": {"crm.department": "Sales"}})
    async with site.context(tenant.id) as ctx:
        kept = (await export_user(ctx, ada.user_id))["core"]["profile_value"]
        assert [(row["field"], row["value"]) for row in kept] == [("crm.department", "Sales")]
        await erase_user(ctx, ada.user_id)
    async with site.context(tenant.id) as ctx:
        assert await ctx.session.get(ProfileValue, (tenant.id, ada.user_id, "crm.department")) is None


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("crm.remote", "Ja", True),
        ("crm.remote", "no", False),
        ("crm.remote", "", None),
        ("crm.hours", "12", 12),
        ("crm.hours", "3.5", 3.5),
        ("crm.since", "2026-11-22", "2026-11-22"),
    ],
)
async def test_cells_are_read(site, tenant, name, text, value):
    async with site.context(tenant.id) as ctx:
        assert read_value((await TenantFields(ctx).all())[name], text) == value


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ('name="other.x"', "must start with 'crm2.'"),
        ('name="crm2.X y"', "must be the plugin's id, a dot and a word"),
        ('name="crm2.x", label={"de": "X"}', "needs a label and a purpose in English"),
        ('name="crm2.x", kind="choice"', "needs choices"),
        ('name="crm2.x", seen_by="managers"', "cannot be edited by people who may not see it"),
        ('name="crm2.x", max_length=0', "must allow 1 to"),
    ],
)
def test_a_field_that_cannot_work_fails_its_plugin(build_plugin, field, words):
    texts = ", ".join(each for each in ('label={"en": "X"}', 'purpose={"en": "Why."}') if each[:5] not in field)
    code = f"""
        from questline_sdk import Plugin, hookimpl
        from questline_sdk.profiles import ProfileField

        class Crm(Plugin):
            @hookimpl
            def register_profile_fields(self):
                return [ProfileField({field}, {texts})]

        plugin = Crm()
        """
    entry = build_plugin("crm2", code)
    importlib.invalidate_caches()
    (record,) = load_plugins([entry], make_manager())
    assert words in (record.reason or "")


async def test_a_purge_of_a_plugin_takes_what_people_have_in_its_fields(site, tenant, as_user, tmp_path):
    ada = await as_user("learner")
    async with site.context(tenant.id) as ctx:
        for field in ("gone_by.level", "gone_by.since", "goneXby.level"):
            ctx.session.add(ProfileValue(user_id=ada.user_id, field=field, value="x"))
    url = (site.host.settings.owner_database_url or site.services.owner_database_url).replace("+asyncpg", "")
    connection = await asyncpg.connect(url)
    try:
        assert (await purge.remains_of(connection, "gone_by")).profile_values == 2
        await purge.export(connection, "gone_by", tmp_path / "gone.zip")
        await purge.remove(connection, "gone_by")
        assert (await purge.remains_of(connection, "gone_by")).profile_values == 0
    finally:
        await connection.close()
    with zipfile.ZipFile(tmp_path / "gone.zip") as archive:
        lines = archive.read("core.profile_value.jsonl").splitlines()
    assert len(lines) == 2
    async with site.context(tenant.id) as ctx:
        assert [each.field for each in await ctx.session.scalars(select(ProfileValue))] == ["goneXby.level"]


async def test_who_is_deleted_leaves_nothing_in_fields(site, tenant, as_user):
    ada = await as_user("learner")
    async with site.context(tenant.id) as ctx:
        ctx.session.add(ProfileValue(user_id=ada.user_id, field="crm.department", value="x"))
    async with site.context(tenant.id) as ctx:
        await delete_user(ctx, ada.user_id)
    async with site.context(tenant.id) as ctx:
        assert list(await ctx.session.scalars(select(ProfileValue))) == []
