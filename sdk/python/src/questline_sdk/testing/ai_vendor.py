"""A local HTTP server in an AI vendor's place: it answers as the vendor documents, and goes wrong on demand."""

import asyncio
import enum
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, ClassVar, Self

import msgspec

from questline_sdk import Context
from questline_sdk.ai import AIProvider, AIProviders

EVENT_STREAM = "text/event-stream"
MARKER = re.compile(rb"marker-\d+")


class Fault(enum.StrEnum):
    """What goes wrong with every request, until it is mended."""

    UNAUTHORIZED = "401"
    FORBIDDEN = "403"
    RATE_LIMITED = "429"
    """With `Retry-After: 17`."""
    BROKEN = "500"
    UNAVAILABLE = "503"
    MALFORMED = "malformed"
    """200, and what is no JSON."""
    OTHER_SHAPE = "other shape"
    """200, and JSON of another shape: `[]`."""
    ENDS_EARLY = "ends early"
    """Half of the answer, as if it were all."""
    CUT = "cut"
    """Half of the answer, and the connection ends."""
    SILENT = "silent"
    """No answer at all."""
    STALLED = "stalled"
    """Half of the answer, and then silence."""
    ELSEWHERE = "302"
    """A redirect to another address of the vendor's."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A request that the vendor got."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        """The body, if it was JSON."""
        return msgspec.json.decode(self.raw) if self.raw else None


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What the vendor answers.

    Args:
        hang: Keep the connection open after the body, until the client leaves.
    """

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = {}
    hang: bool = False

    @classmethod
    def json(cls, value: Any, status: int = 200) -> Self:
        """A JSON document."""
        return cls(body=msgspec.json.encode(value), status=status)

    @classmethod
    def events(cls, *events: Any, end: bytes = b"") -> Self:
        """Server-sent events; one whose value has a `type` is named after it."""
        return cls(body=b"".join(map(_event, events)) + end, content_type=EVENT_STREAM)


class AIVendor(ABC):
    """A vendor, and the account that the tenant of the test has there. Derive one for each adapter.

    Attributes:
        plugin_id: The adapter's plugin.
        key: The API key of the account; it must appear in no error and no log line.
        over_http: False for a provider that asks nobody; the faults are left out then.
        live_variable: Environment variable with a key for the real vendor; None where there is no such test.
        text: What the vendor answers.
        fault: What goes wrong.
        declining: Whether the vendor finds the text against its rules.
        piece: How many bytes of the answer go over the network at once; None for all.
        asked: The requests so far.
        called: Set once there was one.
        left: Set once a client has gone that was being answered.
    """

    plugin_id: ClassVar[str]
    key: ClassVar[str] = "test-key-that-nobody-may-see"
    over_http: ClassVar[bool] = True
    live_variable: ClassVar[str | None] = None
    provider: AIProvider

    def __init__(self) -> None:
        self.url = ""
        self.text = "Ærøskøbing says: Grüße 👋 and 日本語."
        self.fault: Fault | None = None
        self.declining = False
        self.piece: int | None = None
        self.asked: list[Asked] = []
        self.called = asyncio.Event()
        self.left = asyncio.Event()
        self._put: Callable[[Mapping[str, Any]], Awaitable[None]]

    @abstractmethod
    def settings(self, url: str) -> Mapping[str, Any]:
        """The plugin's settings for an account at this address, with a time-out of about a second."""

    def live_settings(self, key: str) -> Mapping[str, Any]:
        """The plugin's settings for an account at the real vendor."""
        return {**self.settings(""), "api_key": key}

    @abstractmethod
    def answer(self, asked: Asked, text: str) -> Reply:
        """What the vendor answers when all is well; to a request for a text, with this text."""

    def decline(self, asked: Asked) -> Reply | None:
        """What it answers to a text that is against its rules; None where it documents nothing of the kind."""
        return None

    def error(self, status: int) -> Any:
        """The JSON document it sends with an error."""
        return {"error": {"message": f"error {status}"}}

    async def configure(self, **values: Any) -> None:
        """Change the plugin's settings; what is None is taken away."""
        settings = {**self.settings(self.url), **values}
        await self._put({name: value for name, value in settings.items() if value is not None})

    def reply(self, asked: Asked) -> Reply:
        """What to answer, the fault apart."""
        if self.declining and (declined := self.decline(asked)) is not None:
            return declined
        found = MARKER.search(asked.raw)
        return self.answer(asked, found[0].decode() if found else self.text)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.left.set()
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await _request(reader)
        self.asked.append(asked)
        self.called.set()
        if self.fault is Fault.SILENT:
            await reader.read()
            self.left.set()
            return
        reply = self._spoiled(self.reply(asked))
        headers = {"content-type": reply.content_type, "connection": "close", "transfer-encoding": "chunked"}
        lines = [f"{name}: {value}" for name, value in {**headers, **reply.headers}.items()]
        writer.write("\r\n".join([f"HTTP/1.1 {reply.status} Answer", *lines, "", ""]).encode())
        half = self.fault in {Fault.CUT, Fault.STALLED, Fault.ENDS_EARLY} and reply.status < 300
        body = reply.body[: len(reply.body) // 2] if half else reply.body
        size = self.piece or max(len(body), 1)
        for start in range(0, len(body), size):
            piece = body[start : start + size]
            writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            await writer.drain()
        if self.fault is Fault.STALLED or reply.hang:
            await reader.read()
            self.left.set()
        elif self.fault is not Fault.CUT:
            writer.write(b"0\r\n\r\n")
            await writer.drain()

    def _spoiled(self, reply: Reply) -> Reply:
        streams = reply.content_type == EVENT_STREAM
        match self.fault:
            case Fault.UNAUTHORIZED | Fault.FORBIDDEN | Fault.RATE_LIMITED | Fault.BROKEN | Fault.UNAVAILABLE:
                headers = {"retry-after": "17"} if self.fault is Fault.RATE_LIMITED else {}
                answer = Reply.json(self.error(int(self.fault)), int(self.fault))
                return msgspec.structs.replace(answer, headers=headers)
            case Fault.ELSEWHERE:
                return Reply(status=302, headers={"location": f"{self.url}/elsewhere"})
            case Fault.MALFORMED:
                return msgspec.structs.replace(reply, body=b"data: {not json\n\n" if streams else b"<html>not json")
            case Fault.OTHER_SHAPE:
                return msgspec.structs.replace(reply, body=b"data: []\n\n" if streams else b"[]")
            case _:
                return reply


def _event(value: Any) -> bytes:
    name = f"event: {value['type']}\n".encode() if isinstance(value, dict) and "type" in value else b""
    return name + b"data: " + msgspec.json.encode(value) + b"\n\n"


async def _request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines) if name}
    method, target, _ = first.split()
    path, _, query = target.partition("?")
    raw = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method=method, path=path, query=query, headers=headers, raw=raw)


@asynccontextmanager
async def running_vendor(vendor: AIVendor, ctx: Context, as_user: Callable[..., Awaitable[Any]]) -> AsyncIterator[None]:
    """Run the vendor's server and configure the adapter for it, until the block ends.

    Args:
        vendor: Where to find the adapter afterwards: `vendor.provider`.
        ctx: The fixture `ctx`.
        as_user: The fixture `as_user`.
    """
    admin = await as_user("admin")

    async def put(values: Mapping[str, Any]) -> None:
        answer = await admin.put(f"/api/v1/plugins/{vendor.plugin_id}/settings", json=dict(values))
        assert answer.status_code == 200, answer.text

    vendor._put = put
    vendor.provider = (await ctx.service(AIProviders).all())[vendor.plugin_id]
    async with await asyncio.start_server(vendor.serve, "127.0.0.1", 0) as server:
        vendor.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await vendor.configure()
        yield
