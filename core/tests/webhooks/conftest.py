"""A receiver of webhooks on this machine."""

import asyncio
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from sqlalchemy import select

from questline_core.webhooks.models import WebhookDelivery
from questline_core.webhooks.queueing import Attempt
from questline_core.webhooks.sending import make_attempt


class Received:
    """One request as it came in."""

    def __init__(self, head: bytes, body: bytes) -> None:
        lines = head.decode().split("\r\n")
        self.target = lines[0].split()[1]
        self.headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
        self.body = body


class Receiver:
    """Keeps what it gets and answers with what it is told: a status, headers and a body, or `None` for silence."""

    def __init__(self) -> None:
        self.requests: list[Received] = []
        self.answers: list = []
        self.url = ""

    async def serve(self, reader, writer) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        self.requests.append(Received(head, await reader.readexactly(length)))
        answer = self.answers.pop(0) if self.answers else (200, {}, "ok")
        if answer is None:
            await reader.read()
        else:
            status, headers, body = answer
            fields = {"content-length": str(len(body)), "connection": "close"} | headers
            lines = [f"HTTP/1.1 {status} Status", *(f"{name}: {value}" for name, value in fields.items()), "", body]
            writer.write("\r\n".join(lines).encode())
            await writer.drain()
        writer.close()


@asynccontextmanager
async def listening():
    receiver = Receiver()
    async with await asyncio.start_server(receiver.serve, "127.0.0.1", 0) as server:
        receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
        yield receiver


@pytest_asyncio.fixture(loop_scope="session")
async def receiver():
    async with listening() as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def leave_no_messages(site):
    """Empty the queue: events lead to attempts, and whoever drains it next would wait for the last of them."""
    yield
    async with site.owner_engine.begin() as connection:
        await connection.exec_driver_sql("DELETE FROM queue.pgqueuer")


@pytest.fixture
def deliver(site, tenant):
    """Make the first attempt at every new delivery, as the worker does, and leave the next ones to the test."""

    async def make():
        async with site.context(tenant.id) as ctx:
            new = select(WebhookDelivery.id).where(WebhookDelivery.state == "pending", WebhookDelivery.attempts == 0)
            found = (await ctx.session.scalars(new)).all()
        for each in found:
            await make_attempt(site.host, tenant.id, Attempt(delivery_id=each, number=1, tries=1))

    return make


@pytest.fixture
def make_webhook(receiver):
    """Make a webhook over the API: `await make_webhook(admin, "*")` answers its card with the secret."""

    async def make(admin, *types, url=None):
        wanted = {"url": url or receiver.url, "event_types": list(types) or ["*"], "description": "CRM"}
        answer = await admin.post("/api/v1/webhooks", json=wanted)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return make
