"""A site with four small plugins: one that another needs, the one that needs it, one that fails, one for everybody."""

import importlib
from collections.abc import AsyncIterator
from types import ModuleType

import msgspec
import pytest_asyncio

from questline_core.tenancy.schemas import TenantInfo
from questline_core.testing import TestSite

CODE = """
from typing import Annotated

import msgspec
from questline_sdk import Conflict, Job, Permission, Plugin, PluginSettings, RetryPolicy, hookimpl
from questline_sdk.settings import PER_COURSE, Secret
from sqlalchemy import text

calls = []
mood = {}

class Settings(PluginSettings):
    colour: Annotated[
        str, msgspec.Meta(max_length=10, description="Of the walls.", extra_json_schema=PER_COURSE)
    ] = "red"
    size: Annotated[int, msgspec.Meta(ge=1)] = 3
    key: Secret = ""

class Args(msgspec.Struct):
    word: str

async def shout(ctx, args):
    calls.append(("shout", args.word, str(ctx.tenant_id)))

JOB = Job(name="shout", function=shout, args=Args)

async def stumble(ctx, args):
    raise RuntimeError("deliberate")

BAD_JOB = Job(name="stumble", function=stumble, args=Args, retry=RetryPolicy(max_attempts=1))

async def behave(ctx, name):
    calls.append((name, str(ctx.tenant_id)))
    await ctx.session.execute(text("SELECT 1"))
    how = mood.get(name)
    if how == "raise": raise RuntimeError("deliberate")
    if how == "refuse": raise Conflict("the moon is not full.")
    if how == "break": await ctx.session.execute(text("SELECT no_such_column"))

class Base(Plugin):
    @hookimpl
    def register_settings(self): return Settings
    @hookimpl
    def register_permissions(self): return [Permission(name="base.read", title="Read")]
    @hookimpl
    def register_jobs(self): return [JOB, BAD_JOB]
    @hookimpl
    async def plugin_enabled(self, ctx): await behave(ctx, "plugin_enabled")
    @hookimpl
    async def plugin_disabled(self, ctx): await behave(ctx, "plugin_disabled")

plugin = Base()
"""

CHANGELOG = "# Changelog\n\n## 1.2.3\n\n- Higher **ceilings**.\n"
PLAIN = "from questline_sdk import Plugin\n\nclass Plain(Plugin):\n    pass\n\nplugin = Plain()\n"


def manifest(plugin_id: str, **lines: str) -> str:
    return f'id = "{plugin_id}"\ntitle = "{plugin_id.title()}"\n' + "".join(
        f"{name} = {value}\n" for name, value in lines.items()
    )


class Site(msgspec.Struct):
    """The site, a tenant with no plugin on, and the module of the plugin `base`."""

    site: TestSite
    tenant: TenantInfo
    base: ModuleType


@pytest_asyncio.fixture(loop_scope="session")
async def plugins(build_plugin, site) -> AsyncIterator[Site]:
    entries = [
        build_plugin("base", CODE, toml=manifest("base", summary='"The ground floor."')),
        build_plugin("upper", PLAIN, toml=manifest("upper", requires='["base"]')),
        build_plugin("broken", "raise RuntimeError('deliberate')"),
        build_plugin("everywhere", PLAIN, toml=manifest("everywhere", scope='"system"')),
    ]
    async with TestSite.open(entries, services=site.services) as own:
        (entries[0].dist.locate_file("qltest_base") / "CHANGELOG.md").write_text(CHANGELOG)
        tenant = await own.new_tenant(plugins=[])
        yield Site(own, tenant, importlib.import_module(entries[0].module))
