"""Kill -9 of what asks an AI provider: its reservations are released or settled, never lost and never doubled."""

import asyncio
from collections import Counter
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx
import msgspec
import pytest
from sqlalchemy import text

from questline_ai.jobs import SWEEP, Nothing
from questline_core.content.importer import available_block_types, import_course, load_course
from questline_core.plugins.forms import store_settings
from questline_recommendations.jobs import start_training

TRY = "/api/v1/p/ai/templates/ai.try/try"
STREAMS = 24
LIMIT = 10**9
COMPLETED = """
INSERT INTO core.lesson_progress (user_id, course_id, lesson_id, status, started_at, completed_at, minutes)
SELECT u, l.course_id, l.id, 'completed', now(), now(), 3
FROM unnest(CAST(:users AS uuid[])) u CROSS JOIN core.lesson l WHERE l.slug = 'zebra-a'
"""
MODELS = [
    {"name": "m", "capabilities": ["chat"], "input_micros": 1_000_000, "output_micros": 1_000_000},
    {"name": "v", "capabilities": ["embed"], "input_micros": 1_000_000, "output_micros": 0},
]


class Vendor:
    """Answers as OpenAI does; a conversation that says `wait` hears one word only, vectors wait until told."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: Counter[str] = Counter()
        self.vectors_wait = True

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            size = next(int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:"))
            body = msgspec.json.decode(await reader.readexactly(size))
            self.asked[body["model"]] += 1
            await (self._embed(body, reader, writer) if body["model"] == "v" else self._chat(body, reader, writer))
        writer.close()

    async def _chat(self, body: Any, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")
        writer.write(_event(choices=[{"index": 0, "delta": {"content": "word "}}]))
        await writer.drain()
        if body["messages"][-1]["content"] == "wait":
            await reader.read()
        writer.write(_event(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}]))
        writer.write(_event(choices=[], usage={"prompt_tokens": 3, "completion_tokens": 4}) + b"data: [DONE]\n\n")

    async def _embed(self, body: Any, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.vectors_wait:
            await reader.read()
        data = [{"object": "embedding", "index": n, "embedding": [1.0, n + 1.0]} for n, _ in enumerate(body["input"])]
        whole = {"object": "list", "data": data, "model": "v", "usage": {"prompt_tokens": 5, "total_tokens": 5}}
        answer = msgspec.json.encode(whole)
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(answer)}\r\n"
        writer.write(head.encode() + b"connection: close\r\n\r\n" + answer)


def _event(**more: Any) -> bytes:
    return b"data: " + msgspec.json.encode({"id": "c", "object": "chat.completion.chunk", **more}) + b"\n\n"


@asynccontextmanager
async def running_vendor():
    vendor = Vendor()
    server = await asyncio.start_server(vendor.serve, "127.0.0.1", 0)
    vendor.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield vendor
    finally:
        server.close()


@pytest.fixture
def ask_vendor(process_site):
    """A site whose AI is a vendor of ours, with a budget."""

    @asynccontextmanager
    async def opened():
        async with running_vendor() as vendor:
            site = await process_site(private_networks="127.0.0.0/8", job_heartbeat_seconds="2")
            async with site.host.context(site.tenant.id) as ctx:
                values = {"api_key": "k", "base_url": vendor.url, "api": "chat_completions", "models": MODELS}
                await store_settings(ctx, "ai_openai", values)
                await ctx.session.execute(
                    text("INSERT INTO ai.budget (scope, currency, limit_micros) VALUES ('tenant', 'USD', :limit)"),
                    {"limit": LIMIT},
                )
            yield site, vendor

    return opened


async def accounts(site: Any) -> tuple[Counter[str], int, int]:
    """How many calls there are by status; what the budget says was spent and is reserved: just what its calls say."""
    async with site.host.context(site.tenant.id) as ctx:
        calls = (await ctx.session.execute(text("SELECT status, cost_micros, reserved_micros FROM ai.call"))).all()
        used = (await ctx.session.execute(text("SELECT spent_micros, reserved_micros FROM ai.budget_month"))).all()
    spent = sum(call.cost_micros for call in calls)
    reserved = sum(call.reserved_micros for call in calls if call.status == "reserved")
    assert [tuple(row) for row in used] in ([(spent, reserved)], [])
    return Counter(call.status for call in calls), spent, reserved


async def sweep(site: Any, worker: Any, eventually: Any) -> None:
    """Let the time of what was left pass, and have the worker end it, told so twice."""
    async with site.host.context(site.tenant.id) as ctx:
        await ctx.session.execute(text("UPDATE ai.call SET expires_at = now() WHERE status = 'reserved'"))
        await ctx.enqueue(SWEEP, Nothing())
        await ctx.enqueue(SWEEP, Nothing())

    async def ended() -> bool:
        assert worker.process.poll() is None, worker.output()
        return (await accounts(site))[2] == 0

    await eventually(ended, 180, what="the sweep")


async def test_a_server_killed_in_mid_stream_loses_no_reservation_and_doubles_none(
    ask_vendor, children, eventually, is_ready
):
    async with ask_vendor() as (site, vendor):
        _, token = await site.token("admin")
        server, address = site.server()
        children.append(server.start())
        await eventually(lambda: is_ready(address), what="the server")
        headers = {"authorization": f"Bearer {token}"}
        heard: Counter[str] = Counter()

        async def stream(client: httpx.AsyncClient, said: str) -> None:
            with suppress(httpx.TransportError):
                async with client.stream("POST", TRY, json={"variables": {"text": said}}) as answer:
                    async for line in answer.aiter_lines():
                        heard[f"{said} {line}"] += line.startswith("event:")

        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as client:
            streams = [asyncio.create_task(stream(client, "wait")) for _ in range(STREAMS)]
            await stream(client, "go")

            async def all_speak() -> bool:
                return heard["wait event: text"] == STREAMS

            await eventually(all_speak, 180, what="first words")
            streams += [asyncio.create_task(stream(client, "go")) for _ in range(STREAMS)]

            async def some_ended() -> bool:
                return heard["go event: answer"] > 1

            await eventually(some_ended, 180, what="some answers")
            server.kill()
            await asyncio.gather(*streams)
        statuses, spent, reserved = await accounts(site)
        assert statuses["reserved"] >= STREAMS
        assert statuses["settled"] >= heard["go event: answer"]
        assert sum(statuses.values()) >= vendor.asked["m"]  # nobody was asked without a record
        assert reserved > 0

        again, address = site.server("again")
        worker = site.worker()
        children += [again.start(), worker.start()]
        await eventually(lambda: is_ready(address), what="the server")
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as client:
            await stream(client, "more")
        assert heard["more event: answer"] == 1
        await sweep(site, worker, eventually)
        after, spent_after, _ = await accounts(site)
        assert after == Counter(settled=statuses["settled"] + 1, abandoned=statuses["reserved"])
        assert spent_after == spent + 7 + reserved  # what nobody can know counts as a whole


async def test_a_worker_killed_between_reservation_and_settlement_and_its_training(
    ask_vendor, children, eventually, small_course
):
    async with ask_vendor() as (site, vendor):
        types = await available_block_types(site.host, site.tenant.id)
        source, problems = load_course(small_course(site.folder, "zebra"), types)
        assert source is not None, problems
        learners = [(await site.token())[0] for _ in range(3)]
        async with site.host.context(site.tenant.id) as ctx:
            await import_course(ctx, site.host, source)
            await store_settings(ctx, "recommendations", {"embeddings": True})
        async with site.host.context(site.tenant.id) as ctx:
            await ctx.session.execute(text(COMPLETED), {"users": learners})
        async with site.host.context(site.tenant.id) as ctx:
            training = await start_training(ctx)
        worker = site.worker()
        children.append(worker.start())

        async def was_asked() -> bool:
            return vendor.asked["v"] > 0

        await eventually(was_asked, 180, what="a question of the worker's")
        worker.kill()
        statuses, spent, reserved = await accounts(site)
        assert (statuses["reserved"], spent) == (vendor.asked["v"], 0)
        assert reserved > 0

        vendor.vectors_wait = False
        worker.start()

        async def trained(*states: str) -> Any:
            assert worker.process.poll() is None, worker.output()
            async with site.host.context(site.tenant.id) as ctx:
                found = await ctx.session.execute(
                    text("SELECT state, texts, scored FROM recommendations.training WHERE id = :id"), {"id": training}
                )
                row = found.one()
            return row if row.state in states else None

        await eventually(lambda: trained("fitting", "scoring", "done"), what="the training's next step")
        worker.kill()  # wherever it is by now
        worker.start()
        row = await eventually(lambda: trained("done"), what="the training")
        assert (row.texts, row.scored) == ("embeddings", len(learners))
        async with site.host.context(site.tenant.id) as ctx:
            picks = text("SELECT user_id FROM recommendations.pick")
            assert set(await ctx.session.scalars(picks)) == set(learners)
        await sweep(site, worker, eventually)
        after, spent, reserved = await accounts(site)
        assert after["abandoned"] == statuses["reserved"]
        assert after["settled"] >= 1
        assert reserved == 0
