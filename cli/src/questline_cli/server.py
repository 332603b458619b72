"""The server as a child of `questline up`: started, watched, restarted and stopped like the embedded services."""

import secrets
import sys
import urllib.error
import urllib.request
from pathlib import Path

import msgspec

from questline_core.services.process import Command
from questline_core.services.service import EmbeddedService
from questline_core.services.state import make_directory
from questline_core.settings import ENVIRONMENT_PREFIX, PluginChoices, Settings

READY_TIMEOUT = 2


class ServerProcess(EmbeddedService):
    """`questline serve` with the worker inside, on the site's port."""

    title = "Questline"
    folder = "server"
    executable = Path(sys.executable).resolve().name
    stop_timeout = 15

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.home_path, settings.port)
        self._settings = settings
        self._token = secrets.token_hex(8)

    @property
    def data(self) -> Path:
        """The directory the server runs in."""
        return self.root

    def prepare(self) -> None:
        """Nothing is needed but the directory."""
        make_directory(self.data)

    def command(self, port: int) -> Command:
        """Return how to start the server; its settings go by the environment."""
        given = msgspec.structs.asdict(self._settings)
        environment = {
            f"{ENVIRONMENT_PREFIX}{name.upper()}": _text(value)
            for name, value in given.items()
            if value is not None and not isinstance(value, PluginChoices)
        }
        environment |= {
            "QUESTLINE_HOME": str(self._settings.home_path),
            "QUESTLINE_PORT": str(port),
            "QUESTLINE_WORKER_IN_SERVER": "true",
        }
        argv = [sys.executable, "-m", "questline_cli", "serve"]
        # The token is another one in every supervisor, so that a server left behind is replaced and never adopted.
        return Command(argv, self.data, environment=environment, configuration=self._token)

    def ready(self) -> bool:
        """Return whether the server and what it needs answer."""
        try:
            with urllib.request.urlopen(self.ready_url, timeout=READY_TIMEOUT) as response:  # noqa: S310  our own address
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    @property
    def ready_url(self) -> str:
        """The address that says whether the site is ready."""
        return f"http://127.0.0.1:{self.port}/health/ready"


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
