import itertools
import secrets
import socket
from contextlib import AsyncExitStack
from ipaddress import IPv4Address

import httpx
import pytest
import pytest_asyncio

from questline_core.testing import Client, TestSite

PASSWORD = "a walk along the river"
_addresses = itertools.count(int(IPv4Address("203.0.113.0")) + secrets.randbelow(1 << 20))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site():
    """A site without plugins: who may come in does not depend on any."""
    async with TestSite.open([]) as running:
        yield running


class Visitor(Client):
    """A browser at an address of its own: keeps its cookies and repeats the CSRF token."""

    async def sign_up(self, email, **fields):
        data = {"email": email, "password": PASSWORD, "display_name": "Ada"} | fields
        return await self.post("/api/v1/auth/sign-up", json=data)

    async def log_in(self, email, password=PASSWORD):
        return await self.post("/api/v1/auth/log-in", json={"email": email, "password": password})

    async def refresh(self, **headers):
        return await self._with_csrf("/api/v1/auth/refresh", headers)

    async def log_out(self, **headers):
        return await self._with_csrf("/api/v1/auth/log-out", headers)

    async def me(self, token):
        return await self.get("/api/v1/me", headers={"authorization": f"Bearer {token}"})

    async def _with_csrf(self, path, headers):
        token = self.cookies.get("questline_csrf") or ""
        return await self.post(path, headers={"x-csrf-token": token} | headers)


@pytest.fixture
def email():
    return f"ada-{secrets.token_hex(6)}@example.test"


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(site, tenant):
    """Makes browsers for the tenant; each has a new address unless one is given."""
    async with AsyncExitStack() as stack:

        async def make(*, of=tenant, address=None, base_url="http://localhost", app=site.app):
            address = address or str(IPv4Address(next(_addresses)))
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(address, 50_000))
            headers = {"x-questline-tenant": of.slug}
            return await stack.enter_async_context(Visitor(transport=transport, base_url=base_url, headers=headers))

        yield make


@pytest.fixture
def unused_tcp_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
