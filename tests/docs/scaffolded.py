"""A page of the documentation that begins with `questline plugin new`, followed as a reader would."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"
SCRIPTS = sysconfig.get_path("scripts")
COMMANDS = re.compile(r"^```console scaffold\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WRITTEN = re.compile(r"^```\w+ title=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MERGED = re.compile(r"^```json merge=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def follow(page: str, folder: Path) -> list[Path]:
    """Run the page's commands and write its files; returns the plugins' folders.

    Where a page makes one plugin, its files are named from that plugin's folder.
    """
    text = (DOCS / page).read_text()
    (commands,) = COMMANDS.findall(text)
    for line in commands.splitlines():
        program, *arguments = line.split()
        assert program == "questline"
        run(folder, sys.executable, "-m", "questline_cli", *arguments)
    plugins = sorted(folder.iterdir())
    base = plugins[0] if len(plugins) == 1 else folder
    for name, content in WRITTEN.findall(text):
        (base / name).parent.mkdir(parents=True, exist_ok=True)
        (base / name).write_text(content)
    for name, content in MERGED.findall(text):
        path = base / name
        path.write_text(json.dumps(merged(json.loads(path.read_text()), json.loads(content)), indent=2))
    return plugins


def merged(first: Any, second: Any) -> Any:
    if not (isinstance(first, dict) and isinstance(second, dict)) or "$value" in second:
        return second
    return first | {name: merged(first.get(name), value) for name, value in second.items()}


def install(site: Path, *plugins: Path) -> None:
    """Install plugins into a folder that goes before the environment's packages."""
    uv = shutil.which("uv", path=SCRIPTS) or "uv"
    options = ["--quiet", "--offline", "--no-deps", "--no-build-isolation", "--python", sys.executable]
    for plugin in plugins:
        run(plugin, uv, "pip", "install", *options, "--target", str(site), str(plugin))


def check_style_and_types(plugin: Path, cache: Path, *sources: Path) -> None:
    """Hold what the page says to the same tools as everything else."""
    run(plugin, sys.executable, "-m", "ruff", "check", ".")
    run(plugin, sys.executable, "-m", "ruff", "format", "--check", ".")
    path = os.pathsep.join(str(source / "src") for source in (plugin, *sources))
    run(plugin, sys.executable, "-m", "mypy", "--cache-dir", str(cache), MYPYPATH=path)


def run_its_tests(plugin: Path, site: Path) -> str:
    """Run a plugin's tests on what is installed in a folder; returns what pytest printed."""
    path = os.pathsep.join(filter(None, [str(site), os.environ.get("PYTHONPATH")]))
    options = ["-q", "-p", "no:cacheprovider", "-k", "not accessible"]
    return run(plugin, sys.executable, "-m", "pytest", *options, PYTHONPATH=path)


def run_its_pages_tests(plugin: Path) -> None:
    """Type check, test and build a plugin's user interface."""
    for tool in (["tsc", "-p", "tsconfig.json"], ["vitest", "run"], ["vite", "build"]):
        run(plugin / "ui", str(plugin / "ui" / "node_modules" / ".bin" / tool[0]), *tool[1:])


def run(folder: Path, *command: str, **variables: str) -> str:
    environment = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", **variables}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
