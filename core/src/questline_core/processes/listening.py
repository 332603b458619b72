"""The site's listening socket: opened once, shared by every server process, and left by one that drains."""

import os
import socket
import stat
from pathlib import Path

BACKLOG = 1024


def open_listener(host: str, port: int) -> socket.socket:
    """Listen on an address; processes forked later accept from this one queue, so that none is lost with a process."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    listener.setblocking(False)
    return listener


def stop_accepting(listener: socket.socket) -> None:
    """Let this process accept no further connection; the shared queue stays open for the others.

    The server cannot be told to, short of closing the connections that it has. So each of its descriptors of the
    listening socket is replaced by one of a socket that nobody connects to.
    """
    nobody = socket.create_server(("127.0.0.1", 0))
    nobody.setblocking(False)
    shared = os.fstat(listener.fileno())
    for descriptor in sockets():
        try:
            status = os.fstat(descriptor)
        except OSError:  # a client's, closed meanwhile
            continue
        if (status.st_dev, status.st_ino) == (shared.st_dev, shared.st_ino):
            os.dup2(nobody.fileno(), descriptor, inheritable=False)
    nobody.close()


def sockets() -> list[int]:
    """The descriptors of this process's sockets."""
    folder = Path("/proc/self/fd")
    descriptors = (int(path.name) for path in (folder if folder.is_dir() else Path("/dev/fd")).iterdir())
    return [descriptor for descriptor in descriptors if _is_socket(descriptor)]


def _is_socket(descriptor: int) -> bool:
    try:
        return stat.S_ISSOCK(os.fstat(descriptor).st_mode)
    except OSError:  # closed since, as the one of the listing itself
        return False
