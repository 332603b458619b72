"""A small build of the application in place of the real one, and a site with a plugin that has pages."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from questline_core.testing import TestSite
from questline_core.ui import bundles, files

HTML = '<!doctype html><html><head><meta name="csp-nonce" content="__NONCE__"></head><body></body></html>'
PLAIN = "from questline_sdk import Plugin\n\nclass Plain(Plugin):\n    pass\n\nplugin = Plain()\n"


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the application's build leaves it."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(HTML)
    policy = "default-src 'none'; style-src 'self' 'nonce-__NONCE__'; frame-ancestors 'none'"
    (folder / "csp.json").write_text(json.dumps({"policy": policy, "nonce_placeholder": "__NONCE__"}))
    modules = {"react": ["default", "useState"], "@questline/ui-sdk": ["definePlugin", "Page"]}
    (folder / "shared.json").write_text(json.dumps({"sdk_version": "0.1.0", "modules": modules}))
    (folder / "assets" / "main-abc.js").write_text("export const x = 1;\n" * 200)
    (folder / "assets" / "small-abc.css").write_text("a{}")
    (folder / "sw.js").write_text("// service worker")
    (folder / "manifest.webmanifest").write_text("{}")
    (folder / "icons").mkdir()
    (folder / "icons" / "192.png").write_bytes(b"\x89PNG")
    (tmp_path / "secret.txt").write_text("not for you")
    for module in (bundles, files):
        monkeypatch.setattr(module, "DIST", folder)
    return folder


@pytest.fixture
def write_bundle(tmp_path: Path):
    """Write the pages of a plugin as the build kit does."""

    def write(plugin_id: str, **changes: object) -> Path:
        folder = tmp_path / f"qltest_{plugin_id}" / "ui_dist"
        folder.mkdir(exist_ok=True)
        values = {
            "id": plugin_id,
            "version": "0.0.1",
            "sdk": ">=0.1,<0.2",
            "entry": "index-abc.js",
            "integrity": "sha384-x",
            "css": ["index-abc.css"],
            "imports": {"@questline/ui-sdk": ["definePlugin"], "react": ["*", "useState"]},
            "contributions": {"routes": [{"path": "", "view": "Home"}]},
        } | changes
        (folder / "plugin.json").write_text(json.dumps(values))
        (folder / "index-abc.js").write_text("export default {}")
        (folder / "index-abc.css").write_text("a{}")
        return folder

    return write


@pytest_asyncio.fixture(loop_scope="session")
async def own(build_plugin, write_bundle, dist, site) -> AsyncIterator[TestSite]:
    """A site with the plugins `paged`, `plain` (no pages) and `newer` (its pages want more than this host has)."""
    entries = [build_plugin(name, PLAIN) for name in ("paged", "plain", "newer")]
    write_bundle("paged")
    write_bundle("newer", imports={"@questline/ui-sdk": ["definePlugin", "Hologram", "Teleport"]})
    async with TestSite.open(entries, services=site.services) as own:
        yield own
