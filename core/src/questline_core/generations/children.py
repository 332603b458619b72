"""Asks for trials of a generation in processes of their own, and hears what came of them."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from questline_core.generations.requests import Answer, Health, Inspect, Migrate, Request
from questline_core.settings import Settings

NOT_KEPT = ("QUESTLINE_GENERATION", "QUESTLINE_CONFIG")
START_SECONDS = 60.0
"""For the template to import what every trial needs."""
LIMIT = 16_000_000


class Children:
    """A template process that forks a fresh child for each trial; it ends with this one."""

    def __init__(self) -> None:
        self._process: Process | None = None

    async def __aenter__(self) -> Self:
        """Start the template, which then makes itself ready while we go on."""
        kept = {name: value for name, value in os.environ.items() if name not in NOT_KEPT}
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "questline_core.generations.child"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            env=kept,
            limit=LIMIT,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the template and what it has forked."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def ask(
        self, settings: Settings, generation: int, work: Inspect | Migrate | Health, *, seconds: float, log: Path
    ) -> Answer:
        """Have a child do a piece of work; what it prints goes to the log."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise RuntimeError("the template does not run")
        request = Request(settings=settings, generation=generation, work=work, seconds=seconds, log=str(log))
        log.parent.mkdir(parents=True, exist_ok=True)
        try:
            async with asyncio.timeout(seconds + START_SECONDS):
                process.stdin.write(msgspec.json.encode(request) + b"\n")
                await process.stdin.drain()
                line = await process.stdout.readline()
            return msgspec.json.decode(line, type=Answer)
        except (TimeoutError, ConnectionError, ValueError):
            return Answer(error="the process that tries plugins out ended; `questline doctor` looks for what is wrong")
