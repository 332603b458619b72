"""The switchboard of the live stream where Valkey does not answer."""

import asyncio
from uuid import uuid4

from questline_core.live.hub import LiveHub, LiveMessage

MESSAGE = LiveMessage(tenant_id=uuid4(), topic="points.awarded", data={"amount": 10})


async def test_a_connection_that_valkey_closes_is_tried_once_more_and_no_more():
    connections = 0

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await reader.read(64)
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        await LiveHub(f"redis://127.0.0.1:{port}").send([MESSAGE])
    assert connections == 2
