"""A running `questline dev` for a plugin that was just written."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from questline_cli.main import app
from questline_core.services.ports import free_port
from questline_core.testing.rates import NEVER_REACHED

START_SECONDS = 180


class DevCommand:
    """The process, what it printed, and a client signed in as the developer."""

    def __init__(self, plugin: Path, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "dev.log"
        (folder / "questline.toml").write_text(NEVER_REACHED)
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("QUESTLINE_")} | {
            "QUESTLINE_HOME": str(folder / "home"),
            "QUESTLINE_DEFAULT_TENANT": "dev",
        }
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "questline_cli", "dev", "--plugin", plugin, "--port", str(self.port)],
                cwd=folder,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def printed(self) -> str:
        return re.sub(r"\x1b\[[0-9;]*m", "", self.log.read_text())

    def wait_until(self, condition, what: str, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert self.process.poll() is None, self.printed
            assert time.monotonic() < deadline, f"{what}:\n{self.printed}"
            time.sleep(0.05)

    @property
    def password(self) -> str:
        found = re.search(r"sign in as (\S+) with (.+)", self.printed)
        assert found, self.printed
        return found[2].strip()

    def sign_in(self) -> httpx.Client:
        who = {"email": "developer@example.test", "password": self.password}
        answer = httpx.post(f"{self.address}/api/v1/auth/log-in", json=who, timeout=60)
        assert answer.status_code == 200, answer.text
        headers = {"authorization": f"Bearer {answer.json()['access_token']}"}
        return httpx.Client(base_url=self.address, timeout=60, headers=headers)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(60)
        finally:
            purge = [sys.executable, "-m", "questline_cli", "purge", "--yes"]
            subprocess.run(purge, env=self.environment, cwd=self.log.parent, check=False, capture_output=True)


@pytest.fixture
def develop(tmp_path):
    """Write a plugin with these features and run `questline dev` on it."""
    running = []

    def start(name, *features):
        plugin = tmp_path / "plugin"
        done = CliRunner().invoke(app, ["plugin", "new", name, *features, "--dir", str(plugin)])
        assert done.exit_code == 0, done.output
        command = DevCommand(plugin, tmp_path)
        running.append(command)
        command.wait_until(lambda: "runs at" in command.printed, "it did not start", START_SECONDS)
        return plugin, command

    yield start
    for command in running:
        status = command.stop()
        assert status == 0, command.printed
