"""A whole site in processes of its own, `questline up`, run by an interpreter with other packages."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from questline_core.services.ports import free_port

START_SECONDS = 120


class RunningSite:
    """A running site, its command line, and a look at what it printed."""

    def __init__(self, folder: Path, python: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "up.log"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("QUESTLINE_")} | {
            "QUESTLINE_HOME": str(folder / "home"),
            "QUESTLINE_PORT": str(self.port),
            "QUESTLINE_COOKIE_SECURE": "false",
        }
        self._folder = folder
        self._command = [str(python), "-m", "questline_cli"]

    def cli(self, *arguments: str) -> str:
        """Run a command of the same site."""
        done = subprocess.run(
            [*self._command, *arguments],
            cwd=self._folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> "subprocess.Popen[bytes]":
        """Start it and wait until it is ready."""
        with self.log.open("wb") as output:
            process = subprocess.Popen(
                [*self._command, "up"],
                cwd=self._folder,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._is_ready():
            if process.poll() is not None or time.monotonic() > deadline:
                process.send_signal(signal.SIGKILL)
                raise AssertionError(f"the site did not start:\n{self.log.read_text()}")
            time.sleep(0.1)
        return process

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/health/ready", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False


@contextmanager
def running(folder: Path, python: Path) -> Iterator[RunningSite]:
    """A site with a tenant `acme` in which every plugin is on."""
    site = RunningSite(folder, python)
    process = site.start()
    try:
        site.cli("tenant", "create", "acme", "Acme")
        yield site
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)
        site.cli("purge", "--yes")
