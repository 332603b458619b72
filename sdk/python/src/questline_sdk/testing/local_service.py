"""A service that an adapter talks to, played by a local HTTP server that can fail in every way a real one does.

Derive a class, answer requests as the service documents, and run it in a fixture:

    class Bank(LocalService):
        async def answer(self, request: Request) -> Answer:
            return Answer({"id": "p1"})


    async with Bank().running() as bank:
        ...  # bank.url
"""

import asyncio
import enum
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

import msgspec


class Fault(enum.StrEnum):
    """What goes wrong with a request."""

    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    RATE_LIMITED = "429"
    """With `Retry-After: 17`."""
    BROKEN = "500"
    UNAVAILABLE = "503"
    MALFORMED = "malformed"
    """The service acts, and answers with JSON that ends too early."""
    OTHER_SHAPE = "other shape"
    """The service acts, and answers with JSON of another shape: `[]`."""
    SILENT = "silent"
    """The service acts, and its answer never comes."""
    CUT = "cut"
    """The service acts, and the connection ends before its answer."""

    @property
    def acts(self) -> bool:
        """Say whether the service does what it is asked."""
        return not self.value.isdigit()


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What the service is asked; names of headers are in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


class Answer(msgspec.Struct, frozen=True):
    """What it answers: a value that is sent as JSON, or bytes as they are."""

    value: Any
    status: int = 200
    headers: Mapping[str, str] = {}


class LocalService:
    """The server; `asked` has the requests it took."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[Request] = []
        self._fault: tuple[Fault, bool, int] | None = None
        self._silent: set[asyncio.StreamWriter] = set()

    async def answer(self, request: Request) -> Answer:
        """Answer a request as the service would."""
        raise NotImplementedError

    def error(self, status: int) -> Any:
        """The body of an error as the service writes it."""
        return {"error": {"message": f"status {status}"}}

    def break_next(self, fault: Fault, *, write: bool = False, times: int = 1) -> None:
        """Let the next requests, or the next that write, end this way."""
        self._fault = (fault, write, times)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Self]:
        """Serve on a free port until the block ends."""
        async with await asyncio.start_server(self._serve, "127.0.0.1", 0) as server:
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            try:
                yield self
            finally:
                for writer in self._silent:
                    writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            request = await _read(reader)
            self.asked.append(request)
            fault = self._take_fault(request)
            if fault is not None and not fault.acts:
                status = int(fault.value)
                extra = {"retry-after": "17"} if fault is Fault.RATE_LIMITED else {}
                await _write(writer, Answer(self.error(status), status, extra))
            else:
                answer = await self.answer(request)
                if fault is Fault.SILENT:
                    self._silent.add(writer)
                    return
                await _write(writer, answer, fault)
        writer.close()

    def _take_fault(self, request: Request) -> Fault | None:
        if self._fault is None:
            return None
        fault, write, times = self._fault
        if write and request.method == "GET":
            return None
        self._fault = (fault, write, times - 1) if times > 1 else None
        return fault


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines) if name}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Request(method=method, path=parts.path, query=query, headers=headers, body=body)


async def _write(writer: asyncio.StreamWriter, answer: Answer, fault: Fault | None = None) -> None:
    value = [] if fault is Fault.OTHER_SHAPE else answer.value
    body = value if isinstance(value, bytes) else b"" if value is None else msgspec.json.encode(value)
    if fault is Fault.MALFORMED:
        body = body[: len(body) // 2]
    if fault is Fault.CUT:
        body = b""
    headers = {"content-type": "application/json", **answer.headers, "connection": "close"}
    lines = [f"HTTP/1.1 {answer.status} Answer", *(f"{name}: {each}" for name, each in headers.items())]
    length = 100 if fault is Fault.CUT else len(body)
    writer.write("\r\n".join([*lines, f"content-length: {length}", "", ""]).encode() + body)
    await writer.drain()
