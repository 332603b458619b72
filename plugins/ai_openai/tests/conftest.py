"""The provider as its callers find it, with a local server that answers as OpenAI documents in the vendor's place."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest_asyncio

from questline_sdk.ai import AIProviders


class Vendor:
    """What it answers next, and what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self.status = 200
        self.headers: dict[str, str] = {}
        self.pieces: list[bytes] = []
        self.hang_after = False
        self.cut_after = False
        self.left = asyncio.Event()
        """Set once a client that was being answered has gone."""

    def json(self, value: Any, status: int = 200, **headers: str) -> None:
        """Answer with one JSON document."""
        self.status, self.pieces = status, [msgspec.json.encode(value)]
        self.headers = {"content-type": "application/json", **headers}

    def stream(self, *events: Any, size: int | None = None, done: bool = False) -> None:
        """Answer with server-sent events, cut into pieces of this many bytes."""
        text = b"".join(_event(each) for each in events) + (b"data: [DONE]\n\n" if done else b"")
        size = size or len(text)
        self.status, self.headers = 200, {"content-type": "text/event-stream"}
        self.pieces = [text[start : start + size] for start in range(0, len(text), size)]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        request, *lines = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines) if name}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.asked.append((request.split()[1], headers, msgspec.json.decode(body) if body else None))
        lines = [f"HTTP/1.1 {self.status} Answer", *(f"{name}: {value}" for name, value in self.headers.items())]
        writer.write("\r\n".join([*lines, "transfer-encoding: chunked", "connection: close", "", ""]).encode())
        for piece in self.pieces:
            writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            await writer.drain()
        if self.hang_after:
            await reader.read()
            self.left.set()
        elif not self.cut_after:
            writer.write(b"0\r\n\r\n")
        writer.close()


def _event(value: Any) -> bytes:
    name = f"event: {value['type']}\n".encode() if "type" in value else b""
    return name + b"data: " + msgspec.json.encode(value) + b"\n\n"


@asynccontextmanager
async def running_vendor() -> AsyncIterator[Vendor]:
    """Run the server until the block ends."""
    vendor = Vendor()
    async with await asyncio.start_server(vendor.serve, "127.0.0.1", 0) as server:
        vendor.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        yield vendor


@pytest_asyncio.fixture(loop_scope="session")
async def vendor():
    async with running_vendor() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def configure(vendor, as_user):
    admin = await as_user("admin")

    async def set_up(**values):
        given = {"api_key": "sk-test", "base_url": vendor.url, **values}
        answer = await admin.put("/api/v1/plugins/ai_openai/settings", json=given)
        assert answer.status_code == 200, answer.text

    return set_up


@pytest_asyncio.fixture(loop_scope="session")
async def provider(configure, ctx):
    await configure()
    return (await ctx.service(AIProviders).all())["ai_openai"]
