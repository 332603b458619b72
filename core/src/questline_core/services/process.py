"""The life cycle of one child process: start, adopt, watch, stop."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Event

from questline_core.services.errors import ServiceError
from questline_core.services.identity import is_alive, processes_in, send, started, wait_for_exit
from questline_core.services.state import explain, make_directory, read_json, write_json

LOG_LIMIT = 5_000_000
TROUBLE = ("panic:", "fatal", "error", "can't", "cannot", "failed")


@dataclass(frozen=True)
class RunAs:
    """The user and group that a child runs as."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Command:
    """What to start."""

    argv: Sequence[str]
    directory: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    run_as: RunAs | None = None
    configuration: str = ""

    @property
    def fingerprint(self) -> str:
        """Changes whenever a process started by this command would behave differently."""
        text = repr((list(self.argv), sorted(self.environment.items()), self.run_as, self.configuration))
        return sha256(text.encode()).hexdigest()


def clean_environment(additions: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which no variable of the user changes what a service does."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    return {"PATH": os.defpath, **kept, "LC_ALL": "C", **additions}


class ServiceProcess:
    """One child in its own session, known by pid and start time, so that nobody else's process is ever touched."""

    def __init__(
        self,
        title: str,
        home: Path,
        name: str,
        executable: str,
        stop_signals: Sequence[signal.Signals],
        stop_timeout: float,
    ) -> None:
        self.title = title
        self.executable = executable
        self.pid: int | None = None
        self.log = home / "logs" / f"{name}.log"
        self._pid_file = home / "run" / f"{name}.json"
        self._stop_signals = stop_signals
        self._stop_timeout = stop_timeout
        self._identity = ""
        self._child: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    @property
    def running(self) -> bool:
        """Whether the child lives."""
        return self.pid is not None and is_alive(self.pid, self._identity)

    @property
    def ended_cleanly(self) -> bool:
        """Whether no supervisor left a child behind."""
        return not self._pid_file.exists()

    def adopt(self, command: Command) -> bool:
        """Take over the instance that an earlier supervisor left running, if it is exactly what we would start."""
        if read_json(self._pid_file).get("fingerprint") != command.fingerprint or not self.attach():
            return False
        self._log_start = self.log.stat().st_size if self.log.exists() else 0
        return True

    def attach(self) -> bool:
        """Look at the instance that another supervisor runs, and return whether it lives."""
        record = read_json(self._pid_file)
        pid, identity = record.get("pid"), record.get("started")
        if isinstance(pid, int) and isinstance(identity, str) and is_alive(pid, identity):
            self.pid, self._identity, self._child = pid, identity, None
            return True
        return False

    def end_leftovers(self, directory: Path, unclean: bool) -> None:
        """End what an earlier supervisor left behind in `directory`: ours by executable and working directory.

        Nothing is looked for after a clean stop, unless `unclean` says that the data tell otherwise.
        """
        record = read_json(self._pid_file)
        if not record and not unclean:
            return
        leftovers = processes_in(directory, self.executable)
        pid, identity = record.get("pid"), record.get("started")
        if isinstance(pid, int) and isinstance(identity, str) and is_alive(pid, identity):
            leftovers[pid] = identity
        _end(leftovers, self._stop_signals, self._stop_timeout)

    def start(self, command: Command) -> None:
        """Start the child; its output goes to the log file."""
        make_directory(self.log.parent, 0o700)
        make_directory(self._pid_file.parent, 0o700)
        write_json(self._pid_file, {"pid": None})
        try:
            if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
                self.log.replace(self.log.with_suffix(".log.1"))
            with self.log.open("ab") as log:
                self._log_start = log.tell()
                self._child = subprocess.Popen(
                    list(command.argv),
                    cwd=command.directory,
                    env=clean_environment(command.environment),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    user=command.run_as.uid if command.run_as else None,
                    group=command.run_as.gid if command.run_as else None,
                    extra_groups=[] if command.run_as else None,
                )
        except OSError as error:
            raise explain(error, Path(command.argv[0])) from error
        self.pid = self._child.pid
        self._identity = started(self.pid) or "ended"
        write_json(self._pid_file, {"pid": self.pid, "started": self._identity, "fingerprint": command.fingerprint})

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for the child to end and return whether it has; `timeout` is in seconds."""
        if self.pid is None:
            return True
        if not wait_for_exit(self.pid, self._identity, timeout):
            return False
        if self._child is not None:
            self._child.wait()
        return True

    def wait_until(self, ready: Callable[[], bool], timeout: float, abandoned: Event) -> None:
        """Wait until the child says it is ready; refuse when it ends or takes longer than `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while not ready():
            if abandoned.is_set():
                raise ServiceError(f"{self.title} was stopped before it was ready.")
            if self.wait(0.01):
                raise ServiceError(f"{self.title} did not start: {self.complaint()} (see {self.log}).")
            if time.monotonic() > deadline:
                raise ServiceError(f"{self.title} was not ready after {timeout:.0f} s (see {self.log}).")

    def complaint(self) -> str:
        """Return the line of the log since the last start that says best what went wrong."""
        try:
            with self.log.open("rb") as log:
                log.seek(self._log_start)
                lines = [line.strip() for line in log.read().decode(errors="replace").splitlines() if line.strip()]
        except OSError:
            lines = []
        for word in TROUBLE:
            for line in lines:
                if word in line.lower():
                    return line
        return lines[-1] if lines else "it ended without a word"

    def stop(self) -> None:
        """Ask the child to end, insist when it takes too long, and forget it."""
        if self.pid is not None:
            _end({self.pid: self._identity}, self._stop_signals, self._stop_timeout)
            self.wait(1)
            self.forget()

    def forget(self) -> None:
        """Drop the PID file of a child that has ended, unless it names a later one."""
        if read_json(self._pid_file).get("pid") in {None, self.pid}:
            self._pid_file.unlink(missing_ok=True)
        self.pid, self._child, self._identity = None, None, ""


def _end(processes: Mapping[int, str], signals: Sequence[signal.Signals], timeout: float) -> None:
    for number in (*signals, signal.SIGKILL):
        for pid, identity in processes.items():
            send(pid, identity, number)
        deadline = time.monotonic() + timeout
        processes = {
            pid: identity
            for pid, identity in processes.items()
            if not wait_for_exit(pid, identity, max(0.0, deadline - time.monotonic()))
        }
        if not processes:
            return
