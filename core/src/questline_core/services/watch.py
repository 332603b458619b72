"""Restarting a service that ended by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Literal

from questline_core.services.errors import ServiceError
from questline_core.services.service import EmbeddedService

FIRST_DELAY, LAST_DELAY, STEADY_AFTER = 0.1, 10.0, 60.0


@dataclass(frozen=True)
class ServiceEvent:
    """Something that happened to a service, with a line to show."""

    service: str
    kind: Literal["started", "adopted", "ended", "restarted", "failed", "stopped"]
    message: str


class Watch:
    """A thread that waits for a service to end and starts it again, later each time while it keeps ending."""

    def __init__(self, service: EmbeddedService, tell: Callable[[ServiceEvent], None]) -> None:
        self._service = service
        self._tell = tell
        self._stopping = Event()
        self._thread = Thread(target=self._run, name=f"watch {service.title}", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop the service and the watch."""
        self._stopping.set()
        ran = self._service.running
        self._service.stop()
        if self._thread.is_alive():
            self._thread.join()
        # A restart may have been under way when the flag was set.
        self._service.stop()
        if ran:
            self._tell(ServiceEvent(self._service.title, "stopped", f"{self._service.title} is stopped."))

    def _run(self) -> None:
        delay, since = FIRST_DELAY, time.monotonic()
        while self._service.wait() and not self._stopping.is_set():
            title = self._service.title
            if time.monotonic() - since > STEADY_AFTER:
                delay = FIRST_DELAY
            self._tell(ServiceEvent(title, "ended", f"{title} ended unexpectedly; starting it again."))
            while not self._stopping.wait(delay):
                delay = min(delay * 2, LAST_DELAY)
                try:
                    self._service.start()
                except ServiceError as error:
                    self._tell(ServiceEvent(title, "failed", f"{error} Trying again in {delay:.1f} s."))
                else:
                    break
            since = time.monotonic()
            if not self._stopping.is_set():
                self._tell(
                    ServiceEvent(title, "restarted", f"{title} is running again. {self._service.notice}".rstrip())
                )
