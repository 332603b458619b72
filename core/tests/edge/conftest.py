"""A site with a plugin that takes its time and says what it was sent."""

import pytest_asyncio

from questline_core.edge.sizes import ClassLimits, RequestLimits
from questline_core.testing import TestSite

CODE = """
import asyncio
from typing import Any

from litestar import Request, get, post
from litestar.di import NamedDependency
from sqlalchemy import text
from questline_sdk import Context, Plugin, hookimpl

@post("/size", operation_id="edgy_size", public=True, status_code=200)
async def size(request: Request[Any, Any, Any]) -> dict[str, int]:
    return {"bytes": len(await request.body())}

@post("/many", operation_id="edgy_many", public=True, status_code=200, route_class="upload")
async def many(request: Request[Any, Any, Any]) -> dict[str, int]:
    return {"bytes": len(await request.body())}

@post("/forever", operation_id="edgy_forever", public=True, route_class="ai")
async def forever(ctx: NamedDependency[Context]) -> None:
    await ctx.session.execute(text("UPDATE core.tenant SET name = 'Changed' WHERE id = :id"), {"id": ctx.tenant_id})
    await ctx.session.execute(text("SELECT pg_sleep(600)"))

class Edgy(Plugin):
    @hookimpl
    def register_routes(self):
        return [size, many, forever]

plugin = Edgy()
"""


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def edgy(site, open_builder, tmp_path_factory):
    """A site with small limits."""
    limits = RequestLimits(
        write=ClassLimits(body_bytes=100_000, seconds=20),
        upload=ClassLimits(body_bytes=1_000_000, seconds=1),
        ai=ClassLimits(seconds=0.5),
    )
    with open_builder(tmp_path_factory.mktemp("edgy")) as build_plugin:
        entries = [build_plugin("edgy", CODE)]
        async with TestSite.open(entries, services=site.services, request_limits=limits) as found:
            yield found
