"""Switching plugins for a tenant: what is refused, what the plugin does about it, what becomes of its jobs."""

import asyncio

import pytest
from sqlalchemy import func, select

from questline_core.plugins.models import ParkedJob, TenantPlugin
from questline_core.plugins.service import set_enabled
from questline_sdk import Conflict, NotFound


async def switch(plugins, plugin_id, enabled):
    async with plugins.site.context(plugins.tenant.id) as ctx:
        await set_enabled(ctx, plugin_id, enabled)


async def on(plugins):
    return await plugins.site.host.enablement.of(plugins.tenant.id)


async def test_a_plugin_is_on_at_once_and_off_at_once(plugins):
    assert "base" not in await on(plugins)
    await switch(plugins, "base", True)
    assert "base" in await on(plugins)
    await switch(plugins, "base", False)
    assert "base" not in await on(plugins)


async def test_another_process_hears_of_it(plugins, site):
    """The session's own site keeps its own memory of the same database."""
    heard = asyncio.Event()
    site.host.enablement.on_change.append(lambda tenant_id: heard.set() if tenant_id == plugins.tenant.id else None)
    try:
        await switch(plugins, "base", True)
        await asyncio.wait_for(heard.wait(), 60)
    finally:
        site.host.enablement.on_change.pop()


async def test_what_it_requires_comes_first_and_goes_last(plugins):
    with pytest.raises(Conflict, match="upper requires base") as refused:
        await switch(plugins, "upper", True)
    assert refused.value.code == "plugin_requires_others"
    await switch(plugins, "base", True)
    await switch(plugins, "upper", True)
    with pytest.raises(Conflict, match="base is required by upper") as refused:
        await switch(plugins, "base", False)
    assert refused.value.code == "plugin_required_by_others"
    await switch(plugins, "upper", False)
    await switch(plugins, "base", False)
    assert await on(plugins) == {"everywhere"}


async def test_a_plugin_out_of_service_can_be_switched_off_only(plugins):
    with pytest.raises(Conflict, match="RuntimeError: deliberate") as refused:
        await switch(plugins, "broken", True)
    assert refused.value.code == "plugin_not_active"
    async with plugins.site.context(plugins.tenant.id) as ctx:
        ctx.session.add(TenantPlugin(plugin_id="broken", enabled=True))
    await switch(plugins, "broken", False)
    async with plugins.site.context(plugins.tenant.id) as ctx:
        assert await ctx.session.scalar(select(TenantPlugin.enabled).where(TenantPlugin.plugin_id == "broken")) is False


async def test_a_system_plugin_is_on_for_everybody(plugins):
    with pytest.raises(Conflict, match="on for every tenant"):
        await switch(plugins, "everywhere", False)


async def test_an_unknown_plugin_is_not_found(plugins):
    with pytest.raises(NotFound):
        await switch(plugins, "nothing", True)


async def test_the_hook_runs_once_per_switch_in_its_transaction(plugins):
    plugins.base.calls.clear()
    for enabled in (True, True, False, False):
        await switch(plugins, "base", enabled)
    tenant = str(plugins.tenant.id)
    assert plugins.base.calls == [("plugin_enabled", tenant), ("plugin_disabled", tenant)]


@pytest.mark.parametrize(("how", "why"), [("raise", "failed"), ("refuse", "the moon is not full"), ("break", "failed")])
async def test_a_plugin_that_fails_to_start_stays_off(plugins, how, why):
    plugins.base.mood["plugin_enabled"] = how
    with pytest.raises(Conflict, match=why) as refused:
        await switch(plugins, "base", True)
    assert refused.value.code == "plugin_refused"
    assert "base" not in await on(plugins)
    plugins.base.mood.clear()
    await switch(plugins, "base", True)
    assert "base" in await on(plugins)


@pytest.mark.parametrize("how", ["raise", "refuse", "break"])
async def test_a_plugin_that_fails_to_stop_is_off_all_the_same(plugins, how):
    await switch(plugins, "base", True)
    plugins.base.mood["plugin_disabled"] = how
    await switch(plugins, "base", False)
    plugins.base.mood.clear()
    assert "base" not in await on(plugins)


async def test_jobs_that_came_due_while_it_was_off_run_when_it_is_on_again(plugins):
    await switch(plugins, "base", True)
    plugins.base.calls.clear()
    async with plugins.site.context(plugins.tenant.id) as ctx:
        for word in ("one", "two", "three"):
            await ctx.enqueue(plugins.base.JOB, plugins.base.Args(word=word))
        await set_enabled(ctx, "base", False)
    await plugins.site.drain()
    assert [call for call in plugins.base.calls if call[0] == "shout"] == []
    async with plugins.site.context(plugins.tenant.id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(ParkedJob)) == 3
    await switch(plugins, "base", True)
    await plugins.site.drain()
    words = {call[1] for call in plugins.base.calls if call[0] == "shout"}
    assert words == {"one", "two", "three"}
    async with plugins.site.context(plugins.tenant.id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(ParkedJob)) == 0


async def test_a_worker_that_has_not_heard_of_the_switch_yet_parks_nothing(plugins, monkeypatch):
    await switch(plugins, "base", True)
    plugins.base.calls.clear()
    async with plugins.site.context(plugins.tenant.id) as ctx:
        await ctx.enqueue(plugins.base.JOB, plugins.base.Args(word="late"))
    monkeypatch.setitem(plugins.site.host.enablement._sets, plugins.tenant.id, frozenset())
    await plugins.site.drain()
    assert ("shout", "late", str(plugins.tenant.id)) in plugins.base.calls


async def test_a_switch_waits_for_the_job_that_is_being_parked(plugins):
    await switch(plugins, "base", True)
    await switch(plugins, "base", False)
    plugins.base.calls.clear()
    async with plugins.site.context(plugins.tenant.id) as ctx:
        await ctx.enqueue(plugins.base.JOB, plugins.base.Args(word="parked"))
    await asyncio.gather(plugins.site.drain(), *(switch(plugins, "base", True) for _ in range(3)))
    await plugins.site.drain()
    assert ("shout", "parked", str(plugins.tenant.id)) in plugins.base.calls


async def test_opposite_switches_at_the_same_time_leave_no_plugin_without_what_it_requires(plugins):
    for _ in range(5):
        await switch(plugins, "base", True)
        await asyncio.gather(switch(plugins, "upper", True), switch(plugins, "base", False), return_exceptions=True)
        enabled = await on(plugins)
        assert "upper" not in enabled or "base" in enabled
        await switch(plugins, "upper", False)


async def test_one_tenants_switch_is_no_other_tenants(plugins):
    other = await plugins.site.new_tenant(plugins=[])
    await switch(plugins, "base", True)
    assert await plugins.site.host.enablement.of(other.id) == {"everywhere"}
