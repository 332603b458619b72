"""Providers that plugins register, as other plugins find them."""

import importlib

import pytest
from sqlalchemy import text

from questline_core.plugins.loader import load_plugins, make_manager
from questline_core.plugins.service import set_enabled
from questline_core.testing import TestSite
from questline_sdk.ai import AIProvider, AIProviders, Capability, CopyRequest, ProviderError
from questline_sdk.ai_calls import PromptTemplates
from questline_sdk.payments import PaymentProviders
from questline_sdk.services import Transactions
from questline_sdk.sign_in import SignInProviders

PLUGIN = """
from questline_sdk import Plugin, hookimpl
from questline_sdk.ai import AIProvider, Health
from questline_sdk.payments import PaymentProvider
from questline_sdk.sign_in import SignInOption, SignInProvider

class Vendor(AIProvider):
    name, title = "{name}", "Vendor"
    async def models(self, ctx): return []
    async def health(self, ctx): return Health(usable=True)

class Bank(PaymentProvider):
    name, title = "{name}", "Bank"
    async def start_checkout(self, ctx, request): ...
    async def read_webhook(self, ctx, headers, body): ...
    async def find_payment(self, ctx, payment_id): ...
    async def refund(self, ctx, request): ...
    async def payments_since(self, ctx, since):
        return
        yield

class Club(SignInProvider):
    name = "{name}"
    async def options(self, ctx): return [SignInOption(id="green", label="Green Club")]
    async def begin(self, ctx, option, request): ...
    async def complete(self, ctx, option, answer): ...

class Providers(Plugin):
    @hookimpl
    def register_ai_providers(self): return [Vendor()]
    @hookimpl
    def register_payment_providers(self): return [Bank()]
    @hookimpl
    def register_sign_in_providers(self): return [Club()]

plugin = Providers()
"""

TEMPLATES = """
from questline_sdk import Plugin, hookimpl
from questline_sdk.ai_calls import PromptTemplate, TemplateVariable

class Writer(Plugin):
    @hookimpl
    def register_ai_templates(self):
        return [
            PromptTemplate(
                id="writer.summarise", version=2, title="Summary", placement="summary",
                variables=(TemplateVariable(name="text"),), user={"en": "Summarise {{ text }}"},
            )
        ]

plugin = Writer()
"""


@pytest.fixture
def entry(build_plugin):
    return build_plugin("vendor", PLUGIN.replace("{name}", "vendor"))


async def found(own, tenant, protocol):
    async with own.context(tenant.id) as ctx:
        return await ctx.service(protocol).all()


async def test_hook_register_ai_providers(entry, site):
    async with TestSite.open([entry], services=site.services) as own:
        tenant = await own.new_tenant()
        providers = await found(own, tenant, AIProviders)
        assert list(providers) == ["vendor"]
        provider = providers["vendor"]
        assert isinstance(provider, AIProvider)
        async with own.context(tenant.id) as ctx:
            with pytest.raises(ProviderError, match=f"does not offer {Capability.COPY}"):
                provider.copy(ctx, CopyRequest(model="m", brief="b", max_output_tokens=1))


async def test_hook_register_ai_templates(build_plugin, site):
    entry = build_plugin("writer", TEMPLATES)
    async with TestSite.open([entry], services=site.services) as own:
        tenant = await own.new_tenant()
        assert (await found(own, tenant, PromptTemplates))["writer.summarise"].version == 2
        async with own.context(tenant.id) as ctx:
            await set_enabled(ctx, "writer", enabled=False)
        assert not await found(own, tenant, PromptTemplates)


async def test_a_transaction_of_its_own_holds_when_the_work_around_it_fails(site, tenant):
    async def fail():
        async with site.context(tenant.id) as ctx:
            async with ctx.service(Transactions).begin() as own:
                await own.audit("test.thing.done", subject=("thing", None))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with site.context(tenant.id) as ctx:
        found = await ctx.session.scalars(text("SELECT action FROM core.audit_entry"))
        assert list(found).count("test.thing.done") == 1


async def test_hook_register_payment_providers(entry, site):
    async with TestSite.open([entry], services=site.services) as own:
        tenant = await own.new_tenant()
        assert list(await found(own, tenant, PaymentProviders)) == ["vendor"]
        async with own.context(tenant.id) as ctx:
            await set_enabled(ctx, "vendor", enabled=False)
        assert not await found(own, tenant, PaymentProviders)


async def test_in_production_nobody_pays_with_play_money(build_plugin, site):
    entry = build_plugin("vendor", PLUGIN.replace("{name}", "vendor").replace('"Bank"', '"Bank"\n    test = True'))
    for environment, names in (("development", ["vendor"]), ("production", [])):
        async with TestSite.open([entry], services=site.services, environment=environment) as own:
            assert list(await found(own, await own.new_tenant(), PaymentProviders)) == names


async def test_hook_register_sign_in_providers(entry, site):
    async with TestSite.open([entry], services=site.services) as own:
        tenant = await own.new_tenant()
        assert list(await found(own, tenant, SignInProviders)) == ["vendor"]
        async with own.client(**{"x-questline-tenant": tenant.slug}) as visitor:
            (offered,) = (await visitor.get("/api/v1/site")).json()["sign_in_with"]
        assert (offered["provider"], offered["label"]) == ("vendor.green", "Green Club")


def test_a_provider_of_another_name_fails_its_plugin(build_plugin):
    entry = build_plugin("vendor", PLUGIN.replace("{name}", "someone_else"))
    importlib.invalidate_caches()
    (record,) = load_plugins([entry], make_manager())
    assert record.reason is not None
    assert "AI provider 'someone_else' must be named 'vendor'" in record.reason
