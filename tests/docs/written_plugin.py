"""A plugin that a page of the documentation writes out, put on disk, installed and tested as a reader would."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```\w+ title=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def write_plugin(page: str, folder: Path) -> list[str]:
    """Write every titled code block of a page; returns their names."""
    files = BLOCK.findall((DOCS / page).read_text())
    for name, text in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return [name for name, _ in files]


def run_its_tests(plugin: Path, site: Path) -> str:
    """Install the plugin into a folder of its own and run its tests; returns what pytest printed."""
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
    return done.stdout + done.stderr
