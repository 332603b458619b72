"""Telling our processes from everybody else's."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from functools import cache
from pathlib import Path

import psutil


def started(pid: int) -> str | None:
    """Return what tells this process from a later one with the same pid, or None when it is gone or a zombie.

    On Linux that is the boot and the start time in clock ticks: unlike seconds since 1970, it survives a clock change.
    """
    if sys.platform != "linux":
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            return None if process.status() == psutil.STATUS_ZOMBIE else str(process.create_time())
        return None
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else f"{_boot()}/{fields[19]}"


@cache
def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return "boot"


def is_alive(pid: int, identity: str) -> bool:
    """Return whether exactly this process still runs."""
    return started(pid) == identity


def wait_for_exit(pid: int, identity: str, timeout: float | None) -> bool:
    """Wait until this process has ended, and return whether it has; `timeout` is in seconds, None waits for ever."""
    try:
        handle = os.pidfd_open(pid)
    except (AttributeError, OSError):
        return _poll_for_exit(pid, identity, timeout)
    try:
        if not is_alive(pid, identity):
            return True
        poller = select.poll()
        poller.register(handle, select.POLLIN)
        return bool(poller.poll(None if timeout is None else max(0, int(timeout * 1000))))
    finally:
        os.close(handle)


def _poll_for_exit(pid: int, identity: str, timeout: float | None) -> bool:
    deadline = None if timeout is None else time.monotonic() + timeout
    while is_alive(pid, identity):
        if deadline is not None and time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def send(pid: int, identity: str, number: signal.Signals) -> None:
    """Send a signal to exactly this process, or to nobody when it has ended."""
    if is_alive(pid, identity):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def processes_in(directory: Path, executable: str) -> dict[int, str]:
    """Return pid and identity of each process of that executable whose working directory is `directory`."""
    found: dict[int, str] = {}
    place = os.path.realpath(directory)
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            identity = started(process.pid)
            if (
                identity
                and process.cwd() == place
                and Path(process.exe()).name.removesuffix(" (deleted)") == executable
            ):
                found[process.pid] = identity
    return found
