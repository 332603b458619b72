"""Ports on the loopback interface."""

from __future__ import annotations

import contextlib
import random
import socket
from collections.abc import Sequence

import psutil

from questline_core.services.errors import ServiceError

LOOPBACK = "127.0.0.1"
# Below the ports that systems give to outgoing connections, so that a remembered port stays free;
# SeaweedFS also takes each port + 10000.
FIRST, LAST = 20000, 22700


def is_free(port: int) -> bool:
    """Return whether this port can be bound now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(also: Sequence[int] = (), avoid: Sequence[int] = ()) -> int:
    """Return a random free port whose neighbours at the distances `also` are free too."""
    for port in random.sample(range(FIRST, LAST), LAST - FIRST):
        if port not in avoid and all(is_free(port + distance) for distance in (0, *also)):
            return port
    raise ServiceError(f"No port is free between {FIRST} and {LAST}.")


def require_free(port: int, purpose: str) -> None:
    """Refuse a port that somebody else has, and name who it is."""
    if not is_free(port):
        raise ServiceError(f"Port {port} for {purpose} is taken by {holder(port)}; end it or choose another port.")


def holder(port: int) -> str:
    """Return who listens on this port, as far as this user may know."""
    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("tcp"):
            here = connection.laddr and connection.laddr.port == port
            if here and connection.status == psutil.CONN_LISTEN and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (pid {connection.pid})"
    return "another process"
