"""The sample provider keeps every promise of an AI provider that asks nobody."""

import pytest_asyncio

from questline_sdk.testing.ai import AIProviderConformance
from questline_sdk.testing.ai_vendor import AIVendor, Reply, running_vendor


class Nobody(AIVendor):
    plugin_id = "ai_sandbox"
    over_http = False

    def settings(self, url):
        return {}

    def answer(self, asked, text):
        return Reply.json(None, 404)


class TestProvider(AIProviderConformance):
    @pytest_asyncio.fixture(loop_scope="session")
    async def vendor(self, ctx, as_user):
        vendor = Nobody()
        async with running_vendor(vendor, ctx, as_user):
            yield vendor
            assert vendor.asked == []
