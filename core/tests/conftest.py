"""Builds small plugin distributions on disk, as broken as a test wants them."""

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint, distributions
from pathlib import Path

import pytest

PluginBuilder = Callable[..., EntryPoint]


@pytest.fixture
def build_plugin(tmp_path: Path) -> Iterator[PluginBuilder]:
    """Build and make importable a plugin distribution; returns its entry point."""
    before = set(sys.modules)

    def build(
        plugin_id: str,
        code: str,
        *,
        toml: str = "",
        sdk: str = ">=0.1,<0.2",
        migrations: dict[str, str] | None = None,
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
