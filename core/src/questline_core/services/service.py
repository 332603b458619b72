"""What the three embedded services have in common."""

from __future__ import annotations

import signal
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from threading import Event, RLock
from typing import ClassVar

from questline_core.services.errors import ServiceError
from questline_core.services.ports import free_port, is_free, require_free
from questline_core.services.process import Command, ServiceProcess
from questline_core.services.state import make_directory, read_json, remove_tree, write_json

PORT_ATTEMPTS = 5


class EmbeddedService(ABC):
    """A server with its data in one folder of HOME: adopted when it still runs, else started on a remembered port."""

    title: ClassVar[str]
    folder: ClassVar[str]
    executable: ClassVar[str]
    stop_signals: ClassVar[Sequence[signal.Signals]] = (signal.SIGTERM,)
    port_distances: ClassVar[Sequence[int]] = ()
    start_timeout: ClassVar[float] = 60
    stop_timeout: ClassVar[float] = 15

    def __init__(self, home: Path, port: int | None = None) -> None:
        self.home = home.expanduser().absolute()
        self.root = self.home / self.folder
        self.adopted = False
        self.notice = ""
        self._wanted_port = port
        self._port: int | None = None
        self._process = ServiceProcess(
            self.title, self.home, self.folder, self.executable, self.stop_signals, self.stop_timeout
        )
        self._guard = RLock()
        self._abandoned = Event()

    @property
    def port(self) -> int:
        """The port on the loopback interface."""
        if self._port is None:
            raise ServiceError(f"{self.title} has not been started.")
        return self._port

    @property
    def pid(self) -> int | None:
        """The process id of the running server."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the server process lives."""
        return self._process.running

    @property
    def log(self) -> Path:
        """The file that holds the server's own messages."""
        return self._process.log

    @property
    def state_file(self) -> Path:
        """The file that remembers the port and where the data lies."""
        return self.root / "state.json"

    def start(self) -> None:
        """Start the server, or take over the one an earlier supervisor left running, and return when it is ready."""
        with self._guard:
            if self.running:
                return
            self.notice = ""
            make_directory(self.home)
            make_directory(self.root)
            if self._wanted_port is not None and self._process.ended_cleanly:
                self._require_free(self._wanted_port)
            self.prepare()
            remembered = self._port or self._wanted_port or read_json(self.state_file).get("port")
            self.adopted = isinstance(remembered, int) and self._adopt(remembered)
            if not self.adopted:
                self._start_anew(remembered if isinstance(remembered, int) else None)

    def _adopt(self, port: int) -> bool:
        self._port, before = port, self._port
        if self._process.adopt(self.command(port)):
            try:
                self._process.wait_until(self.ready, self.start_timeout, self._abandoned)
            except ServiceError:
                self._process.stop()
            else:
                return True
        self._port = before
        return False

    def _start_anew(self, remembered: int | None) -> None:
        # A taken port may be a server of ours whose record is lost.
        unclean = self.unclean() or (remembered is not None and not self._is_free(remembered))
        self._process.end_leftovers(self.data, unclean)
        self.repair()
        fixed = self._port or self._wanted_port
        if fixed is not None:
            self._require_free(fixed)
        for attempt in range(1, PORT_ATTEMPTS + 1):
            port = fixed or remembered
            if port is None or attempt > 1 or not self._is_free(port):
                port = fixed or free_port(self.port_distances)
            before, self._port = self._port, port
            self._remember(port)
            try:
                self._process.start(self.command(port))
                self._process.wait_until(self.ready, self.start_timeout, self._abandoned)
            except ServiceError:
                in_use = "in use" in self._process.complaint().lower()
                self._process.stop()
                self._port = before
                if fixed is not None or not in_use or attempt == PORT_ATTEMPTS:
                    raise
            else:
                return

    def _require_free(self, port: int) -> None:
        for distance in (0, *self.port_distances):
            require_free(port + distance, self.title)

    def _is_free(self, port: int) -> bool:
        return all(is_free(port + distance) for distance in (0, *self.port_distances))

    def _remember(self, port: int) -> None:
        state = read_json(self.state_file)
        if state.get("port") != port:
            write_json(self.state_file, {**state, "port": port})

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the server process has ended and return whether it has; `timeout` is in seconds."""
        return self._process.wait(timeout)

    def stop(self) -> None:
        """Stop the server cleanly; stopping a stopped server does nothing."""
        self.abandon()
        with self._guard:
            self._process.stop()
            self._abandoned.clear()

    def abandon(self) -> None:
        """Make a start that another thread is waiting for give up; `stop` has to follow."""
        self._abandoned.set()

    def attach(self) -> bool:
        """Look at the server that another process runs on this HOME, and return whether it lives."""
        port = read_json(self.state_file).get("port")
        self._port = port if isinstance(port, int) else None
        return self._port is not None and self._process.attach()

    def purge(self) -> None:
        """Stop the server and remove its data."""
        with self._guard:
            self.stop()
            if self.root.exists():
                self._process.end_leftovers(self.data, unclean=True)
                self._process.forget()
                self.remove_data()

    def remove_data(self) -> None:
        """Remove the data of the stopped server."""
        remove_tree(self.root)

    @property
    @abstractmethod
    def data(self) -> Path:
        """The directory the server works in."""

    @abstractmethod
    def prepare(self) -> None:
        """Create what the server needs before its first start; does nothing later."""

    @abstractmethod
    def command(self, port: int) -> Command:
        """Return what to start on that port."""

    @abstractmethod
    def ready(self) -> bool:
        """Return whether the server just started answers."""

    def unclean(self) -> bool:
        """Return whether the data look as if a server worked on them."""
        return False

    def repair(self) -> None:  # noqa: B027 - most services need no repair
        """Clear away what a crash left, now that no process of ours works on the data."""
