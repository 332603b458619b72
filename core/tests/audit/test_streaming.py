import asyncio
import re
from contextlib import asynccontextmanager

import pytest

from questline_core.audit.streaming import Connection, Receiver, send_new, stream_audit
from questline_core.testing import TestSite

NUMBER = re.compile(rb"externalId=(\d+)")
PATIENCE = 30


class Siem:
    """A syslog receiver: what it was sent, message by message."""

    def __init__(self):
        self.messages = []
        self.port = 0
        self.changed = asyncio.Event()
        self.connections = []

    async def serve(self, reader, writer):
        self.connections.append(writer)
        try:
            while True:
                length = int(await reader.readuntil(b" "))
                self.take(await reader.readexactly(length))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def take(self, message):
        self.messages.append(message)
        self.changed.set()

    def datagram_received(self, data, _address):
        self.take(data)

    def connection_made(self, _transport): ...

    def connection_lost(self, _error): ...

    def of(self, tenant):
        return [
            int(NUMBER.search(message)[1])
            for message in self.messages
            if f" {tenant.slug} questline".encode() in message
        ]

    async def has(self, tenant, *numbers):
        async with asyncio.timeout(PATIENCE):
            while not set(numbers) <= set(self.of(tenant)):
                self.changed.clear()
                await self.changed.wait()


@asynccontextmanager
async def receiver(siem, port=0):
    server = await asyncio.start_server(siem.serve, "127.0.0.1", port)
    siem.port = server.sockets[0].getsockname()[1]
    try:
        yield siem
    finally:
        server.close()
        for writer in siem.connections:
            writer.close()


@asynccontextmanager
async def streaming(site, url):
    async with TestSite.open([], services=site.services, audit_syslog_url=url) as own:
        stop = asyncio.Event()
        task = asyncio.create_task(stream_audit(own.host, stop))
        try:
            yield own
        finally:
            stop.set()
            await task


async def write(own, tenant, *actions):
    for action in actions:
        async with own.context(tenant.id) as ctx:
            await ctx.audit(action, subject=("thing", None))


async def test_every_entry_arrives_in_order_as_cef_in_syslog(site):
    async with receiver(Siem()) as siem, streaming(site, f"tcp://127.0.0.1:{siem.port}") as own:
        tenant = await own.new_tenant()
        await write(own, tenant, "a.done", "b.done")
        await siem.has(tenant, 1, 2)
        await write(own, tenant, "c.done")
        await siem.has(tenant, 3)
        assert siem.of(tenant) == [1, 2, 3]
        (first,) = [each for each in siem.messages if b"a.done" in each and tenant.slug.encode() in each]
        assert re.match(rb"<110>1 \d{4}-\d\d-\d\dT[\d:.]+\+00:00 [\w-]+ questline - audit - CEF:0\|Questline\|", first)


async def test_after_an_outage_it_goes_on_where_it_stopped(site):
    async with receiver(Siem()) as siem, streaming(site, f"tcp://127.0.0.1:{siem.port}") as own:
        tenant = await own.new_tenant()
        await write(own, tenant, "before")
        await siem.has(tenant, 1)
        port = siem.port
        async with asyncio.timeout(PATIENCE):
            for writer in siem.connections:
                writer.close()
                await writer.wait_closed()
        await write(own, tenant, "meanwhile")
        await siem.has(tenant, 1, 2)
        assert siem.port == port
        assert sorted(set(siem.of(tenant))) == [1, 2]


async def test_what_was_not_taken_is_sent_again(site):
    tenant = await site.new_tenant(plugins=())
    async with site.context(tenant.id) as ctx:
        await ctx.audit("one", subject=("thing", None))
    async with receiver(Siem()) as siem:
        connection = await Connection.open(Receiver.parse(f"tcp://127.0.0.1:{siem.port}"), None)
        await connection.close()
        with pytest.raises(OSError, match="closed"):
            await send_new(site.host, connection, tenant)
        again = await Connection.open(Receiver.parse(f"tcp://127.0.0.1:{siem.port}"), None)
        assert await send_new(site.host, again, tenant) == 1
        assert await send_new(site.host, again, tenant) == 0
        await siem.has(tenant, 1)
        await again.close()


async def test_datagrams_carry_one_entry_each(site):
    tenant = await site.new_tenant(plugins=())
    async with site.context(tenant.id) as ctx:
        for action in ("one", "two"):
            await ctx.audit(action, subject=("thing", None))
    siem = Siem()
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: siem, local_addr=("127.0.0.1", 0))
    port = transport.get_extra_info("sockname")[1]
    connection = await Connection.open(Receiver.parse(f"udp://127.0.0.1:{port}"), None)
    assert await send_new(site.host, connection, tenant) == 2
    await siem.has(tenant, 1, 2)
    await connection.close()
    transport.close()


def test_a_receiver_has_the_usual_port():
    assert Receiver.parse("tls://siem.example.org") == Receiver(kind="tls", hostname="siem.example.org", port=6514)
