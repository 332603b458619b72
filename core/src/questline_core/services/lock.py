"""One supervisor for each HOME."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from questline_core.services.errors import ServiceError
from questline_core.services.state import explain, make_directory

PATIENCE_SECONDS = 1.0
"""A child of a killed supervisor that has not come to its own program yet still holds its files, for a moment."""


class SupervisorLock:
    """A lock on HOME that ends with the process that holds it, however that ends."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._path = home / "run" / "supervisor.lock"
        self._handle: int | None = None

    def acquire(self) -> None:
        """Take the lock, or name who has it."""
        make_directory(self._home)
        make_directory(self._path.parent, 0o700)
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise explain(error, self._path) from error
        try:
            _lock(handle)
        except BlockingIOError:
            other = os.read(handle, 32).decode(errors="replace").strip() or "unknown"
            os.close(handle)
            raise ServiceError(f"Another Questline (pid {other}) is running on {self._home}; stop it first.") from None
        except OSError as error:
            os.close(handle)
            raise explain(error, self._path) from error
        self._handle = handle
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Give the lock back; the file stays, because removing it would let two hold it."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _lock(handle: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return
