"""The server under development: `questline serve`, replaced process by process at each reload."""

import asyncio
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from questline_cli.dev.ready import answers

START_SECONDS = 120
STOP_SECONDS = 20
RELOAD_SECONDS = 90

Report = Callable[[dict[str, Any]], None]


class ServerEnded(Exception):
    """The server ended by itself or did not start; the message is what it said last."""


class DevServer:
    """A running `questline serve`."""

    def __init__(self, port: int, variables: Mapping[str, str], report: Report) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._variables = variables
        self._report = report
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._switched: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._last = ""

    async def start(self) -> None:
        """Start and wait until the site is ready; raises `ServerEnded`."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "questline_cli",
            "serve",
            env=dict(self._variables),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            limit=2**20,
        )
        self._reading = asyncio.create_task(self._read(self._process))
        try:
            await answers(f"{self.address}/health/ready", self._process, START_SECONDS)
        except ProcessLookupError:
            raise ServerEnded(f"the server ended: {self._last}") from None
        except TimeoutError:
            raise ServerEnded(f"the server was not ready after {START_SECONDS} s: {self._last}") from None

    async def reload(self) -> float:
        """Replace the running code by what is on disk; returns seconds. The old code answers until the new is ready.

        Raises:
            ServerEnded: The new code does not start; the old goes on answering.
        """
        assert self._process is not None  # noqa: S101  started first
        while not self._switched.empty():
            self._switched.get_nowait()
        self._process.send_signal(signal.SIGHUP)
        try:
            async with asyncio.timeout(RELOAD_SECONDS):
                line = await self._switched.get()
        except TimeoutError:
            raise ServerEnded(f"the server did not reload within {RELOAD_SECONDS} s") from None
        if line["event"] == "cannot switch":
            raise ServerEnded(str(line.get("reason")))
        return float(line.get("seconds", 0.0))

    async def stop(self) -> None:
        """Stop it, at once where it does not end by itself."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        if self._reading is not None:
            await self._reading

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None  # noqa: S101  it is a pipe
        async for raw in process.stdout:
            line = _decode(raw)
            self._last = str(line.get("event", ""))
            if self._last in {"switched", "cannot switch"}:
                self._switched.put_nowait(line)
            else:
                self._report(line)


def _decode(raw: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(raw, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {"event": raw.decode(errors="replace").rstrip(), "level": "error"}
