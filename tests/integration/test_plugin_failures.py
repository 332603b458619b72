"""Whatever goes wrong with a change of the plugins, the site is afterwards exactly as it was before."""

import base64
import secrets
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from tests.integration.plugin_site import PluginSite, renamed
from tests.integration.small_disk import small_disk_of

from questline_core.events.queue import Message, put
from questline_core.generations.errors import OperationError
from questline_core.plugins.service import set_enabled
from questline_core.testing.made_plugins import CODE, plugin_wheel, script, wheel
from questline_core.ui.bundles import DIST

SDK = "questline-sdk>=0.1,<0.2"
Case = Callable[[Path], dict[str, Any]]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PluginSite]:
    """A site with a plugin installed on top of its base, on for a tenant, with data and a job that waits."""
    async with PluginSite.open(tmp_path_factory.mktemp("wheelhouse")) as changed:
        plugin_wheel(changed.wheelhouse, "steady", migrations=1)
        await changed.change(targets=("qlmade-steady",))
        tenant = await changed.site.new_tenant(plugins=["points"])
        await changed.superuser.execute(
            "INSERT INTO core.tenant_plugin (tenant_id, plugin_id, enabled) VALUES ($1, 'steady', true)", tenant.id
        )
        await changed.superuser.execute("INSERT INTO steady.thing_1 (tenant_id, name) VALUES ($1, 'kept')", tenant.id)
        message = Message(
            id=tenant.id, tenant_id=tenant.id, plugin_id="steady", kind="job", name="later", data=msgspec.Raw(b"{}")
        )
        async with changed.site.context(tenant.id) as ctx:
            await put(ctx.session, [message])
            await set_enabled(ctx, "badges", enabled=True)
        yield changed


def damaged(house: Path) -> dict[str, Any]:
    path = plugin_wheel(house, "damaged", files={"more.py": "MARKER = 1\n"})
    path.write_bytes(_with_another_file(path.read_bytes()))
    return {"targets": ("qlmade-damaged",)}


def _with_another_file(wheel: bytes) -> bytes:
    """The wheel with other content under a name of its RECORD."""
    import io
    import zipfile

    source, target = zipfile.ZipFile(io.BytesIO(wheel)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as changed:
        for entry in source.infolist():
            content = source.read(entry)
            changed.writestr(entry.filename, b"MARKER = 2\n" if entry.filename.endswith("more.py") else content)
    return target.getvalue()


def wrong_hash(house: Path) -> dict[str, Any]:
    plugin_wheel(house, "hashed")
    return {
        "kind": "sync",
        "targets": ("qlmade-hashed==1.0",),
        "only": frozenset({"qlmade-hashed", "qlmade-steady"}),
        "hashes": {"qlmade-hashed": "0" * 64},
    }


def conflict(house: Path) -> dict[str, Any]:
    plugin_wheel(house, "wants_old", requires=(SDK, "qlmade-steady<1"))
    return {"targets": ("qlmade-wants-old",)}


def foreign_sdk(house: Path) -> dict[str, Any]:
    plugin_wheel(house, "from_afar", requires=("questline-sdk>=7,<8",))
    return {"targets": ("qlmade-from-afar",)}


def import_error(house: Path) -> dict[str, Any]:
    plugin_wheel(house, "unimportable", code="import nothing_of_this_name\n")
    return {"targets": ("qlmade-unimportable",)}


def endless_import(house: Path) -> dict[str, Any]:
    plugin_wheel(house, "endless", code="import threading\nthreading.Event().wait()\n")
    return {"targets": ("qlmade-endless",)}


def exits(house: Path) -> dict[str, Any]:
    plugin_wheel(house, "exits", code="import os\nos._exit(3)\n")
    return {"targets": ("qlmade-exits",)}


def unknown_argument(house: Path) -> dict[str, Any]:
    code = (
        "from questline_sdk import Plugin, hookimpl\nclass Made(Plugin):\n    @hookimpl\n"
        "    def check_enrolment(self, ctx, course, weather):\n        return None\nplugin = Made()\n"
    )
    plugin_wheel(house, "curious", code=code)
    return {"targets": ("qlmade-curious",)}


def clashing_route(house: Path) -> dict[str, Any]:
    code = CODE.format(id="twice", version="1.0").replace("return [hello]", "return [hello, hello]")
    plugin_wheel(house, "twice", code=code)
    return {"targets": ("qlmade-twice",)}


def clash_with_another_plugin(house: Path) -> dict[str, Any]:
    plugin_wheel(house, "first", code=CODE.format(id="first", version="1.0").replace("first_hello", "first_two_hello"))
    plugin_wheel(house, "first_two")
    return {"targets": ("qlmade-first", "qlmade-first-two")}


def two_heads(house: Path) -> dict[str, Any]:
    scripts = {"0001_a": script(1, "pass"), "0002_b": script(2, "pass")}
    scripts["0002_c"] = scripts["0002_b"].replace("revision = '0002'", "revision = '0002c'", 1)
    plugin_wheel(house, "forked", scripts=scripts)
    return {"targets": ("qlmade-forked",)}


def failing_migration(house: Path) -> dict[str, Any]:
    scripts = {
        "0002_fails": script(2, 'op.execute("SELECT 1 / 0")'),
        "0003_never": script(3, "pass"),
    }
    plugin_wheel(house, "stumbling", migrations=1, scripts=scripts)
    return {"targets": ("qlmade-stumbling",)}


def failing_upgrade(house: Path) -> dict[str, Any]:
    scripts = {
        "0002_more": script(2, 'op.execute("ALTER TABLE steady.thing_1 ADD COLUMN more text")'),
        "0003_fails": script(3, 'op.execute("SELECT 1 / 0")'),
        "0004_never": script(4, "pass"),
    }
    plugin_wheel(house, "steady", "2.0", migrations=1, scripts=scripts)
    return {"kind": "upgrade", "targets": ("qlmade-steady",)}


def failing_health(house: Path) -> dict[str, Any]:
    """A plugin that leaves a lock file behind when it is imported first, and refuses to start beside it."""
    lock = Path(tempfile.gettempdir()) / f"questline-test-{secrets.token_hex(8)}"
    code = f"import pathlib\npathlib.Path({str(lock)!r}).touch(exist_ok=False)\n"
    plugin_wheel(house, "once", code=code + CODE.format(id="once", version="1.0"), migrations=2)
    return {"targets": ("qlmade-once",)}


def foreign_pages(house: Path) -> dict[str, Any]:
    if not (DIST / "shared.json").is_file():
        pytest.skip("the application's pages are not built")
    manifest = {"id": "pages", "version": "1.0", "sdk": "0.1", "entry": "index.js", "imports": {"react": ["useTime"]}}
    files = {"ui_dist/plugin.json": msgspec.json.encode(manifest), "ui_dist/index.js": "export default 1\n"}
    plugin_wheel(house, "pages", files=files)
    return {"targets": ("qlmade-pages",)}


def shadow(house: Path) -> dict[str, Any]:
    name, content = wheel("qlmade-shadow", "1.0", {"litestar/__init__.py": ""})
    (house / name).write_bytes(content)
    plugin_wheel(house, "needs_shadow", requires=(SDK, "qlmade-shadow"))
    return {"targets": ("qlmade-needs-shadow",)}


def needs_absent(house: Path) -> dict[str, Any]:
    plugin_wheel(house, "leaning", manifest='requires = ["absent"]\n')
    return {"targets": ("qlmade-leaning",)}


def broken_theme(house: Path) -> dict[str, Any]:
    files = {
        "qlmade_theme/__init__.py": "theme = 'none'\n",
        "entry_points.txt": "[questline.themes.v1]\ndusk = qlmade_theme:theme\n",
    }
    name, content = wheel("qlmade-theme-dusk", "1.0", files)
    (house / name).write_bytes(content)
    return {"targets": ("qlmade-theme-dusk",)}


def broken_pack(house: Path) -> dict[str, Any]:
    files = {
        "qlmade_pack/__init__.py": "pack = 'none'\n",
        "entry_points.txt": "[questline.packs.v1]\nbundle = qlmade_pack:pack\n",
    }
    name, content = wheel("qlmade-pack-bundle", "1.0", files)
    (house / name).write_bytes(content)
    return {"targets": ("qlmade-pack-bundle",)}


CASES: dict[str, tuple[Case, str]] = {
    "a damaged wheel": (damaged, "qlmade_damaged-1.0-py3-none-any.whl is damaged: qlmade_damaged/more.py is not what"),
    "a wrong hash": (wrong_hash, "is not the wheel of questline.lock"),
    "a conflict": (conflict, "qlmade-wants-old 1.0 wants qlmade-steady<1"),
    "another SDK": (foreign_sdk, "qlmade-from-afar 1.0 wants questline-sdk<8,>=7, the site has"),
    "an import error": (import_error, "ModuleNotFoundError: No module named 'nothing_of_this_name'"),
    "an import that never returns": (endless_import, "did not finish loading in 10 s"),
    "an import that ends the process": (exits, "the process ended with status 3"),
    "a hook with an unknown argument": (unknown_argument, "'weather'"),
    "a route declared twice": (clashing_route, "/api/v1/p/twice/hello"),
    "two plugins with one operation id": (clash_with_another_plugin, "first_two_hello"),
    "a forked history": (two_heads, "its migrations have 2 heads (0002, 0002c), not one"),
    "a failing migration": (failing_migration, "migration of stumbling: division by zero"),
    "a failing migration of an upgrade": (failing_upgrade, "migration of steady: division by zero"),
    "a failing health check": (failing_health, "once is failed: FileExistsError"),
    "pages that import what is not shared": (foreign_pages, "they import useTime from react"),
    "a package that hides the site's": (shadow, "its package 'litestar' would hide the site's own"),
    "a theme that is none": (broken_theme, "theme:dusk is failed"),
    "a pack that is none": (broken_pack, "pack:bundle is failed: TypeError: qlmade_pack:pack is not a"),
    "a plugin it requires is absent": (needs_absent, "leaning is blocked: requires absent, which is not installed"),
}


@pytest.mark.parametrize("name", CASES)
async def test_a_failed_change_leaves_the_site_as_it_was(site: PluginSite, tmp_path: Path, name: str):
    make, words = CASES[name]
    request = make(tmp_path)
    before = await site.snapshot()
    with pytest.raises(OperationError) as raised:
        await site.change(**{"wheelhouse": tmp_path, **request})
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)
    assert str(raised.value).partition(" (log: ")[0].endswith("nothing was changed")
    assert await site.snapshot() == before
    assert await site.unfinished() == 0


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 3 MB."""
    with small_disk_of(3) as folder:
        yield folder


async def test_a_full_disk_leaves_the_site_as_it_was(site: PluginSite, tmp_path: Path, small_disk: Path):
    content = base64.b64encode(secrets.token_bytes(1_500_000))
    plugin_wheel(tmp_path, "large", files={"content.txt": content})
    settings = renamed(site.settings, small_disk)
    await site.change(targets=("qlmade-steady",), settings=settings)  # builds here what the site runs
    before = await site.snapshot(small_disk)
    assert before["files"]
    with pytest.raises(OperationError, match="No space left on device") as raised:
        await site.change(targets=("qlmade-large",), wheelhouse=tmp_path, settings=settings)
    assert str(raised.value).partition(" (log: ")[0].endswith("nothing was changed")
    assert await site.snapshot(small_disk) == before
    assert await site.unfinished() == 0
