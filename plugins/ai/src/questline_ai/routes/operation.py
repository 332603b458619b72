"""Routes of providers and of who is asked for what."""

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from questline_ai import providers
from questline_ai.permissions import MANAGE, READ
from questline_ai.providers import Mapped, ProviderView, Tested
from questline_sdk import Context


@get("/providers", operation_id="ai_list_providers", permission=READ)
async def list_providers(ctx: NamedDependency[Context]) -> list[ProviderView]:
    """The providers of the plugins that are on, with their models and prices."""
    return await providers.list_providers(ctx)


@post("/providers/{name:str}/test", operation_id="ai_test_provider", permission=MANAGE, status_code=200)
async def test_provider(ctx: NamedDependency[Context], name: FromPath[str]) -> Tested:
    """Ask a provider the cheapest question there is."""
    return await providers.test_provider(ctx, name)


@get("/mapping", operation_id="ai_get_mapping", permission=READ)
async def get_mapping(ctx: NamedDependency[Context]) -> list[Mapped]:
    """Who answers for each capability; the plugin's settings `chat`, `copy`, `embed` and `moderate` change it."""
    return await providers.mapping(ctx)


OPERATION_ROUTES = [list_providers, test_provider, get_mapping]
