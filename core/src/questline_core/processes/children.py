"""The supervisor's view of its children: started through the template, known by pid, each with a channel."""

import asyncio
import contextlib
import signal
import socket
from collections import deque
from typing import Any

from questline_core.processes.channel import DRAIN, FAILED, READY
from questline_core.processes.template import ENDED, FORK, KILL, MESSAGE, REFUSED, RESTART, STARTED, STOP


class StartError(Exception):
    """A child did not become ready; the message says why."""


class Child:
    """One process: when it is ready, when it has ended, and how to make it drain."""

    def __init__(self, pid: int, generation: int, channel: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        self.pid = pid
        self.generation = generation
        self.ended: asyncio.Future[int] = loop.create_future()
        """The exit status, negative for a signal."""
        self._ready: asyncio.Future[None] = loop.create_future()
        self._reason = ""
        self._channel = channel
        self._reading = asyncio.create_task(self._read())
        self.ended.add_done_callback(self._end)

    async def ready(self, seconds: float) -> None:
        """Wait until the child is ready; raises `StartError` when it ends before, or takes longer."""
        waiting: set[asyncio.Future[Any]] = {self._ready, self.ended}
        try:
            async with asyncio.timeout(seconds):
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            raise StartError(f"it was not ready after {seconds:g} s") from None
        if not self._ready.done():
            await self._reading
            raise StartError(self._reason or f"it ended with status {self.ended.result()} before it was ready")

    def drain(self, seconds: float) -> None:
        """Ask the child to take nothing new, to finish what it does, and to end; `seconds` is for idle clients."""
        with contextlib.suppress(OSError):
            self._channel.send(f"{DRAIN} {seconds:g}\n".encode())

    async def _read(self) -> None:
        reader, writer = await asyncio.open_connection(sock=self._channel.dup())
        with contextlib.suppress(OSError):
            while line := (await reader.readline()).decode(errors="replace").strip():
                word, _, rest = line.partition(" ")
                if word == READY and not self._ready.done():
                    self._ready.set_result(None)
                elif word == FAILED:
                    self._reason = rest
        writer.close()

    def _end(self, _: object) -> None:
        self._channel.close()


class Children:
    """Starts and kills children through the template, and passes on what it tells."""

    def __init__(self, control: socket.socket) -> None:
        self.stop = asyncio.Event()
        """Set when the operator, or the loss of the template, ends everything."""
        self.lost = False
        """Whether the template is gone: nothing can be known of the children then, and they end with us."""
        self.news = asyncio.Event()
        """Set when there may be something to do."""
        self.restart_asked = False
        """Whether the operator wants every child replaced."""
        self._control = control
        self._asked: deque[tuple[int, asyncio.Future[Child]]] = deque()
        self._living: dict[int, Child] = {}
        control.setblocking(False)
        loop = asyncio.get_running_loop()
        loop.add_reader(control.fileno(), self._heard)
        loop.add_signal_handler(signal.SIGTERM, self.stop.set)

    async def start(self, generation: int) -> Child:
        """Start a child for a generation; it is not ready yet. Raises `StartError` when no process can be made."""
        answer: asyncio.Future[Child] = asyncio.get_running_loop().create_future()
        self._asked.append((generation, answer))
        self._say(FORK, generation)
        return await answer

    def kill(self, child: Child) -> None:
        """End a child at once."""
        if not child.ended.done():
            self._say(KILL, child.pid)

    def living(self) -> list[Child]:
        """The children that have not ended."""
        return list(self._living.values())

    def _say(self, kind: bytes, number: int) -> None:
        with contextlib.suppress(OSError):  # the template is gone; `_heard` notices
            self._control.send(MESSAGE.pack(kind, number, 0))

    def _heard(self) -> None:
        try:
            message, descriptors, _, _ = socket.recv_fds(self._control, MESSAGE.size, 1)
        except BlockingIOError:
            return
        except OSError:
            message, descriptors = b"", []
        if len(message) < MESSAGE.size:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            self.lost = True
            self.stop.set()
            return
        kind, first, second = MESSAGE.unpack(message)
        if kind == STARTED:
            generation, answer = self._asked.popleft()
            child = self._living[first] = Child(first, generation, socket.socket(fileno=descriptors[0]))
            answer.set_result(child)
        elif kind == REFUSED:
            self._asked.popleft()[1].set_exception(StartError(f"no process can be made (error {first})"))
        elif kind == ENDED and first in self._living:
            self._living.pop(first).ended.set_result(second)
        elif kind == STOP:
            self.stop.set()
        elif kind == RESTART:
            self.restart_asked = True
            self.news.set()
