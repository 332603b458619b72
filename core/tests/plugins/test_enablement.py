"""Which plugins a tenant has on, as each process remembers it."""

import itertools

from questline_core.plugins import enablement
from questline_core.plugins.service import set_enabled

PLUGINS = ("assessments", "badges", "points")


async def test_every_tenant_keeps_its_own_set_however_many_there_are(site, monkeypatch):
    monkeypatch.setattr(enablement, "KEPT_SETS", 3)
    chosen = [set(each) for size in range(4) for each in itertools.combinations(PLUGINS, size)]
    tenants = []
    for ids in chosen:
        tenant = await site.new_tenant(plugins=[])
        for plugin_id in sorted(ids):
            async with site.context(tenant.id) as ctx:
                await set_enabled(ctx, plugin_id, enabled=True)
        tenants.append(tenant)
    site.host.enablement.forget()
    none = await site.host.enablement.of((await site.new_tenant(plugins=[])).id)
    for _ in range(2):
        for tenant, ids in zip(tenants, chosen, strict=True):
            assert await site.host.enablement.of(tenant.id) == ids | none


async def test_equal_sets_are_one_object(site):
    """So that what depends on a set is found by its identity."""
    one, two = await site.new_tenant(plugins=["points"]), await site.new_tenant(plugins=["points"])
    assert await site.host.enablement.of(one.id) is await site.host.enablement.of(two.id)
