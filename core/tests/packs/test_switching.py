"""Switching packs: all or nothing, what is granted and preset, what stays on for whom."""

import asyncio

import pytest
from sqlalchemy import select

from questline_core.packs.catalogue import describe_pack
from questline_core.packs.models import TenantPack
from questline_core.packs.service import disable_pack, enable_pack
from questline_core.plugins.service import set_enabled
from questline_core.tenancy.models import Tenant
from questline_sdk import Conflict, NotFound

FIRST = """
PACK = Pack(
    id="first", title="First", summary="Two and what it needs.", plugins={"two": ">=1,<2"},
    settings={"one": {"size": 4}, "two": {"colour": "blue"}}, optional={"one": "", "absent": ""},
    roles={Role.LEARNER: ("two.secret.read",)}, theme="press", onboarding="# Welcome\\n\\nBegin *here*.",
)
"""
SECOND = "PACK = Pack(id='second', title='Second', plugins={'one': '', 'three': ''}, settings={'one': {'size': 7}})"


@pytest.fixture
def packs(build_pack, own):
    build_pack("first", FIRST)
    build_pack("second", SECOND)
    return own


async def enable(own, pack_id, **options):
    async with own.site.context(own.tenant.id) as ctx:
        return await enable_pack(ctx, pack_id, **options)


async def disable(own, pack_id):
    async with own.site.context(own.tenant.id) as ctx:
        return await disable_pack(ctx, pack_id)


async def shown(own, pack_id):
    async with own.site.context(own.tenant.id) as ctx:
        return await describe_pack(ctx, pack_id)


async def settings(own, module):
    async with own.site.context(own.tenant.id) as ctx:
        return await ctx.settings(module.Settings)


async def theme(own):
    async with own.site.context(own.tenant.id) as ctx:
        return await ctx.session.scalar(select(Tenant.theme).where(Tenant.id == own.tenant.id))


async def test_a_pack_switches_on_its_plugins_presets_grants_and_theme(packs):
    plan = await enable(packs, "first")
    assert (plan.starts, plan.theme) == (["one", "two"], "press")
    assert await packs.on() == {"one", "two"}
    assert (await settings(packs, packs.one)).size == 4
    assert (await settings(packs, packs.two)).colour == "blue"
    assert await theme(packs) == "press"
    async with await packs.site.sign_in(packs.tenant, "learner") as learner:
        assert (await learner.get("/api/v1/p/two/secret")).status_code == 200
        assert (await learner.get("/api/v1/p/one/secret")).status_code == 403
    details = await shown(packs, "first")
    assert (details.state, details.enabled, details.enabled_version, details.outdated) == (
        "enabled",
        True,
        "1.0.0",
        False,
    )
    assert [(plugin.id, plugin.problem) for plugin in details.plugins] == [
        ("two", None),
        ("one", None),
        ("absent", "absent is not installed"),
    ]
    assert details.onboarding_html == "<p>Begin <em>here</em>.</p>"


async def test_a_plugin_finds_the_presets_when_it_is_told_that_it_is_on(packs):
    packs.two.calls.clear()
    await enable(packs, "first")
    assert packs.two.calls == [("enabled", "blue")]


async def test_a_plugin_that_refuses_leaves_nothing_of_the_pack(packs):
    packs.two.mood["enabled"] = True
    with pytest.raises(Conflict, match="two refused: the moon is not full"):
        await enable(packs, "first")
    packs.two.mood.clear()
    assert await packs.on() == set()
    assert (await settings(packs, packs.one)).size == 3
    assert await theme(packs) == "aurora"
    async with await packs.site.sign_in(packs.tenant, "learner") as learner:
        assert (await learner.get("/api/v1/p/two/secret")).status_code == 404
    async with packs.site.context(packs.tenant.id) as ctx:
        assert (await ctx.session.scalars(select(TenantPack))).all() == []
    assert (await shown(packs, "first")).state == "available"


async def test_switching_it_off_stops_what_it_started_and_takes_its_presets_back(packs):
    await enable(packs, "first")
    assert (await shown(packs, "first")).plan.stops == ["two", "one"]
    plan = await disable(packs, "first")
    assert (plan.stops, plan.keeps, plan.theme) == (["two", "one"], [], "aurora")
    assert await packs.on() == set()
    assert (await settings(packs, packs.one)).size == 3
    assert await theme(packs) == "aurora"
    async with packs.site.context(packs.tenant.id) as ctx:
        await set_enabled(ctx, "one", enabled=True)
        await set_enabled(ctx, "two", enabled=True)
    async with await packs.site.sign_in(packs.tenant, "learner") as learner:
        assert (await learner.get("/api/v1/p/two/secret")).status_code == 403


async def test_what_another_pack_needs_stays_on_and_goes_with_the_last(packs):
    await enable(packs, "first")
    await enable(packs, "second")
    assert (await settings(packs, packs.one)).size == 7
    kept = (await disable(packs, "first")).keeps
    assert [(plugin.id, plugin.reason, plugin.by) for plugin in kept] == [("one", "needed_by_pack", ["second"])]
    assert await packs.on() == {"one", "three"}
    assert (await disable(packs, "second")).stops == ["three", "one"]
    assert await packs.on() == set()


async def test_what_was_on_before_and_what_others_require_stays_on(packs):
    async with packs.site.context(packs.tenant.id) as ctx:
        await set_enabled(ctx, "one", enabled=True)
    await enable(packs, "second")
    plan = await disable(packs, "second")
    assert (plan.stops, [(kept.id, kept.reason) for kept in plan.keeps]) == (["three"], [("one", "on_before")])
    async with packs.site.context(packs.tenant.id) as ctx:
        await set_enabled(ctx, "one", enabled=False)
    await enable(packs, "second")
    async with packs.site.context(packs.tenant.id) as ctx:
        await set_enabled(ctx, "two", enabled=True)
    plan = await disable(packs, "second")
    assert [(kept.id, kept.reason, kept.by) for kept in plan.keeps] == [("one", "required_by_plugin", ["two"])]
    assert await packs.on() == {"one", "two"}


async def test_a_tenants_own_value_and_theme_win(packs):
    async with await packs.site.sign_in(packs.tenant, "admin") as admin:
        await enable(packs, "first", keep_theme=True)
        assert (await admin.put("/api/v1/plugins/one/settings", json={"size": 5})).status_code == 200
    assert (await settings(packs, packs.one)).size == 5
    assert await theme(packs) == "aurora"
    presets = {(each.plugin_id, each.field): each.overridden for each in (await shown(packs, "first")).presets}
    assert presets == {("one", "size"): True, ("two", "colour"): False}
    assert (await disable(packs, "first")).theme is None


async def test_a_theme_chosen_meanwhile_is_left_alone(packs):
    await enable(packs, "first")
    async with await packs.site.sign_in(packs.tenant, "admin") as admin:
        assert (await admin.put("/api/v1/tenant/theme", json={"theme": "aurora"})).status_code == 200
        await enable(packs, "first")
        assert await theme(packs) == "aurora"
        assert (await admin.put("/api/v1/tenant/theme", json={"theme": "press"})).status_code == 200
    assert (await disable(packs, "first")).theme == "aurora"


async def test_a_pack_with_a_plugin_off_is_incomplete_and_can_be_completed(packs):
    await enable(packs, "second")
    async with packs.site.context(packs.tenant.id) as ctx:
        await set_enabled(ctx, "three", enabled=False)
    details = await shown(packs, "second")
    assert (details.state, details.reason, details.plan.starts) == ("incomplete", "three is off", ["three"])
    assert (await enable(packs, "second")).starts == ["three"]
    assert (await shown(packs, "second")).state == "enabled"


async def test_a_newer_version_changes_nothing_unasked(packs, build_pack):
    await enable(packs, "second")
    build_pack("second", SECOND.replace("7", "8"), version="1.1.0")
    details = await shown(packs, "second")
    assert (details.version, details.enabled_version, details.outdated) == ("1.1.0", "1.0.0", True)
    packs.site.host.plugin_settings.forget()
    assert (await settings(packs, packs.one)).size == 7
    await enable(packs, "second")
    assert (await settings(packs, packs.one)).size == 8
    assert not (await shown(packs, "second")).outdated


@pytest.mark.parametrize(
    ("pack", "why"),
    [
        ("plugins={'nothing': ''}", "nothing is not installed"),
        ("plugins={'one': '>=9'}", "one is 1.2.3, the pack needs >=9"),
        (
            "plugins={'one': ''}, settings={'one': {'size': 0}}",
            "its preset of one.size does not fit: Expected `int` >= 1",
        ),
        ("plugins={'one': ''}, settings={'one': {'key': 'x'}}", "it presets one.key, which is a secret"),
        (
            "plugins={'one': ''}, roles={Role.AUTHOR: ('one.gold.take',)}",
            "it grants one.gold.take, which one does not have",
        ),
        ("plugins={'one': ''}, theme='moonlight'", "the theme moonlight is not installed"),
    ],
)
async def test_a_pack_that_does_not_fit_this_installation_is_refused(own, build_pack, pack, why):
    build_pack("odd", f"PACK = Pack(id='odd', title='Odd', {pack})")
    with pytest.raises(Conflict) as refused:
        await enable(own, "odd")
    assert refused.value.code == "pack_not_available"
    assert why in refused.value.detail
    details = await shown(own, "odd")
    assert (details.state, why in details.reason) == ("unavailable", True)
    assert await own.on() == set()


async def test_packs_that_are_not_there(packs):
    with pytest.raises(NotFound, match="There is no pack 'nothing'"):
        await enable(packs, "nothing")
    with pytest.raises(NotFound, match="'first' is not on"):
        await disable(packs, "first")


async def test_a_pack_whose_distribution_is_gone_can_still_be_switched_off(packs, tmp_path, build_pack):
    await enable(packs, "second")
    (info,) = tmp_path.glob("qltest_pack_second-*.dist-info")
    (info / "entry_points.txt").unlink()
    build_pack("other", "PACK = Pack(id='other', title='Other', plugins={'two': ''})")
    details = await shown(packs, "second")
    assert (details.state, details.reason) == ("incomplete", "its distribution is not installed any more")
    assert (await disable(packs, "second")).stops == ["three", "one"]


async def test_another_process_hears_of_grants_and_presets(packs, site):
    heard = asyncio.Event()
    site.host.enablement.on_change.append(lambda tenant_id: heard.set() if tenant_id == packs.tenant.id else None)
    try:
        assert (await site.host.packs.of(packs.tenant.id)).grants == frozenset()
        await enable(packs, "first")
        await asyncio.wait_for(heard.wait(), 60)
    finally:
        site.host.enablement.on_change.pop()
    assert (await site.host.packs.of(packs.tenant.id)).grants == {("learner", "two.secret.read")}
