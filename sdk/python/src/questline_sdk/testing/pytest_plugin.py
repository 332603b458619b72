"""The pytest plugin: a real site on real services, a fresh tenant per test, clients signed in by role.

Fixtures: `site` (the running site, one per session), `host` (its host), `tenant` (a fresh tenant with every installed
plugin enabled), `ctx` (a unit of work for that tenant, committed by the test), `anonymous` (a client nobody is signed
in to), `as_user(role)` (a signed-in client), `drain()` (runs what is queued), `conformance` (the plugin under test of a
class derived from `questline_sdk.testing.conformance.PluginConformance`).
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from importlib.metadata import entry_points
from typing import Any

import pytest
import pytest_asyncio

GROUP = "questline.testing.v1"


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker of tests that need a browser."""
    config.addinivalue_line("markers", "e2e: drives a real browser")


def _site_type() -> Any:
    (entry,) = entry_points(group=GROUP, name="site")
    return entry.load()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site() -> AsyncIterator[Any]:
    """The site of this test session."""
    async with _site_type().open() as running:
        yield running


@pytest.fixture
def host(site: Any) -> Any:
    """The host of the site; never kept longer than a test, since a folder of tests may have a site of its own."""
    return site.host


@pytest_asyncio.fixture(loop_scope="session")
async def tenant(site: Any) -> Any:
    """A fresh tenant with every installed plugin enabled; nothing is left in the queue of the tests before."""
    await site.forget_queued()
    return await site.new_tenant()


@pytest_asyncio.fixture(loop_scope="session")
async def ctx(site: Any, tenant: Any) -> AsyncIterator[Any]:
    """A unit of work for the tenant; commit with `await ctx.session.commit()` where another reader must see it."""
    async with site.context(tenant.id) as context:
        yield context


@pytest_asyncio.fixture(loop_scope="session")
async def anonymous(site: Any, tenant: Any) -> AsyncIterator[Any]:
    """A client for the tenant that is not signed in."""
    async with site.client(**{"x-questline-tenant": tenant.slug}) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def as_user(site: Any, tenant: Any) -> AsyncIterator[Callable[..., Awaitable[Any]]]:
    """Sign new users in.

    `client = await as_user("learner")` is an HTTP client of a new learner.
    """
    async with AsyncExitStack() as stack:

        async def sign_in(role: str = "learner", *, name: str | None = None) -> Any:
            return await stack.enter_async_context(await site.sign_in(tenant, role, name=name))

        yield sign_in


@pytest_asyncio.fixture(loop_scope="session")
async def drain(site: Any) -> Callable[[], Awaitable[None]]:
    """Run every queued event handler and job, and those that they queue."""
    run: Callable[[], Awaitable[None]] = site.drain
    return run


@pytest_asyncio.fixture(scope="class", loop_scope="session")
async def conformance(site: Any, request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    """The plugin under test, on a site of its own that lasts for the class of tests."""
    plugin_id = getattr(request.cls, "plugin_id", None)
    if not plugin_id:
        pytest.fail(f"{request.node.name} needs the id of its plugin: `plugin_id = ...`", pytrace=False)
    async with site.conformance(plugin_id) as subject:
        yield subject
