"""PostgreSQL 18 on this machine."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from questline_core.services.binaries import find_postgres
from questline_core.services.cluster import (
    DATABASE,
    ROLES,
    create,
    require_same_major,
    set_passwords,
    take_ownership,
)
from questline_core.services.errors import ServiceError
from questline_core.services.placement import VAR_LIB, Placement, fallback, place
from questline_core.services.ports import LOOPBACK
from questline_core.services.process import Command
from questline_core.services.service import EmbeddedService
from questline_core.services.state import explain, new_secret, read_json, remove_tree, require_space, write_json

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "fsync": "on",
    "synchronous_commit": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "log_min_error_statement": "panic",
    "password_encryption": "scram-sha-256",
    "jit": "off",
}
SPACE_MB = 20
Role = Literal["app", "owner", "superuser"]


class EmbeddedPostgres(EmbeddedService):
    """PostgreSQL with the database `questline`, its owner, and the app's role that owns nothing."""

    title = "PostgreSQL"
    folder = "postgres"
    executable = "postgres"
    # SIGINT is PostgreSQL's fast shutdown: it ends sessions and writes a checkpoint; SIGQUIT leaves recovery to do.
    stop_signals = (signal.SIGINT, signal.SIGQUIT)
    start_timeout = 120
    stop_timeout = 60

    def __init__(self, home: Path, port: int | None = None, settings: Mapping[str, str] | None = None) -> None:
        super().__init__(home, port)
        self._settings = {**SETTINGS, **(settings or {})}
        self._placement: Placement | None = None
        self._passwords: dict[str, str] = {}

    @property
    def placement(self) -> Placement:
        """Where the data lies and as whom the server runs."""
        if self._placement is None:
            raise ServiceError(f"{self.title} has not been started.")
        return self._placement

    @property
    def data(self) -> Path:
        """The data directory."""
        if self._placement is not None:
            return self._placement.data
        outside = fallback(self.home) / "data"
        return outside if outside.exists() else self.root / "data"

    @property
    def app_dsn(self) -> str:
        """The URL for the application: its role owns nothing and obeys row-level security."""
        return self.dsn("app")

    @property
    def owner_dsn(self) -> str:
        """The URL for migrations: the role that owns the database."""
        return self.dsn("owner")

    @property
    def superuser_dsn(self) -> str:
        """The URL for administration, to the database `postgres`."""
        return self.dsn("superuser", "postgres")

    def dsn(self, role: Role, database: str = DATABASE) -> str:
        """Return the URL of a database for a role."""
        password = self._passwords.get(role) or read_json(self._secrets).get(role, "")
        return f"postgresql://{ROLES[role]}:{password}@{LOOPBACK}:{self.port}/{database}"

    @property
    def _secrets(self) -> Path:
        return self.root / "credentials.json"

    def prepare(self) -> None:
        """Find a place for the data and create the cluster if there is none."""
        self._placement = placement = self._place()
        known = read_json(self._secrets)
        complete = all(isinstance(known.get(role), str) for role in ROLES)
        self._passwords = {role: known[role] for role in ROLES} if complete else {role: new_secret() for role in ROLES}
        if placement.data.exists():
            require_same_major(placement)
            require_space(placement.directory, SPACE_MB, "the database")
        if not complete:
            self._renew_passwords(placement)
        if not placement.data.exists():
            create(placement, self._passwords)

    def _renew_passwords(self, placement: Placement) -> None:
        if placement.data.exists():
            self._process.end_leftovers(placement.data, self.unclean())
            self.repair()
            set_passwords(placement, self._passwords)
        write_json(self._secrets, self._passwords)

    def _place(self) -> Placement:
        state = read_json(self.state_file)
        placement = place(self.home, self.root, find_postgres())
        recorded = Path(str(state.get("directory", self.root)))
        if not placement.data.exists() and recorded.parent == VAR_LIB and (recorded / "data").exists():
            raise ServiceError(
                f"The data of {self.home} lie in {recorded}, made when it had another path: "
                f"mv {recorded} {fallback(self.home)}"
            )
        decision = {"directory": str(placement.directory), "reason": placement.reason}
        if {name: state.get(name) for name in decision} != decision:
            write_json(self.state_file, {**state, **decision})
        return placement

    def command(self, port: int) -> Command:
        """Return how to start the server; every setting is on the command line, so that no file can go stale."""
        placement = self.placement
        argv = [*placement.prefix, placement.install.program("postgres"), "-D", str(placement.data), "-p", str(port)]
        for name, value in self._settings.items():
            argv += ["-c", f"{name}={value}"]
        return Command(argv, placement.data, {"TZ": "UTC"}, placement.run_as)

    def ready(self) -> bool:
        """Return whether the server says in its own PID file that it is ready, and takes connections.

        The file alone would not do: it still says "ready" while the server recovers from the loss of a backend.
        """
        lines = self._postmaster_file()
        said = len(lines) > 7 and lines[0].strip() == str(self.pid) and lines[7].strip() == "ready"
        return said and self._asks_for_a_password()

    def _asks_for_a_password(self) -> bool:
        # A start-up message of protocol 3.0; the answer begins with R (authentication) or E (error).
        message = struct.pack("!i", 3 << 16) + f"user\0{ROLES['app']}\0database\0{DATABASE}\0\0".encode()
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, self.port), timeout=2) as connection:
            connection.sendall(struct.pack("!i", len(message) + 4) + message)
            return connection.recv(1) == b"R"
        return False

    def unclean(self) -> bool:
        """Return whether the data directory has a server's PID file."""
        return (self.data / "postmaster.pid").exists()

    def repair(self) -> None:
        """Make the data directory startable after a crash: right owner, no PID file that names somebody else."""
        try:
            take_ownership(self.placement)
            lines = self._postmaster_file()
            if lines and lines[0].strip().isdigit() and _exists(int(lines[0])):
                (self.data / "postmaster.pid").unlink()
        except OSError as error:
            raise explain(error, self.data) from error

    def _postmaster_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []

    def remove_data(self) -> None:
        """Remove the data, wherever they lie."""
        remove_tree(fallback(self.home))
        super().remove_data()


def _exists(pid: int) -> bool:
    """Whether PostgreSQL would take this pid for a running server."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
