"""How a server process leaves: no new connection, clients asked to come back on another, streams ended."""

import asyncio
import fcntl
import socket
import struct
import sys
import termios
import time
from collections.abc import Callable

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from questline_core.processes.listening import sockets, stop_accepting

QUIET_MILLISECONDS = 1000
"""A client that has been silent for so long is between two pages; its connection may be closed."""
POLL_SECONDS = 0.02
TCP_INFO_SIZE = 104
LAST_DATA_RECEIVED = 52
"""Where Linux's `struct tcp_info` has the milliseconds since the peer last sent something."""


class Draining:
    """Wraps the application: counts requests under way; while it drains, answers ask for another connection."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._active = False
        self.under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def send_and_close(message: Message) -> None:
            if self._active and message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"connection", b"close")]
            await send(message)

        self.under_way += 1
        try:
            await self._app(scope, receive, send_and_close)
        finally:
            self.under_way -= 1

    async def drain(self, listener: socket.socket, end_streams: Callable[[], None], seconds: float) -> None:
        """Return when nobody is about to use a connection of this process, after so many seconds at the latest."""
        port = listener.getsockname()[1]
        self._active = True
        stop_accepting(listener)
        end_streams()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and (self.under_way or not _quiet(port)):  # noqa: ASYNC110  the kernel tells of nothing
            await asyncio.sleep(POLL_SECONDS)


def _quiet(port: int) -> bool:
    """Say whether no client has just sent something on a connection to this port."""
    return all(_silence(descriptor, port) >= QUIET_MILLISECONDS for descriptor in sockets())


def _silence(descriptor: int, port: int) -> float:
    """For how many milliseconds a client has sent nothing; infinitely many where it is no client's connection."""
    try:
        connection = socket.socket(fileno=descriptor)
    except OSError:  # closed while the others were asked
        return float("inf")
    try:
        is_internet = connection.family in (socket.AF_INET, socket.AF_INET6)
        if not is_internet or connection.getsockname()[1] != port:
            return float("inf")
        connection.getpeername()
        if sys.platform != "linux" or _has_unread(descriptor):
            return 0.0
        state = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, TCP_INFO_SIZE)
        return float(struct.unpack_from("=I", state, LAST_DATA_RECEIVED)[0])
    except OSError:  # closed, or only listening
        return float("inf")
    finally:
        connection.detach()


def _has_unread(descriptor: int) -> bool:
    """Say whether a client has sent what the server has not read yet, as when the machine is busy."""
    (count,) = struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, struct.pack("i", 0)))
    return bool(count)
