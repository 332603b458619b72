"""The packs that come with Questline can be switched on, on a site with the plugins that come with it."""

import pytest

from questline_core.packs.fit import find_pack_problems
from questline_core.packs.loader import installed_packs

SHIPPED = ("ai-marketing", "certification", "gamification")


@pytest.mark.parametrize("pack_id", SHIPPED)
async def test_a_pack_fits_the_plugins_it_ships_with(site, pack_id):
    record = installed_packs().find(pack_id)
    assert find_pack_problems(site.host.registry, record) == []


@pytest.mark.parametrize("pack_id", SHIPPED)
async def test_a_pack_is_switched_on_and_off(site, pack_id):
    tenant = await site.new_tenant(plugins=[])
    async with await site.sign_in(tenant, "owner") as owner:
        answer = await owner.put(f"/api/v1/packs/{pack_id}/enabled", json={"enabled": True})
        assert (answer.status_code, answer.json()["state"]) == (200, "enabled"), answer.text
        started = await site.host.enablement.of(tenant.id)
        assert set(installed_packs().find(pack_id).pack.plugins) <= started
        answer = await owner.put(f"/api/v1/packs/{pack_id}/enabled", json={"enabled": False})
        assert (answer.status_code, answer.json()["state"]) == (200, "available")
        assert await site.host.enablement.of(tenant.id) == frozenset()


async def test_the_marketers_levels_and_the_authors_grants_hold_while_the_pack_is_on(site):
    tenant = await site.new_tenant(plugins=[])
    async with await site.sign_in(tenant, "owner") as owner, await site.sign_in(tenant, "author") as author:
        await owner.put("/api/v1/packs/ai-marketing/enabled", json={"enabled": True})
        assert (await author.get("/api/v1/p/points/me")).json()["level"]["title"] == "Prompt Apprentice"
        assert (await author.get("/api/v1/p/points/rules")).status_code == 200
        assert "points.rules.manage" in (await author.get("/api/v1/me")).json()["permissions"]
        await owner.put("/api/v1/packs/gamification/enabled", json={"enabled": True})
        answer = await owner.put("/api/v1/packs/ai-marketing/enabled", json={"enabled": False})
        assert answer.json()["state"] == "available"
        assert (await author.get("/api/v1/p/points/me")).json()["level"]["title"] == "Intern"
        assert (await author.get("/api/v1/p/points/rules")).status_code == 403
