import itertools
import secrets
import socket
from contextlib import AsyncExitStack
from ipaddress import IPv4Address

import httpx
import msgspec
import pytest
import pytest_asyncio
from sqlalchemy import update

from questline_core.auth.accounts import create_user
from questline_core.auth.policy import SignInPolicy
from questline_core.tenancy.models import Tenant
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


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mailing(site, posted):
    """The same site with a mail server."""
    url = f"smtp+plain://127.0.0.1:{posted.port}"
    async with TestSite.open([], services=site.services, smtp_url=url, mail_from="no-reply@school.example") as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def school(mailing):
    """A tenant of the site that sends mail."""
    return await mailing.new_tenant()


@pytest.fixture
def browser(visitor, mailing, school):
    """Makes browsers for the school."""

    async def make(**options):
        return await visitor(of=school, app=mailing.app, **options)

    return make


@pytest.fixture
def policy(mailing):
    """Changes a tenant's sign-in settings."""

    async def change(tenant, sign_up="open", **fields):
        async with mailing.context(tenant.id) as ctx:
            values = {"sign_up": sign_up, "sign_in": msgspec.to_builtins(SignInPolicy(**fields))}
            await ctx.session.execute(update(Tenant).where(Tenant.id == tenant.id).values(values))
        mailing.host.tenants.forget()

    return change


@pytest.fixture
def member(mailing, school, browser):
    """Makes a browser that is signed in as a new user of the school, with a session of its own."""

    async def make(email, role="learner", **fields):
        async with mailing.context(school.id) as ctx:
            user = await create_user(ctx, email=email, display_name="Ada", password=PASSWORD, role=role, **fields)
        client = await browser()
        answer = await client.log_in(email)
        assert answer.status_code == 200, answer.text
        client.user_id = user.id
        client.headers["authorization"] = f"Bearer {answer.json()['access_token']}"
        return client

    return make
