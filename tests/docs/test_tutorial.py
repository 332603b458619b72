"""The tutorial's plugin, written to disk from the page, installs and passes its own test."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial" / "first-plugin.md"
BLOCK = re.compile(r"^```\w+ title=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_first_plugin_works_as_written(tmp_path):
    plugin, site = tmp_path / "cheers", tmp_path / "site"
    files = BLOCK.findall(PAGE.read_text())
    assert len(files) == 7
    for name, text in files:
        path = plugin / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    install = [uv, "pip", "install", "--quiet", "--offline", "--no-deps", "--no-build-isolation"]
    subprocess.run([*install, "--python", sys.executable, "--target", str(site), str(plugin)], check=True)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--asyncio-mode=auto", "-o", "asyncio_default_test_loop_scope=session",
         "-o", "asyncio_default_fixture_loop_scope=session", "-W", "error", "-p", "no:cacheprovider",
         "--rootdir", str(plugin), "tests"],
        cwd=plugin,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert "2 passed" in done.stdout, done.stdout + done.stderr
