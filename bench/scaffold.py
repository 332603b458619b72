"""`questline plugin new` with every feature, until its tests, types, style and pages are green."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

from bench.report import Result, at_most

NAME = "bench_scaffold"
FEATURES = ["--routes", "--tables", "--events", "--job", "--settings", "--ui", "--block", "card"]
SCRIPTS = sysconfig.get_path("scripts")


def run() -> list[Result]:
    """Time the commands a developer runs, one after the other, with nothing cached for the new plugin."""
    folder = Path(tempfile.mkdtemp(prefix="questline-scaffold-"))
    try:
        started = time.perf_counter()
        plugin = folder / NAME
        _run(folder, sys.executable, "-m", "questline_cli", "plugin", "new", NAME, *FEATURES, "--dir", str(plugin))
        written = time.perf_counter() - started
        tools = plugin / "ui" / "node_modules" / ".bin"
        for tool in (["tsc", "-p", "tsconfig.json"], ["vitest", "run"], ["vite", "build"]):
            _run(plugin / "ui", str(tools / tool[0]), *tool[1:])
        uv = shutil.which("uv", path=SCRIPTS) or "uv"
        offline = ["--quiet", "--offline", "--no-deps", "--no-build-isolation", "--python", sys.executable]
        _run(plugin, uv, "pip", "install", *offline, "--target", str(folder / "site"), str(plugin))
        for module in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["pytest", "-q"]):
            _run(plugin, sys.executable, "-m", *module, PYTHONPATH=str(folder / "site"))
        green = time.perf_counter() - started
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [
        at_most("scaffold: files written", written, "s", bar=5.0),
        at_most("scaffold: tests, types, conformance and pages green", green, "s", bar=60.0),
    ]


def _run(folder: Path, *command: str, **variables: str) -> None:
    environment = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", **variables}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}:\n{done.stdout}{done.stderr}")
