"""Small plugin distributions, as broken as a test wants them, and a mail server."""

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import EntryPoint, distributions
from pathlib import Path

import pytest
import pytest_asyncio

from questline_core.testing.post import smtp_server

PluginBuilder = Callable[..., EntryPoint]


@pytest.fixture
def build_plugin(tmp_path: Path) -> Iterator[PluginBuilder]:
    """Build and make importable a plugin distribution; returns its entry point."""
    with plugin_builder(tmp_path) as build:
        yield build


@pytest.fixture(scope="session")
def open_builder() -> Callable[[Path], AbstractContextManager[PluginBuilder]]:
    """The same for a fixture that lives longer than a test: `with open_builder(folder) as build_plugin`."""
    return plugin_builder


@contextmanager
def plugin_builder(tmp_path: Path) -> Iterator[PluginBuilder]:
    """Build plugins in a folder, which is importable and there until the block ends."""
    before = set(sys.modules)

    def build(
        plugin_id: str,
        code: str,
        *,
        toml: str = "",
        sdk: str = ">=0.1,<0.2",
        migrations: dict[str, str] | None = None,
        requires: str = "",
    ) -> EntryPoint:
        package = tmp_path / f"qltest_{plugin_id}"
        package.mkdir()
        (package / "__init__.py").touch()
        (package / "plugin.py").write_text(textwrap.dedent(code))
        (package / "plugin.toml").write_text(toml or f'id = "{plugin_id}"\ntitle = "{plugin_id.title()}"\n')
        if migrations:
            versions = package / "migrations" / "versions"
            versions.mkdir(parents=True)
            for name, text in migrations.items():
                (versions / f"{name}.py").write_text(textwrap.dedent(text))
        info = tmp_path / f"qltest_{plugin_id}-1.2.3.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: qltest-{plugin_id}\nVersion: 1.2.3\nRequires-Dist: questline-sdk{sdk}\n"
            + (f"Requires-Dist: {requires}\n" if requires else "")
        )
        (info / "entry_points.txt").write_text(
            f"[questline.plugins.v1]\n{plugin_id} = qltest_{plugin_id}.plugin:plugin\n"
        )
        (found,) = [
            entry
            for distribution in distributions(path=[str(tmp_path)])
            for entry in distribution.entry_points
            if entry.name == plugin_id
        ]
        return found

    sys.path.insert(0, str(tmp_path))
    yield build
    sys.path.remove(str(tmp_path))
    for name in set(sys.modules) - before:
        if name.startswith("qltest_"):
            del sys.modules[name]
    shutil.rmtree(tmp_path, ignore_errors=True)


@pytest.fixture
def good(build_plugin: PluginBuilder) -> EntryPoint:
    """A plugin with nothing wrong."""
    return build_plugin(
        "good",
        """
        from litestar import get
        from questline_sdk import Plugin, hookimpl

        @get("/hello", operation_id="good_hello", public=True)
        async def hello() -> dict[str, str]:
            return {"hello": "world"}

        class Good(Plugin):
            @hookimpl
            def register_routes(self):
                return [hello]

        plugin = Good()
        """,
    )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def posted():
    """A mail server that keeps what it is sent."""
    async with smtp_server() as box:
        yield box


@pytest.fixture
def post(posted):
    """The mail server, with nothing in it."""
    posted.clear()
    return posted
