"""Settings: what holds where, where it comes from, and how it is inherited again."""

import asyncio
from importlib.metadata import distributions

import pytest
import pytest_asyncio
from sqlalchemy import text

from questline_core.content.models import Course
from questline_core.packs.service import enable_pack
from questline_core.plugins.loader import load_plugins, make_manager
from questline_core.testing import TestSite

PACK = (
    "PACK = Pack(id='bright', title='Bright', plugins={'one': ''}, settings={'one': {'colour': 'yellow', 'size': 5}})"
)


@pytest_asyncio.fixture(loop_scope="session")
async def cascade(own, build_pack):
    """A site whose operator has set two fields and a tenant that has the pack on; an admin, and a course."""
    build_pack("bright", PACK)
    entries = [record.plugin.__class__.package for record in own.site.host.registry.active]
    found = [
        entry
        for distribution in distributions(path=[str(entries[0].parent)])
        for entry in distribution.entry_points
        if entry.group == "questline.plugins.v1"
    ]
    settings = {"one": {"size": 4, "most": 20}}
    async with TestSite.open(found, services=own.site.services, plugin_settings=settings) as site:
        async with site.context(own.tenant.id) as ctx:
            course = Course(slug="course")
            ctx.session.add(course)
            await enable_pack(ctx, "bright")
            await ctx.session.flush()
            course_id = course.id
        async with await site.sign_in(own.tenant, "admin") as admin:
            admin.site, admin.course, admin.settings_type = site, course_id, own.one.Settings
            yield admin


async def form(admin, **query):
    answer = await admin.get("/api/v1/plugins/one/settings", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def save(admin, values, **query):
    answer = await admin.put("/api/v1/plugins/one/settings", json=values, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def holds(admin, course_id=None):
    async with admin.site.context(admin.tenant_id) as ctx:
        return await ctx.settings(admin.settings_type, course_id=course_id)


async def test_each_level_gives_way_to_the_next(cascade):
    shown = await form(cascade)
    assert shown["values"] == {"colour": "yellow", "size": 5, "most": 20, "key": ""}
    assert shown["own"] == []
    assert shown["sources"] == {
        "colour": {"level": "pack", "pack": "bright"},
        "size": {"level": "pack", "pack": "bright"},
        "most": {"level": "system", "pack": None},
        "key": {"level": "default", "pack": None},
    }
    saved = await save(cascade, {"colour": "blue"})
    assert (saved["values"]["colour"], saved["inherited"]["colour"], saved["own"]) == ("blue", "yellow", ["colour"])
    course = str(cascade.course)
    assert (await form(cascade, course_id=course))["sources"] == {"colour": {"level": "tenant", "pack": None}}
    await save(cascade, {"colour": "green"}, course_id=course)
    assert (await holds(cascade)).colour == "blue"
    assert (await holds(cascade, cascade.course)).colour == "green"
    assert (await holds(cascade, cascade.course)).size == 5


async def test_what_is_left_out_is_inherited_again(cascade):
    course = str(cascade.course)
    await save(cascade, {"colour": "blue", "key": "open sesame"})
    await save(cascade, {"colour": "green"}, course_id=course)
    again = await save(cascade, {}, course_id=course)
    assert (again["own"], again["values"]["colour"]) == ([], "blue")
    assert (await holds(cascade, cascade.course)).colour == "blue"
    kept = await save(cascade, {"key": ""})
    assert (kept["own"], kept["filled_secrets"]) == (["key"], ["key"])
    assert (await holds(cascade)).key == "open sesame"
    gone = await save(cascade, {})
    assert (gone["own"], gone["filled_secrets"], gone["values"]["colour"]) == ([], [], "yellow")
    assert (await holds(cascade)).key == ""


async def test_a_course_sets_only_what_may_differ_between_courses(cascade):
    course = str(cascade.course)
    assert list((await form(cascade, course_id=course))["schema"]["properties"]) == ["colour"]
    answer = await cascade.put("/api/v1/plugins/one/settings", json={"size": 6}, params={"course_id": course})
    assert (answer.status_code, answer.json()["errors"]) == (
        422,
        [{"field": "size", "message": "is set for the whole site"}],
    )
    answer = await cascade.get("/api/v1/plugins/one/settings", params={"course_id": str(cascade.user_id)})
    assert (answer.status_code, answer.json()["code"]) == (404, "course_not_found")


async def test_every_wrong_field_is_named_and_rules_name_theirs(cascade):
    answer = await cascade.put("/api/v1/plugins/one/settings", json={"size": 0, "colour": "x" * 11})
    assert [error["field"] for error in answer.json()["errors"]] == ["size", "colour"]
    answer = await cascade.put("/api/v1/plugins/one/settings", json={"most": 2})
    assert answer.json()["errors"] == [{"field": "most", "message": "must not be below the size"}]


async def test_a_stored_value_that_no_longer_fits_gives_way(cascade):
    async with cascade.site.context(cascade.tenant_id) as ctx:
        await ctx.session.execute(
            text("INSERT INTO core.plugin_setting (plugin_id, values) VALUES ('one', '{\"size\": \"huge\"}')")
        )
    cascade.site.host.plugin_settings.forget()
    assert (await holds(cascade)).size == 5


async def test_settings_are_built_once(cascade):
    assert await holds(cascade) is await holds(cascade)


async def test_a_change_reaches_another_process(cascade, own):
    heard = asyncio.Event()
    other = own.site.host
    async with other.context(own.tenant.id) as ctx:
        assert (await ctx.settings(own.one.Settings, course_id=cascade.course)).colour == "yellow"
    other.enablement.on_change.append(lambda tenant_id: heard.set() if tenant_id == own.tenant.id else None)
    try:
        await save(cascade, {"colour": "pink"}, course_id=str(cascade.course))
        await asyncio.wait_for(heard.wait(), 60)
    finally:
        other.enablement.on_change.pop()
    async with other.context(own.tenant.id) as ctx:
        assert (await ctx.settings(own.one.Settings, course_id=cascade.course)).colour == "pink"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"size": 0}, "questline.toml: plugin_settings.good.size: Expected `int` >= 1"),
        ({"size": 3, "most": 2}, "questline.toml: plugin_settings.good.most: must not be below the size"),
        ({"colours": "red"}, "questline.toml: plugin_settings.good.values: Object contains unknown field `colours`"),
    ],
)
def test_a_plugin_does_not_start_with_values_it_cannot_read(build_plugin, plugin_code, values, why):
    (record,) = load_plugins([build_plugin("good", plugin_code("good"))], make_manager(), settings={"good": values})
    assert (record.state, record.reason) == ("failed", why)
