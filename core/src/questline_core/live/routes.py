"""The live stream: Server-Sent Events, one per open tab."""

import asyncio
from collections.abc import AsyncGenerator

import msgspec
from litestar import Router, get
from litestar.di import NamedDependency
from litestar.response import Stream

from questline_core.host import Host
from questline_sdk import Context

PING_SECONDS = 15.0
PING = b": ping\n\n"
GOODBYE = b"retry: 250\n\n"
"""The process is replaced: come back at once."""


@get(
    "/live",
    operation_id="stream_live",
    permission="live.stream",
    media_type="text/event-stream",
    summary="Live messages as Server-Sent Events",
)
async def stream_live(ctx: NamedDependency[Context], host: NamedDependency[Host]) -> Stream:
    """Topics as events, their data as JSON; a comment every 15 s keeps proxies from closing the stream."""
    return Stream(
        _messages(host, ctx),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _messages(host: Host, ctx: Context) -> AsyncGenerator[bytes, None]:
    async with host.live.subscribe(ctx.tenant_id, ctx.user.id) as subscriber:
        yield b"retry: 2000\nevent: ready\ndata: {}\n\n"
        while True:
            try:
                message = await asyncio.wait_for(subscriber.queue.get(), PING_SECONDS)
            except TimeoutError:
                yield PING
            else:
                if message is None:
                    yield GOODBYE
                    return
                yield b"event: %s\ndata: %s\n\n" % (message.topic.encode(), msgspec.json.encode(message.data))


router = Router("/api/v1", route_handlers=[stream_live], tags=["live"])
