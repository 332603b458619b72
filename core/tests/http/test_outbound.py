"""Requests that go out reach the public network, and of the private ones only those that the operator names."""

import asyncio
import socket
from contextlib import asynccontextmanager

import httpx2
import pytest

from questline_core.http.outbound import outbound_client
from questline_core.settings import SettingsError

LOOPBACK = "10.0.0.0/8, 127.0.0.0/8"
PRIVATE = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://10.0.0.7/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fe80::1]/",
    "http://[fd00::1]/",
    "http://100.64.0.1/",
    "http://0.0.0.0/",
    "http://224.0.0.1/",
    "http://[ff02::1]/",
]


@asynccontextmanager
async def listening(*answers: bytes):
    """A local server that answers each request with the next of these."""
    waiting = list(answers)
    seen: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        seen.append(head)
        writer.write(waiting.pop(0))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", seen


def answer(status: str, *headers: str, body: str = "") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, f"content-length: {len(body)}", "", body]).encode()


@pytest.mark.parametrize("address", PRIVATE)
async def test_a_private_address_is_refused_however_it_is_written(address):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        scheme, rest = address.split("//")
        host, path = rest.split("/", 1)
        async with outbound_client("") as client:
            with pytest.raises(httpx2.ConnectError, match="is not a public address"):
                await client.get(f"{scheme}//{host}:{port}/{path}", timeout=2)


async def test_a_named_network_is_reached():
    async with (
        listening(answer("200 OK", body="hello")) as (url, _),
        outbound_client(LOOPBACK) as client,
    ):
        assert (await client.get(url)).text == "hello"


async def test_a_redirect_into_a_private_network_is_refused():
    redirect = answer("302 Found", "location: http://169.254.169.254/latest")
    async with listening(redirect) as (url, _), outbound_client(LOOPBACK) as client:
        with pytest.raises(httpx2.ConnectError, match="is not a public address"):
            await client.get(url, follow_redirects=True)


async def test_cookies_are_not_kept():
    with_cookie = answer("200 OK", "set-cookie: session=1; path=/")
    async with (
        listening(with_cookie, answer("200 OK")) as (url, seen),
        outbound_client(LOOPBACK) as client,
    ):
        await client.get(url)
        await client.get(url)
    assert b"cookie" not in seen[1].lower()


def test_a_wrong_network_is_named():
    with pytest.raises(SettingsError, match=r"QUESTLINE_PRIVATE_NETWORKS: '10.0.0.0/99'"):
        outbound_client("10.0.0.0/99")
