"""Proving that a host name is somebody's: a TXT record that only who runs its zone can set."""

import hashlib
import hmac
from typing import Protocol
from uuid import UUID

import dns.asyncresolver
import dns.exception
import dns.resolver

PREFIX = "_questline"
SECONDS = 5.0


class TxtResolver(Protocol):
    """Looks up TXT records."""

    async def txt(self, name: str) -> list[str]:
        """The records of a name; empty where there are none. Raises `LookUpError`."""
        ...


class LookUpError(Exception):
    """DNS did not answer; it says nothing about the record."""


class DnsResolver:
    """Asks the servers that the settings name, else the system's."""

    def __init__(self, servers: str = "") -> None:
        self._servers = [part.strip() for part in servers.split(",") if part.strip()]

    async def txt(self, name: str) -> list[str]:
        """The records of a name, each in one piece."""
        try:
            answer = await self._resolver().resolve(name, "TXT", lifetime=SECONDS, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError) as error:
            raise LookUpError(type(error).__name__) from error
        return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]

    def _resolver(self) -> dns.asyncresolver.Resolver:
        """A resolver that keeps nothing: who has just set a record wants to see it."""
        resolver = dns.asyncresolver.Resolver(configure=not self._servers)
        resolver.cache = None
        if self._servers:
            addresses = [
                server.rpartition(":") if server.count(":") == 1 else (server, "", "53") for server in self._servers
            ]
            resolver.nameservers = [host for host, _, _ in addresses]
            resolver.nameserver_ports = {host: int(port) for host, _, port in addresses}
        return resolver


def record_name(host: str) -> str:
    """Where the record belongs."""
    return f"{PREFIX}.{host}"


def record_value(secret: str, tenant_id: UUID, host: str) -> str:
    """What the record says: it follows from the site's secret, the tenant and the name, and tells none of them."""
    digest = hmac.digest(secret.encode(), b"questline domain\0" + tenant_id.bytes + host.encode(), "sha256")
    return f"questline-domain={digest.hex()[:40]}"


def is_proven(records: list[str], value: str) -> bool:
    """Say whether the value is among the records."""
    wanted = hashlib.sha256(value.encode()).digest()
    return any(hmac.compare_digest(hashlib.sha256(each.strip().encode()).digest(), wanted) for each in records)
