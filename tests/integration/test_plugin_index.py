"""Plugins come from a package index, by name: a real one, served over HTTP."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from tests.integration.plugin_site import PluginSite

from questline_core.services.ports import free_port
from questline_core.testing.made_plugins import plugin_wheel

Questline = Callable[..., Awaitable["subprocess.CompletedProcess[str]"]]


class Index:
    """A package index that serves a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/simple/"
        where = ("-i", "127.0.0.1", "-p", str(self.port))
        options = ("--disable-fallback", "--hash-algo", "sha256", "--backend", "simple-dir")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pypiserver", "run", *where, *options, str(folder)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        """End it, if it is still there."""
        self.process.terminate()
        self.process.wait()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PluginSite]:
    """A site that runs its base."""
    async with PluginSite.open(tmp_path_factory.mktemp("wheelhouse")) as changed:
        yield changed


@pytest_asyncio.fixture(loop_scope="session")
async def index(tmp_path: Path, eventually: Any) -> AsyncIterator[Index]:
    """An index with a plugin, and a distribution that comes as source only."""
    folder = tmp_path / "index"
    plugin_wheel(folder, "made", "1.0", migrations=1)
    (folder / "source-only-1.0.tar.gz").write_bytes(b"never opened")
    served = Index(folder)

    async def answers() -> bool:
        try:
            async with httpx.AsyncClient() as client:
                return (await client.get(served.url)).is_success
        except httpx.TransportError:
            return False

    try:
        await eventually(answers, what="the index answers")
        yield served
    finally:
        served.stop()


@pytest.fixture
def questline(site: PluginSite, index: Index, tmp_path: Path) -> Questline:
    """Run the command line against the site, with the index as the only one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUESTLINE_", "UV_"))}
    source = {
        "UV_DEFAULT_INDEX": index.url,
        "UV_NO_CONFIG": "1",
        "UV_HTTP_RETRIES": "0",
        "UV_CACHE_DIR": str(tmp_path / "cache"),
    }

    async def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "questline_cli", *arguments],
            env=kept | site.environment | source,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


async def version(questline: Questline) -> str | None:
    listed = json.loads((await questline("plugin", "list", "--json")).stdout)
    return next((each["version"] for each in listed if each["id"] == "made"), None)


async def test_a_plugin_is_found_installed_and_upgraded_by_name(site: PluginSite, index: Index, questline: Questline):
    found = await questline("plugin", "search", "qlmade-made", "--json")
    assert [(each["id"], each["version"]) for each in json.loads(found.stdout)] == [("made", "1.0")]
    nothing = await questline("plugin", "search", "nonesuch")
    assert (nothing.returncode, "Nothing like 'nonesuch'" in nothing.stdout) == (0, True)

    installed = await questline("plugin", "install", "qlmade-made", "--yes")
    assert installed.returncode == 0, installed.stderr
    assert await version(questline) == "1.0"

    again = await questline("plugin", "upgrade", "--all", "--yes")
    assert (again.returncode, "nothing was changed" in again.stdout) == (0, True), again.stderr
    plugin_wheel(index.folder, "made", "2.0", migrations=2)
    upgraded = await questline("plugin", "upgrade", "--all", "--yes")
    assert upgraded.returncode == 0, upgraded.stderr
    assert await version(questline) == "2.0"
    back = await questline("plugin", "downgrade", "made", "1.0", "--yes")
    assert back.returncode == 0, back.stderr
    assert await version(questline) == "1.0"


@pytest.mark.parametrize(
    ("name", "said"), [("qlmade-absent", "qlmade-absent"), ("source-only", "source-only"), ("made==7", "made==7")]
)
async def test_what_the_index_does_not_have_is_said_in_a_line(
    site: PluginSite, questline: Questline, name: str, said: str
):
    before = await site.snapshot()
    refused = await questline("plugin", "install", name, "--yes")
    assert refused.returncode == 1
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert await site.snapshot() == before


async def test_an_index_that_does_not_answer_changes_nothing(site: PluginSite, index: Index, questline: Questline):
    before = await site.snapshot()
    index.stop()
    refused = await questline("plugin", "install", "qlmade-absent", "--yes")
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert f"127.0.0.1:{index.port} cannot be reached: " in refused.stderr
    assert await site.snapshot() == before


async def test_an_upgrade_names_what_or_takes_all(questline: Questline):
    for arguments in ((), ("made", "--all")):
        refused = await questline("plugin", "upgrade", *arguments)
        assert (refused.returncode, "give --all" in refused.stderr) == (2, True)
