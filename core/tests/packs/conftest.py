"""A site with three small plugins and packs of them, each a distribution on disk."""

import importlib
import shutil
import sys
import textwrap
from collections.abc import AsyncIterator, Callable, Iterator
from types import ModuleType

import msgspec
import pytest
import pytest_asyncio

from questline_core.packs.loader import installed_packs
from questline_core.tenancy.schemas import TenantInfo
from questline_core.testing import TestSite

PLUGIN = """
from typing import Annotated

import msgspec
from litestar import get
from questline_sdk import Conflict, Permission, Plugin, PluginSettings, hookimpl
from questline_sdk.settings import PER_COURSE, Secret

calls = []
mood = {}

class Settings(PluginSettings):
    colour: Annotated[str, msgspec.Meta(max_length=10, title="Colour", extra_json_schema=PER_COURSE)] = "red"
    size: Annotated[int, msgspec.Meta(ge=1)] = 3
    most: int = 9
    key: Secret = ""

    def __post_init__(self):
        if self.most < self.size:
            raise ValueError("most: must not be below the size")

@get("/secret", operation_id="PLUGIN_secret", permission="PLUGIN.secret.read")
async def secret() -> dict[str, str]:
    return {"secret": "PLUGIN"}

class Small(Plugin):
    @hookimpl
    def register_settings(self): return Settings
    @hookimpl
    def register_permissions(self): return [Permission(name="PLUGIN.secret.read", title="Read the secret")]
    @hookimpl
    def register_routes(self): return [secret]
    @hookimpl
    async def plugin_enabled(self, ctx):
        calls.append(("enabled", (await ctx.settings(Settings)).colour))
        if mood.get("enabled"): raise Conflict("the moon is not full.")
    @hookimpl
    async def plugin_disabled(self, ctx): calls.append(("disabled", ""))

plugin = Small()
"""


@pytest.fixture
def plugin_code() -> Callable[[str], str]:
    """The code of a small plugin."""
    return lambda plugin_id: PLUGIN.replace("PLUGIN", plugin_id)


@pytest.fixture
def build_pack(tmp_path, build_plugin) -> Iterator[Callable[..., None]]:
    """Install a pack whose module has this code; packs are discovered again at the next look."""

    def build(pack_id: str, code: str, *, version: str = "1.0.0") -> None:
        module = f"qltest_pack_{pack_id.replace('-', '_')}"
        package = tmp_path / module
        package.mkdir(exist_ok=True)
        # Compiled code counts as that of a file of the same size written within the same second.
        shutil.rmtree(package / "__pycache__", ignore_errors=True)
        lines = "from questline_sdk.packs import Pack\nfrom questline_sdk.permissions import Role\n"
        (package / "__init__.py").write_text(lines + textwrap.dedent(code))
        for old in tmp_path.glob(f"{module}-*.dist-info"):
            (old / "METADATA").unlink()
            (old / "entry_points.txt").unlink()
            old.rmdir()
        info = tmp_path / f"{module}-{version}.dist-info"
        info.mkdir()
        name = f"qltest-pack-{pack_id}"
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[questline.packs.v1]\n{pack_id} = {module}:PACK\n")
        sys.modules.pop(module, None)
        importlib.invalidate_caches()
        installed_packs.cache_clear()

    yield build
    installed_packs.cache_clear()


class Site(msgspec.Struct):
    """The site, a tenant with nothing on, and the module of each plugin."""

    site: TestSite
    tenant: TenantInfo
    one: ModuleType
    two: ModuleType

    async def on(self) -> set[str]:
        """The plugins that are on for the tenant."""
        return set(await self.site.host.enablement.of(self.tenant.id))


@pytest_asyncio.fixture(loop_scope="session")
async def own(build_plugin, site) -> AsyncIterator[Site]:
    entries = [
        build_plugin("one", PLUGIN.replace("PLUGIN", "one")),
        build_plugin("two", PLUGIN.replace("PLUGIN", "two"), toml='id = "two"\ntitle = "Two"\nrequires = ["one"]\n'),
        build_plugin(
            "three", PLUGIN.replace("PLUGIN", "three"), toml='id = "three"\ntitle = "Three"\nrequires = ["one"]\n'
        ),
    ]
    async with TestSite.open(entries, services=site.services) as running:
        tenant = await running.new_tenant(plugins=[])
        modules = [importlib.import_module(entry.module) for entry in entries]
        yield Site(running, tenant, modules[0], modules[1])
