"""A local server that answers as OpenAI's Chat Completions do, asked over HTTP by the adapter."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from questline_ai.breaker import BREAKERS

SETTINGS = "/api/v1/plugins/ai/settings"
TRY = "/api/v1/p/ai/templates/ai.try/try"


class Vendor:
    """Answers by the model's name, and keeps what it was asked."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[dict[str, Any]] = []
        self.statuses: dict[str, list[int]] = {}
        """Statuses of the next answers of a model; then 200."""
        self.headers: dict[str, str] = {}
        self.words: list[str] = ["Hello", " there"]
        self.echo = False
        self.hang: set[str] = set()
        """Models that go silent after the first word."""
        self.cut: set[str] = set()
        """Models whose connection breaks after the first word."""
        self.left = asyncio.Event()
        self.flagged = False
        self.usage: dict[str, int] = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            sizes = [int(line.partition(":")[2]) for line in head if line.lower().startswith("content-length:")]
            body = msgspec.json.decode(await reader.readexactly(sizes[0])) if sizes and sizes[0] else {}
            self.asked.append(body)
            await self._answer(head[0].split()[1], body, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.left.set()
        finally:
            writer.close()

    async def _answer(self, path, body, reader, writer) -> None:
        model = body.get("model", "")
        if path.endswith("/moderations"):
            result = {"flagged": self.flagged, "categories": {"hate": self.flagged}, "category_scores": {}}
            return _plain(writer, 200, {"id": "m", "model": model, "results": [result]})
        if path.endswith("/embeddings"):
            data = [
                {"object": "embedding", "index": i, "embedding": [1.0, float(i)]} for i in range(len(body["input"]))
            ]
            usage = {"prompt_tokens": 7, "total_tokens": 7}
            return _plain(writer, 200, {"object": "list", "data": data, "model": model, "usage": usage})
        if self.statuses.get(model):
            status = self.statuses[model].pop(0)
            return _plain(writer, status, {"error": {"message": "no", "code": None}}, self.headers)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")
        words = [body["messages"][-1]["content"]] if self.echo else self.words
        for word in words:
            writer.write(_chunk(model, {"choices": [{"index": 0, "delta": {"content": word}, "finish_reason": None}]}))
            await writer.drain()
            if model in self.cut:
                return None
            if model in self.hang:
                await reader.read()
                self.left.set()
                return None
        writer.write(_chunk(model, {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}))
        writer.write(_chunk(model, {"choices": [], "usage": self.usage}) + b"data: [DONE]\n\n")
        await writer.drain()
        return None


def _chunk(model: str, more: dict[str, Any]) -> bytes:
    base = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": model}
    return b"data: " + msgspec.json.encode(base | more) + b"\n\n"


def _plain(writer: asyncio.StreamWriter, status: int, value: Any, headers: dict[str, str] | None = None) -> None:
    body = msgspec.json.encode(value)
    lines = [f"HTTP/1.1 {status} Answer", "content-type: application/json", f"content-length: {len(body)}"]
    lines += [f"{name}: {given}" for name, given in (headers or {}).items()]
    writer.write("\r\n".join([*lines, "connection: close", "", ""]).encode() + body)


@asynccontextmanager
async def running_vendor() -> AsyncIterator[Vendor]:
    """Run the server until the block ends."""
    vendor = Vendor()
    server = await asyncio.start_server(vendor.serve, "127.0.0.1", 0)
    vendor.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield vendor
    finally:
        server.close()


@pytest_asyncio.fixture(loop_scope="session")
async def vendor():
    async with running_vendor() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def admin(as_user):
    return await as_user("admin")


@pytest_asyncio.fixture(loop_scope="session")
async def configured(vendor, admin):
    """An account with two chat models at 1 and 2 micro-units a token, and the others."""
    models = [
        {"name": name, "capabilities": [capability], "input_micros": price, "output_micros": price}
        for name, capability, price in (
            ("first", "chat", 1_000_000),
            ("second", "chat", 2_000_000),
            ("vectors", "embed", 1_000_000),
            ("judge", "moderate", 0),
        )
    ]
    values = {"api_key": "sk-test", "base_url": vendor.url, "api": "chat_completions", "models": models}
    answer = await admin.put("/api/v1/plugins/ai_openai/settings", json=values)
    assert answer.status_code == 200, answer.text

    async def rules(**given):
        answer = await admin.put(SETTINGS, json={"longest_wait_seconds": 0.02, "attempts": 2, **given})
        assert answer.status_code == 200, answer.text

    await rules()
    return rules


@pytest.fixture
def ask(admin):
    """Ask through the try-out route; returns the answer's events, or the problem."""

    async def send(text="Hi", client=admin, **more):
        answer = await client.post(TRY, json={"variables": {"text": text}, **more})
        if answer.headers["content-type"].startswith("application/"):
            return answer.json()
        return [
            (lines[0].removeprefix("event: "), msgspec.json.decode(lines[1].removeprefix("data: ")))
            for lines in (block.split("\n") for block in answer.text.split("\n\n") if block)
        ]

    return send


@pytest.fixture
def calls(admin):
    """The records of calls, newest first."""

    async def read():
        return (await admin.get("/api/v1/p/ai/calls")).json()["items"]

    return read


@pytest.fixture(autouse=True)
def closed_circuits():
    yield
    BREAKERS._circuits.clear()
