"""Plugins that use each other: services, hooks of their own, order, and what is refused."""

import importlib

import pytest
import pytest_asyncio

from questline_core.plugins.loader import load_plugins, make_manager
from questline_core.plugins.registry import State
from questline_core.plugins.service import set_enabled
from questline_core.testing import TestSite
from questline_sdk import NotFound

HEAD = "from questline_sdk import Plugin, hookimpl, hookspec\n"
PLAIN = HEAD + "class P(Plugin): ...\nplugin = P()"

SHOP = """
from typing import Protocol
from questline_sdk import Context, Plugin, hookimpl, hookspec
from questline_sdk.hooks import Veto
from questline_sdk.services import Service

class Prices(Protocol):
    async def price(self, amount: int) -> int: ...

@hookspec
async def shop_adjust(ctx: Context, amount: int, product: str) -> int: ...
@hookspec
async def shop_check_sale(product: str) -> Veto | None: ...
@hookspec
async def shop_labels(product: str) -> str: ...
@hookspec
async def shop_sold(product: str) -> None: ...

class Till:
    def __init__(self, ctx): self.ctx = ctx
    async def price(self, amount):
        return await self.ctx.hooks.filter(shop_adjust, "amount", amount, product="book")

class Shop(Plugin):
    @hookimpl
    def register_hookspecs(self): return [shop_adjust, shop_check_sale, shop_labels, shop_sold]
    @hookimpl
    def register_services(self): return [Service(protocol=Prices, factory=Till)]

plugin = Shop()
"""

SALE = """
from questline_sdk import Plugin, hookimpl
from questline_sdk.hooks import Veto

heard = []

class {name}(Plugin):
    @hookimpl
    async def shop_adjust(self, ctx, amount):
        assert ctx.tenant_id
        if amount < 0: raise RuntimeError("deliberate")
        return amount {change}
    @hookimpl
    async def shop_check_sale(self, product):
        if product == "broken": raise RuntimeError("deliberate")
        return Veto(code="sold_out", detail="Sold out.") if product == "{name}" else None
    @hookimpl
    async def shop_labels(self, product):
        if product == "{name}": raise RuntimeError("deliberate")
        return "{name} " + product
    @hookimpl
    async def shop_sold(self, product):
        if product == "broken": raise RuntimeError("deliberate")
        heard.append(product)

plugin = {name}()
"""


def manifest(plugin_id, **lists):
    lines = [f'id = "{plugin_id}"', f'title = "{plugin_id}"', *(f"{name} = {list(ids)}" for name, ids in lists.items())]
    return "\n".join(lines).replace("'", '"')


def load(*entries):
    return {record.id: record for record in load_plugins(entries, make_manager(), timeout=60)}


@pytest_asyncio.fixture(loop_scope="session")
async def shop(build_plugin, site):
    """A site with a shop, a sale that requires it and a discount that uses it when it is there."""
    entries = [
        build_plugin("a_sale", SALE.format(name="Sale", change="- 10"), toml=manifest("a_sale", requires=["shop"])),
        build_plugin("half", SALE.format(name="Half", change="// 2"), toml=manifest("half", optional=["shop"])),
        build_plugin("shop", SHOP),
    ]
    async with TestSite.open(entries, services=site.services, hook_timeout_seconds=0.2) as own:
        assert own.host.registry.active_ids == {"a_sale", "half", "shop"}, own.host.registry.records
        yield own, await own.new_tenant(), importlib.import_module("qltest_shop.plugin")


async def switch(own, tenant, plugin_id, *, enabled):
    async with own.context(tenant.id) as ctx:
        await set_enabled(ctx, plugin_id, enabled=enabled)
    own.host.enablement.forget(tenant.id)


async def test_a_service_answers_and_asks_other_plugins_in_load_order(shop):
    own, tenant, api = shop
    assert list(own.host.registry.records) == ["shop", "a_sale", "half"]
    async with own.context(tenant.id) as ctx:
        assert await ctx.service(api.Prices).price(100) == 45


async def test_a_plugin_that_is_off_is_silent(shop):
    own, tenant, api = shop
    await switch(own, tenant, "half", enabled=False)
    async with own.context(tenant.id) as ctx:
        assert await ctx.service(api.Prices).price(100) == 90
        assert await ctx.hooks.collect(api.shop_labels, product="book") == {"a_sale": "Sale book"}
    await switch(own, tenant, "half", enabled=True)
    async with own.context(tenant.id) as ctx:
        assert await ctx.service(api.Prices).price(100) == 45


async def test_a_service_of_a_plugin_that_is_off_in_one_tenant_is_found_in_the_other(shop):
    own, tenant, api = shop
    without = await own.new_tenant(plugins=["half"])
    async with own.context(without.id) as ctx:
        with pytest.raises(NotFound, match="Prices"):
            ctx.service(api.Prices)
    async with own.context(tenant.id) as ctx:
        assert await ctx.service(api.Prices).price(100) == 45


async def test_a_service_is_there_in_the_transaction_that_switches_its_plugin(shop):
    own, _, api = shop
    tenant = await own.new_tenant(plugins=[])
    async with own.context(tenant.id) as ctx:
        await set_enabled(ctx, "shop", enabled=True)
        assert await ctx.service(api.Prices).price(100) == 100
        await set_enabled(ctx, "shop", enabled=False)
        with pytest.raises(NotFound):
            ctx.service(api.Prices)


async def test_a_service_goes_and_comes_back_with_its_plugin(shop):
    own, _, api = shop
    tenant = await own.new_tenant(plugins=["shop"])
    await switch(own, tenant, "shop", enabled=False)
    async with own.context(tenant.id) as ctx:
        with pytest.raises(NotFound):
            ctx.service(api.Prices)
    await switch(own, tenant, "shop", enabled=True)
    async with own.context(tenant.id) as ctx:
        assert await ctx.service(api.Prices).price(100) == 100


async def test_a_plugin_that_fails_does_not_reach_the_next(shop):
    own, tenant, api = shop
    async with own.context(tenant.id) as ctx:
        assert await ctx.hooks.filter(api.shop_adjust, "amount", -1, product="book") == -1
        assert await ctx.hooks.collect(api.shop_labels, product="Sale") == {"half": "Half Sale"}
        await ctx.hooks.notify(api.shop_sold, product="broken")
        await ctx.hooks.notify(api.shop_sold, product="book")
    assert importlib.import_module("qltest_half.plugin").heard == ["book"]


async def test_a_decision_fails_closed(shop):
    own, tenant, api = shop
    async with own.context(tenant.id) as ctx:
        assert await ctx.hooks.decide(api.shop_check_sale, product="book") is None
        assert (await ctx.hooks.decide(api.shop_check_sale, product="Half")).code == "sold_out"
        assert (await ctx.hooks.decide(api.shop_check_sale, product="broken")).code == "plugin_failed"


async def test_a_call_that_does_not_fit_the_hook_says_what_it_takes(shop):
    own, tenant, api = shop
    async with own.context(tenant.id) as ctx:
        with pytest.raises(TypeError, match="shop_labels takes product, not colour"):
            await ctx.hooks.collect(api.shop_labels, colour="red")
        with pytest.raises(LookupError, match="register_hookspecs"):
            await ctx.hooks.notify(switch, product="book")


async def test_a_requirement_is_switched_on_first_and_off_last(shop):
    own, tenant, _ = shop
    async with await own.sign_in(tenant, "admin") as admin:
        refused = await admin.put("/api/v1/plugins/shop/enabled", json={"enabled": False})
    assert (refused.status_code, refused.json()["code"]) == (409, "plugin_required_by_others")
    assert "required by a_sale" in refused.json()["detail"]


async def test_a_service_that_nobody_provides_is_not_found(shop):
    own, tenant, _ = shop
    async with own.context(tenant.id) as ctx:
        with pytest.raises(NotFound, match="No active plugin provides"):
            ctx.service(TestSite)


def test_an_optional_plugin_that_is_missing_leaves_the_implementation_silent(build_plugin):
    records = load(
        build_plugin("half", SALE.format(name="Half", change="// 2"), toml=manifest("half", optional=["shop"]))
    )
    assert records["half"].state is State.ACTIVE, records["half"].reason


def test_an_implementation_names_the_owner_in_its_manifest(build_plugin):
    records = load(build_plugin("shop", SHOP), build_plugin("half", SALE.format(name="Half", change="// 2")))
    assert records["half"].state is State.FAILED
    assert "of shop; add 'shop' to requires or optional in plugin.toml" in (records["half"].reason or "")


def test_an_implementation_with_an_unknown_argument_is_refused(build_plugin):
    code = HEAD + "class P(Plugin):\n    @hookimpl\n    async def shop_labels(self, colour): ...\nplugin = P()"
    records = load(build_plugin("shop", SHOP), build_plugin("odd", code, toml=manifest("odd", requires=["shop"])))
    assert records["odd"].state is State.FAILED
    assert "colour" in (records["odd"].reason or "")


def test_a_hook_that_a_required_plugin_does_not_have_is_refused(build_plugin):
    code = HEAD + "class P(Plugin):\n    @hookimpl\n    async def shop_refund(self): ...\nplugin = P()"
    records = load(build_plugin("shop", SHOP), build_plugin("odd", code, toml=manifest("odd", requires=["shop"])))
    assert records["odd"].reason == "implements 'shop_refund', which shop does not have"


WRONG = {
    "foreign": ("@hookspec\nasync def other_thing(): ...", "hook other_thing must start with 'foreign_'"),
    "synchronous": ("@hookspec\ndef synchronous_x(): ...", "must be an async function marked @hookspec"),
    "unmarked": ("async def unmarked_x(): ...", "must be an async function marked @hookspec"),
    "first": ("@hookspec(firstresult=True)\nasync def first_x(): ...", "must not be firstresult"),
    "check": ("@hookspec\nasync def check_enrolment(): ...", "is one of the host already"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_specification_fails_its_plugin(build_plugin, good, name):
    spec, reason = WRONG[name]
    function = spec.partition("def ")[2].partition("(")[0]
    body = f"    @hookimpl\n    def register_hookspecs(self): return [{function}]\n"
    code = f"{HEAD}{spec}\nclass P(Plugin):\n{body}plugin = P()"
    records = load(build_plugin(name, code), good)
    assert records[name].state is State.FAILED
    assert reason in (records[name].reason or "")
    assert records["good"].state is State.ACTIVE


def test_a_required_plugin_of_another_version_blocks_with_both_versions(build_plugin):
    records = load(
        build_plugin("base", PLAIN),
        build_plugin("upper", PLAIN, toml=manifest("upper", requires=["base"]), requires="qltest-base>=2,<3"),
        build_plugin("fits", PLAIN, toml=manifest("fits", requires=["base"]), requires="qltest-base>=1,<2"),
    )
    assert records["upper"].reason == "requires base <3,>=2, which is 1.2.3"
    assert records["upper"].state is State.BLOCKED
    assert records["fits"].state is State.ACTIVE


def test_an_incompatible_required_plugin_blocks(build_plugin):
    records = load(
        build_plugin("base", PLAIN, sdk=">=9"),
        build_plugin("upper", PLAIN, toml=manifest("upper", requires=["base"])),
    )
    assert (records["upper"].state, records["upper"].reason) == (State.BLOCKED, "requires base, which is incompatible")


def test_a_longer_cycle_is_printed_and_what_hangs_on_it_is_blocked(build_plugin, good):
    ring = {"a": "b", "b": "c", "c": "a", "outside": "a"}
    records = load(
        *(build_plugin(name, PLAIN, toml=manifest(name, requires=[needed])) for name, needed in ring.items()), good
    )
    assert {records[name].reason for name in "abc"} == {"requirements form a cycle: a -> b -> c -> a"}
    assert records["outside"].reason == "requires a, which is blocked"
    assert records["good"].state is State.ACTIVE


def test_a_plugin_that_requires_itself_is_a_cycle(build_plugin):
    record = load(build_plugin("alone", PLAIN, toml=manifest("alone", requires=["alone"])))["alone"]
    assert record.reason == "requirements form a cycle: alone -> alone"
