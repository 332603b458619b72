"""Streaming the audit logs to a SIEM: CEF in syslog (RFC 5424) over TLS, TCP or UDP, at least once and in order.

How far each tenant's log has been sent is kept in the database, so an outage or a restart delays entries and loses
none. One process of the installation sends at a time.
"""

import asyncio
import fcntl
import socket
import ssl
import struct
import termios
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
import structlog
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from questline_core.audit.formats import syslog_message
from questline_core.audit.models import AuditStream
from questline_core.audit.queries import entries_after
from questline_core.tenancy.schemas import TenantInfo

if TYPE_CHECKING:
    from questline_core.context import HostContext
    from questline_core.host import Host

LOCK = 7_262_028
POLL_SECONDS = 1.0
LONGEST_PAUSE = 60.0
ANSWER_SECONDS = 15.0
CHECK_SECONDS = 0.02
BATCH = 500
LONGEST_DATAGRAM = 60_000
DEFAULT_PORTS = {"tls": 6514, "tcp": 601, "udp": 514}
log = structlog.get_logger()


class Receiver(msgspec.Struct, frozen=True, kw_only=True):
    """Where the logs go."""

    kind: str
    hostname: str
    port: int

    @classmethod
    def parse(cls, url: str) -> "Receiver":
        """Read the setting: `tls://siem.example.org:6514`."""
        parts = urlsplit(url)
        return cls(kind=parts.scheme, hostname=parts.hostname or "", port=parts.port or DEFAULT_PORTS[parts.scheme])


class Connection:
    """An open connection; each message is framed by its length (RFC 6587), or is a datagram of its own."""

    def __init__(self, writer: asyncio.StreamWriter | None, datagrams: asyncio.DatagramTransport | None) -> None:
        self._writer = writer
        self._datagrams = datagrams

    @classmethod
    async def open(cls, receiver: Receiver, trust: str | None) -> "Connection":
        """Connect; raises `OSError`. `trust` names a file of certificates in place of the system's."""
        if receiver.kind == "udp":
            loop = asyncio.get_running_loop()
            target = (receiver.hostname, receiver.port)
            transport, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=target)
            return cls(None, transport)
        context = ssl.create_default_context(cafile=trust) if receiver.kind == "tls" else None
        async with asyncio.timeout(ANSWER_SECONDS):
            _, writer = await asyncio.open_connection(receiver.hostname, receiver.port, ssl=context)
        return cls(writer, None)

    async def send(self, messages: list[bytes]) -> None:
        """Send messages; returns once the other machine has them all. Raises `OSError`."""
        if self._datagrams is not None:
            for message in messages:
                self._datagrams.sendto(message[:LONGEST_DATAGRAM])
            return
        writer = self._writer
        if writer is None or writer.is_closing():
            raise ConnectionResetError("the receiver has closed the connection")
        writer.write(b"".join(b"%d %s" % (len(message), message) for message in messages))
        async with asyncio.timeout(ANSWER_SECONDS):
            await writer.drain()
            # Nothing tells when the other side has acknowledged everything: it has to be asked.
            while _unacknowledged(writer):  # noqa: ASYNC110
                await asyncio.sleep(CHECK_SECONDS)
        if writer.is_closing():
            raise ConnectionResetError("the receiver has closed the connection")

    async def close(self) -> None:
        """Close it."""
        for transport in (self._writer, self._datagrams):
            if transport is not None:
                transport.close()


def _unacknowledged(writer: asyncio.StreamWriter) -> int:
    """Bytes that are not sent, or that the other machine has not acknowledged, as far as the system (Linux) says."""
    if writer.is_closing():
        return 0
    if writer.transport.get_write_buffer_size():
        return writer.transport.get_write_buffer_size()
    connection: socket.socket = writer.get_extra_info("socket")
    try:
        (number,) = struct.unpack("i", fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, bytes(4)))
    except OSError:
        return 0
    return int(number)


async def stream_audit(host: "Host", stop: asyncio.Event) -> None:
    """Send new entries until told to stop, trying again after outages; without a receiver, nothing."""
    url = host.settings.audit_syslog_url
    if not url:
        return
    receiver, pause = Receiver.parse(url), POLL_SECONDS
    while not stop.is_set():
        try:
            await _stream(host, receiver, stop)
            pause = POLL_SECONDS
        except (OSError, SQLAlchemyError) as error:
            log.warning("the audit log is not streamed; trying again", receiver=receiver.hostname, error=str(error))
            pause = min(pause * 2, LONGEST_PAUSE)
        await _wait(stop, pause)


async def _stream(host: "Host", receiver: Receiver, stop: asyncio.Event) -> None:
    """Send while this process holds the lock and the receiver takes it."""
    async with host.database.engine.connect() as holder:
        if not await holder.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK}):
            return
        connection = await Connection.open(receiver, host.settings.audit_syslog_ca)
        try:
            while not stop.is_set():
                sent = [await send_new(host, connection, tenant) for tenant in await host.tenants.all()]
                await holder.execute(text("SELECT 1"))
                await holder.commit()
                if not any(sent):
                    await _wait(stop, POLL_SECONDS)
        finally:
            await connection.close()
            await holder.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": LOCK})


async def send_new(host: "Host", connection: Connection, tenant: TenantInfo) -> int:
    """Send a tenant's next entries and note it; returns how many."""
    async with host.context(tenant.id) as ctx:
        number = await ctx.session.scalar(select(AuditStream.number)) or 0
        entries = await entries_after(ctx, number, limit=BATCH)
        if not entries:
            return 0
        await connection.send([syslog_message(entry, tenant.slug) for entry in entries])
        await _note(ctx, entries[-1].number)
        return len(entries)


async def _note(ctx: "HostContext", number: int) -> None:
    values = {"number": number, "sent_at": ctx.now}
    statement = insert(AuditStream).values(**values)
    await ctx.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id"], set_=values))


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
