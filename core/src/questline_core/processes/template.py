"""The template: forks the supervisor, then children at its request, and tells it what ends."""

import gc
import os
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable

import structlog

MESSAGE = struct.Struct("!cqq")
"""Kind and two numbers: all that the template and the supervisor say to each other."""
FORK, KILL = b"f", b"k"
"""From the supervisor: fork a child for a generation; kill a child."""
STARTED, REFUSED, ENDED, STOP, RESTART = b"s", b"r", b"e", b"x", b"h"
"""From the template: pid of a child, its channel attached; no child could be forked; pid and status; signals."""
SIGNALS = {signal.SIGINT: STOP, signal.SIGTERM: STOP, signal.SIGHUP: RESTART}
ORPHAN_SECONDS = 12.0
"""How long children may take to end by themselves once the supervisor has."""

ChildMain = Callable[[int, socket.socket], int]
"""What a child runs, given its generation and its channel; returns its exit status."""
log = structlog.get_logger()


def run_template(supervise: Callable[[socket.socket], int], child: ChildMain) -> int:
    """Run a supervisor and the children it asks for, until it ends; returns its exit status."""
    gc.collect()
    gc.freeze()  # what is there now stays shared with every child
    ours, theirs = socket.socketpair()
    wake, woken = os.pipe()
    template = _Template(ours, child, (wake, woken))
    supervisor = template.fork(lambda: supervise(theirs))
    theirs.close()
    return template.run(supervisor)


class _Template:
    def __init__(self, control: socket.socket, child: ChildMain, wake: tuple[int, int]) -> None:
        self._control = control
        self._child = child
        self._wake = wake
        self._children: set[int] = set()
        for descriptor in wake:
            os.set_blocking(descriptor, False)

    def run(self, supervisor: int) -> int:
        signal.set_wakeup_fd(self._wake[1], warn_on_full_buffer=False)
        for number in (*SIGNALS, signal.SIGCHLD):
            signal.signal(number, lambda *_: None)
        while True:
            readable, _, _ = select.select([self._control.fileno(), self._wake[0]], [], [], 5.0)
            if self._wake[0] in readable:
                self._pass_on_signals()
            status = self._reap(supervisor)
            if status is not None:
                return self._end_orphans(status)
            if self._control.fileno() in readable:
                self._answer()

    def fork(self, main: Callable[[], int]) -> int:
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            self._leave()
            status = main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        except BaseException as error:
            log.exception("a process failed", error=str(error))
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _leave(self) -> None:
        """Become a process of its own: without the template's signals and descriptors."""
        signal.set_wakeup_fd(-1)
        for number in (*SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(
            signal.SIGINT, signal.SIG_IGN
        )  # Ctrl-C reaches all processes of a terminal; the template stops them
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        self._control.close()
        for descriptor in self._wake:
            os.close(descriptor)

    def _pass_on_signals(self) -> None:
        for number in os.read(self._wake[0], 4096):
            kind = SIGNALS.get(signal.Signals(number))
            if kind:
                self._tell(kind)

    def _tell(self, kind: bytes, first: int = 0, second: int = 0, channel: socket.socket | None = None) -> None:
        try:
            socket.send_fds(self._control, [MESSAGE.pack(kind, first, second)], [channel.fileno()] if channel else [])
        except OSError:  # the supervisor has ended; its end is noticed next
            return

    def _reap(self, supervisor: int) -> int | None:
        """Collect what has ended; returns the supervisor's exit status when it has."""
        while True:
            try:
                pid, wait_status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return None
            if pid == 0:
                return None
            status = os.waitstatus_to_exitcode(wait_status)
            if pid == supervisor:
                return status if status >= 0 else 128 - status
            self._children.discard(pid)
            self._tell(ENDED, pid, status)

    def _answer(self) -> None:
        request = self._control.recv(MESSAGE.size, socket.MSG_WAITALL)
        if len(request) < MESSAGE.size:
            time.sleep(0.01)  # the supervisor has closed its end and is about to be reaped
            return
        kind, number, _ = MESSAGE.unpack(request)
        if kind == KILL and number in self._children:
            os.kill(number, signal.SIGKILL)
        elif kind == FORK:
            self._fork_child(number)

    def _fork_child(self, generation: int) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            try:
                pid = self.fork(lambda: self._run_child(generation, ours, theirs))
            except OSError as error:
                self._tell(REFUSED, error.errno or 0)
                return
            self._children.add(pid)
            self._tell(STARTED, pid, channel=theirs)

    def _run_child(self, generation: int, channel: socket.socket, theirs: socket.socket) -> int:
        theirs.close()
        return self._child(generation, channel)

    def _end_orphans(self, status: int) -> int:
        """Wait for the children, who notice that the supervisor has ended, and end those that take too long."""
        deadline = time.monotonic() + ORPHAN_SECONDS
        while self._children and time.monotonic() < deadline:
            self._reap(0)
            select.select([self._wake[0]], [], [], 0.05)
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)
        return status
