"""Requests to addresses that tenants name: never into the operator's own networks unless the operator says so."""

import asyncio
import socket
import ssl
from collections.abc import Iterable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import cast

import httpcore2
import httpx2

from questline_core.settings import SettingsError

TIMEOUT = httpx2.Timeout(30.0, connect=5.0)
MAX_CONNECTIONS = 2000
NAT64 = IPv6Network("64:ff9b::/96")
NO_COOKIES = DefaultCookiePolicy(allowed_domains=[])

Address = IPv4Address | IPv6Address


def outbound_client(private_networks: str) -> httpx2.AsyncClient:
    """A client for the whole process.

    Each connection, that of a redirect too, goes to an address that was checked after its name was resolved. It keeps
    no cookies, since one tenant's would go with another's requests. It follows a redirect only if the call asks for it.

    Args:
        private_networks: CIDR blocks, with commas between, that are not public and may be reached all the same.

    Raises:
        SettingsError: One of them is not a network.
    """
    return httpx2.AsyncClient(
        transport=GuardedTransport(_networks(private_networks)),
        timeout=TIMEOUT,
        cookies=CookieJar(NO_COOKIES),
        headers={"user-agent": "Questline"},
    )


class GuardedTransport(httpx2.AsyncHTTPTransport):
    """HTTP over connections that `GuardedBackend` makes; knows no proxy."""

    def __init__(self, allowed: list[IPv4Network | IPv6Network]) -> None:
        context = ssl.create_default_context()
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=context,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=100,
            keepalive_expiry=30.0,
            network_backend=GuardedBackend(allowed),
        )


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Resolves a name once, and connects to the addresses it checked, so that no second answer can lead elsewhere."""

    def __init__(self, allowed: list[IPv4Network | IPv6Network]) -> None:
        self._allowed = allowed
        self._inner = cast("httpcore2.AsyncNetworkBackend", httpcore2.AnyIOBackend())

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  the base class's
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address of the host that may be reached and answers."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await _resolve(host, port)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(f"the name {host} was not resolved in time") from error
        reachable = [each for each in addresses if self._may_reach(each)]
        if not reachable:
            raise httpcore2.ConnectError(f"{host} is not a public address")
        for number, address in enumerate(reachable, start=1):
            try:
                return await self._inner.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if number == len(reachable):
                    raise
        raise AssertionError

    async def sleep(self, seconds: float) -> None:
        """Wait between tries."""
        await self._inner.sleep(seconds)

    def _may_reach(self, address: Address) -> bool:
        return _is_public(address) or any(address in network for network in self._allowed)


async def _resolve(host: str, port: int) -> list[Address]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpcore2.ConnectError(f"the name {host} cannot be resolved") from error
    return [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


def _networks(text: str) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(each.strip(), strict=False) for each in text.split(",") if each.strip()]
    except ValueError as error:
        raise SettingsError(f"QUESTLINE_PRIVATE_NETWORKS: {error}") from None


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in NAT64:
            inner = IPv4Address(address.packed[-4:])
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not address.is_multicast
