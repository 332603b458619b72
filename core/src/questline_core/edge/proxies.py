"""Where a request comes from, past the proxies that the operator trusts.

Each proxy appends the address it was reached from, so only the right end of the list can be believed: from there on
the trusted ones are skipped, and the first other address is the client's (RFC 7239, sections 5.2 and 8.1).
"""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal

from questline_core.edge.networks import parse_networks

Header = Literal["x-forwarded-for", "forwarded"]
LONGEST = 4096
"""Characters of the header that are looked at, from its end."""


class Proxies:
    """The proxies before this site.

    Args:
        trusted: Their networks, CIDR blocks with commas between.
        header: Which header they write; the other one is never looked at, for clients could send it through them.
    """

    def __init__(self, trusted: str, header: Header) -> None:
        self._trusted = parse_networks(trusted, "trusted_proxies")
        self._header = header.encode()
        self._is_trusted = lru_cache(maxsize=4096)(self._look_up)

    def origin(self, peer: str | None, headers: Mapping[bytes, bytes], scheme: str) -> tuple[str | None, bool]:
        """The client's address, and whether it came over HTTPS."""
        if peer is None or not self._is_trusted(peer):
            return peer, scheme == "https"
        https = scheme == "https" or self._is_https(headers)
        value = headers.get(self._header)
        if value is None:
            return peer, https
        address = peer
        for hop in reversed(self._hops(value.decode("latin-1")[-LONGEST:])):
            parsed = _address(hop)
            if parsed is None:
                break
            address = str(parsed)
            if not self._is_trusted(address):
                break
        return address, https

    def _hops(self, value: str) -> list[str]:
        if self._header == b"x-forwarded-for":
            return [each.strip() for each in value.split(",")]
        return [_parameter(each, "for") for each in value.split(",")]

    def _is_https(self, headers: Mapping[bytes, bytes]) -> bool:
        if self._header == b"forwarded":
            value = headers.get(b"forwarded", b"").decode("latin-1")
            return _parameter(value.rpartition(",")[2], "proto").lower() == "https"
        return headers.get(b"x-forwarded-proto", b"").rpartition(b",")[2].strip().lower() == b"https"

    def _look_up(self, text: str) -> bool:
        address = _address(text)
        return address is not None and any(address in network for network in self._trusted)


def _parameter(element: str, name: str) -> str:
    for pair in element.split(";"):
        key, _, value = pair.strip().partition("=")
        if key.lower() == name:
            return value.strip().strip('"')
    return ""


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address, which may have brackets and a port; an IPv4 address in an IPv6 one is taken out."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        parsed = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
