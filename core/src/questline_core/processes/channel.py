"""A child's end of the channel to its supervisor: it says when it is ready, and hears when it is to drain."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable

READY, FAILED, DRAIN = "ready", "failed", "drain"


class Channel:
    """Lines of text over a socket; its end means that the supervisor has ended."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._received = b""

    def ready(self) -> None:
        """Say that this process does its work from now on."""
        self._say(READY)

    def failed(self, reason: str) -> None:
        """Say why this process cannot begin its work."""
        self._say(f"{FAILED} {' '.join(reason.split())}")

    def listen(self, on_drain: Callable[[float], None]) -> None:
        """Call back, in the running loop, when this process is to drain, with the seconds it has for that."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, on_drain, 1.0)
        self._connection.setblocking(False)

        def readable() -> None:
            try:
                data = self._connection.recv(1024)
            except BlockingIOError:
                return
            except OSError:
                data = b""
            if not data:
                loop.remove_reader(self._connection.fileno())
                on_drain(0.0)
                return
            *lines, self._received = (self._received + data).split(b"\n")
            for line in lines:
                word, _, seconds = line.decode().partition(" ")
                if word == DRAIN:
                    on_drain(float(seconds))

        loop.add_reader(self._connection.fileno(), readable)

    def _say(self, line: str) -> None:
        with contextlib.suppress(OSError):  # nobody listens any more, which `listen` notices
            self._connection.sendall(f"{line}\n".encode())
