"""Valkey on this machine."""

from __future__ import annotations

import contextlib
import socket
import time
from pathlib import Path

from questline_core.services.binaries import find_valkey
from questline_core.services.errors import ServiceError
from questline_core.services.ports import LOOPBACK
from questline_core.services.process import Command
from questline_core.services.service import EmbeddedService
from questline_core.services.state import make_directory, new_secret, read_json, write_json, write_private

# `save ""`: the append-only file is the only copy, so no snapshots beside it.
SETTINGS = """
bind 127.0.0.1
protected-mode yes
daemonize no
databases 16
appendonly yes
appendfsync everysec
save ""
tcp-keepalive 60
"""


DAMAGED = "append only file"


class EmbeddedValkey(EmbeddedService):
    """Valkey with a password and an append-only file."""

    title = "Valkey"
    folder = "valkey"
    executable = "valkey-server"

    def __init__(self, home: Path, port: int | None = None) -> None:
        super().__init__(home, port)
        self._password = ""

    @property
    def data(self) -> Path:
        """The directory that holds the append-only files."""
        return self.root / "data"

    @property
    def redis_url(self) -> str:
        """The URL for clients of the Redis protocol."""
        password = self._password or read_json(self._secrets).get("password", "")
        return f"redis://:{password}@{LOOPBACK}:{self.port}/0"

    @property
    def _secrets(self) -> Path:
        return self.root / "credentials.json"

    def prepare(self) -> None:
        """Choose a password and create the data directory."""
        make_directory(self.data, 0o700)
        known = read_json(self._secrets).get("password")
        self._password = known if isinstance(known, str) else new_secret()
        if self._password != known:
            write_json(self._secrets, {"password": self._password})

    def start(self) -> None:
        """Start the server; a damaged append-only file is set aside, because all it holds can be rebuilt."""
        with self._guard:
            try:
                super().start()
            except ServiceError:
                if DAMAGED not in self._process.complaint().lower():
                    raise
                aside = self.root / f"damaged-{int(time.time())}"
                self.data.rename(aside)
                super().start()
                self.notice = f"Its data were damaged and lie in {aside}."

    def command(self, port: int) -> Command:
        """Return how to start the server; the password goes by a private file, never by the command line."""
        configuration = f"port {port}\nrequirepass {self._password}\ndir {_quoted(self.data)}{SETTINGS}"
        path = self.root / "valkey.conf"
        if not path.exists() or path.read_text(encoding="utf-8") != configuration:
            write_private(path, configuration)
        return Command([str(find_valkey()), str(path)], self.data, configuration=configuration)

    def ready(self) -> bool:
        """Return whether the server has loaded its data and accepts the password."""
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, self.port), timeout=1) as connection:
            connection.sendall(f"AUTH {self._password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2:
                part = connection.recv(256)
                if not part:
                    return False
                answer += part
            return answer == b"+OK\r\n+PONG\r\n"
        return False


def _quoted(path: Path) -> str:
    text = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
