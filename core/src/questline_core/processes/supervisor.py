"""Keeps a number of children running on the wanted generation, and replaces them one by one when it changes."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import structlog

from questline_core.generations.build import BuildError
from questline_core.processes.children import Child, Children, StartError
from questline_core.processes.nodes import LOST, NodeLine, NodeState

FIRST_PAUSE, LAST_PAUSE = 0.1, 10.0
"""Seconds before a child that ended by itself is replaced; doubled while its successors end, too."""
STEADY_SECONDS = 30.0
RETRY_SECONDS = 60.0
"""After how long a generation that could not be started is tried again."""
CANNOT = (StartError, BuildError, *LOST)
log = structlog.get_logger()


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long a child may take, in seconds."""

    start: float = 60.0
    """To become ready."""
    drain: float = 10.0
    """To wait for clients that are between two requests, when it is replaced."""
    finish: float | None = 30.0
    """To end altogether once it drains; None gives it all the time it wants."""
    farewell: float = 1.0
    """Like `drain`, when everything stops and nobody takes over."""
    stop: float | None = 12.0
    """Like `finish`, when everything stops."""


class Supervisor:
    """The children of one node."""

    def __init__(
        self,
        children: Children,
        line: NodeLine,
        prepare: Callable[[int], Awaitable[None]],
        *,
        count: int = 1,
        limits: Limits | None = None,
    ) -> None:
        self._children = children
        self._line = line
        self._prepare = prepare
        self._limits = limits or Limits()
        self._slots: list[Child | None] = [None] * count
        self._locks = [asyncio.Lock() for _ in range(count)]
        self._pauses = [FIRST_PAUSE] * count
        self._generation = self._target = line.wanted
        self._refused: int | None = None
        self._retiring: set[asyncio.Task[None]] = set()
        self._watching: set[asyncio.Task[None]] = set()

    async def run(self) -> int:
        """Run the wanted generation, whatever it becomes, until told to stop; returns the exit status."""
        work = asyncio.create_task(self._work())
        stop = asyncio.create_task(self._children.stop.wait())
        await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        await _cancel({work, stop})
        if self._children.lost:
            return 1
        await self._end_all()
        if work.cancelled():
            return 0
        error = work.exception()
        foreseen = isinstance(error, CANNOT)
        log.error(
            "cannot go on", generation=self._generation, reason=_reason(error), exc_info=None if foreseen else error
        )
        return 1

    async def _work(self) -> None:
        await self._prepare(self._generation)
        outcomes = await asyncio.gather(*map(self._replace, range(len(self._slots))), return_exceptions=True)
        for error in filter(None, outcomes):
            raise error
        self._line.report(NodeState(generation=self._generation, state="running"))
        log.info("running", generation=self._generation, processes=len(self._slots))
        while True:
            self._children.news.clear()
            await self._converge()
            try:
                async with asyncio.timeout(None if self._refused is None else RETRY_SECONDS):
                    await self._children.news.wait()
            except TimeoutError:
                self._refused = None

    async def _converge(self) -> None:
        if self._children.restart_asked:
            self._children.restart_asked = False
            self._refused = None
            await self._switch(self._line.wanted)
        elif self._line.wanted == self._generation:
            self._refused = None
            self._line.report(NodeState(generation=self._generation, state="running"))
        elif self._line.wanted != self._refused:
            await self._switch(self._line.wanted)

    async def _switch(self, generation: int) -> None:
        """Replace every child by one of a generation; where one does not become ready, go back to what ran."""
        started = time.monotonic()
        log.info("switching", generation=generation, before=self._generation)
        self._line.report(NodeState(generation=self._generation, state="starting"))
        self._target = generation
        try:
            await self._prepare(generation)
            for slot in range(len(self._slots)):
                await self._replace(slot)
        except CANNOT as error:
            await self._go_back(generation, _reason(error))
            return
        self._generation = generation
        await asyncio.gather(*self._retiring)
        self._line.report(NodeState(generation=generation, state="running"))
        log.info("switched", generation=generation, seconds=round(time.monotonic() - started, 2))

    async def _go_back(self, generation: int, reason: str) -> None:
        log.error("cannot switch", generation=generation, stays_at=self._generation, reason=reason)
        self._refused = generation
        self._target = self._generation
        with contextlib.suppress(*CANNOT):  # then what is ready stays; the next thing wanted replaces it
            for slot, child in enumerate(self._slots):
                if child is None or child.generation != self._generation:
                    await self._replace(slot)
        await asyncio.gather(*self._retiring)
        state = NodeState(generation=self._generation, state="failed", reason=f"generation {generation}: {reason}")
        self._line.report(state)

    async def _replace(self, slot: int) -> None:
        """Put a ready child of the target into a place, and only then let the one that was there end."""
        async with self._locks[slot]:
            child = await self._children.start(self._target)
            try:
                await child.ready(self._limits.start)
            except StartError:
                self._children.kill(child)
                raise
            before, self._slots[slot] = self._slots[slot], child
        self._remember(self._watching, self._watch(slot, child))
        if before is not None:
            self._remember(self._retiring, self._retire(before))

    async def _retire(self, child: Child) -> None:
        child.drain(self._limits.drain)
        await self._ended(child, self._limits.finish)

    async def _ended(self, child: Child, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(seconds):
                await asyncio.shield(child.ended)
        except TimeoutError:
            log.warning("killing a process that does not end", pid=child.pid)
            self._children.kill(child)
            await asyncio.shield(child.ended)

    async def _watch(self, slot: int, child: Child) -> None:
        """Replace a child that ends by itself, later each time while its successors end, too."""
        began = time.monotonic()
        status = await asyncio.shield(child.ended)
        if time.monotonic() - began > STEADY_SECONDS:
            self._pauses[slot] = FIRST_PAUSE
        while self._slots[slot] is child:
            pause = self._pauses[slot]
            self._pauses[slot] = min(pause * 2, LAST_PAUSE)
            log.error("a process ended unexpectedly", pid=child.pid, status=status, next_try_in=pause)
            await asyncio.sleep(pause)
            with contextlib.suppress(*CANNOT):
                await self._replace(slot)

    async def _end_all(self) -> None:
        await _cancel(self._watching | self._retiring)
        living = self._children.living()
        for child in living:
            child.drain(self._limits.farewell)
        await asyncio.gather(*(self._ended(child, self._limits.stop) for child in living))

    def _remember(self, tasks: set[asyncio.Task[None]], work: Any) -> None:
        task = asyncio.create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)


async def _cancel(tasks: set[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _reason(error: BaseException | None) -> str:
    return str(error) or type(error).__name__
