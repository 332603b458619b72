"""The front end under development: Vite serves the plugin's sources and passes everything else to the server."""

import asyncio
import os
import signal
from collections.abc import Mapping
from pathlib import Path

from rich.markup import escape

from questline_cli.dev.ready import answers
from questline_cli.output import console, errors
from questline_cli.scaffold.kit import checkout
from questline_core.ui.bundles import DIST

DEVELOPMENT = DIST.with_name("dist_development")
START_SECONDS = 120


class NoPackages(Exception):
    """The packages that the user interface is built with are not installed."""


class Vite:
    """A running Vite."""

    def __init__(self, ui: Path, port: int, back_end: str, variables: Mapping[str, str]) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._ui = ui
        self._port = port
        self._variables = {**variables, "QUESTLINE_DEV_BACK_END": back_end}
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start and wait until it answers; raises `NoPackages`."""
        vite = _find(self._ui)
        host = await host_build(self._variables)
        refresh = "0" if host == DIST else "1"
        self._process = await asyncio.create_subprocess_exec(
            vite,
            "--host",
            "127.0.0.1",
            "--port",
            str(self._port),
            "--strictPort",
            "--clearScreen",
            "false",
            cwd=self._ui,
            env={**self._variables, "QUESTLINE_DEV_HOST": str(host), "QUESTLINE_DEV_REFRESH": refresh},
            stdout=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            await answers(f"{self.address}/@questline/status", self._process, START_SECONDS)
        except (ProcessLookupError, TimeoutError):
            raise NoPackages(f"Vite does not start; run `npx vite` in {self._ui} to see why") from None

    async def stop(self) -> None:
        """Stop it and what it started."""
        if self._process is not None and self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            await self._process.wait()


async def host_build(variables: Mapping[str, str]) -> Path:
    """The build of the site's own pages: the development one where there is one, for it lets edits keep their state.

    A checkout builds it at first use and whenever its production build is newer.
    """
    root = checkout()
    if root is not None and _age(DEVELOPMENT) < _age(DIST):
        console.print("Building the site's pages for development ...")
        await _build(root, variables)
    return DEVELOPMENT if _age(DEVELOPMENT) else DIST


def _age(build: Path) -> float:
    shared = build / "shared.json"
    return shared.stat().st_mtime if shared.is_file() else 0.0


async def _build(root: Path, variables: Mapping[str, str]) -> None:
    command = ("npm", "run", "--silent", "build:development", "--workspace", "frontend")
    process = await asyncio.create_subprocess_exec(
        *command, cwd=root, env=dict(variables), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    if process.returncode:
        errors.print(
            "[yellow]edits will not keep the state of views:[/]", escape(said.decode(errors="replace")), markup=True
        )


def _find(ui: Path) -> Path:
    for folder in (ui, *ui.parents):
        vite = folder / "node_modules" / ".bin" / "vite"
        if vite.exists():
            return vite
    raise NoPackages(f"the packages of {ui} are not installed; run `npm install` there")
