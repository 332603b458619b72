"""npm's oidc-provider as the company's identity provider, and a browser that goes there and comes back."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
import pytest
import pytest_asyncio

PEER = Path(__file__).with_name("peer.mjs")
SECRET = "a secret of the peer"
ACME = {"id": "acme", "label": "Acme", "client_id": "questline", "client_secret": SECRET}


class Peer:
    """The running identity provider."""

    def __init__(self, url):
        self.url = url

    async def tell(self, **what):
        async with httpx.AsyncClient() as client:
            assert (await client.post(f"{self.url}/test", json=what)).status_code == 204

    async def sign_in(self, url, login):
        """Log in there as somebody would; returns what the browser is sent back with."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(url)
            while answer.is_redirect:
                target = urljoin(str(answer.url), answer.headers["location"])
                if not target.startswith(self.url):
                    return dict(parse_qsl(urlsplit(target).query))
                answer = await client.get(target)
                if answer.status_code == 200:
                    prompt = "login" if 'name="login"' in answer.text else "consent"
                    data = {"prompt": prompt, "login": login, "password": "any"}
                    answer = await client.post(target, data=data)
            raise AssertionError(answer.text)


@contextmanager
def running_peer():
    """Run the identity provider until the block ends; yields its address."""
    node = Path(sys.executable).with_name("node")
    with subprocess.Popen(
        [node, PEER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        try:
            yield next(line.strip() for line in process.stdout if line.startswith("http"))
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # the interpreter is a child of its wheel's script


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def peer():
    with running_peer() as url:
        running = Peer(url)
        names = ("acme", "plain", "public")
        back = [f"http://localhost:8000/log-in/with/oauth.{name}" for name in names]
        await running.tell(redirects=back)
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def configure(peer, as_user):
    """Sets the tenant's provider up."""
    admin = await as_user("admin")

    async def set_up(**fields):
        provider = {"issuer": peer.url, **ACME, **fields}
        answer = await admin.put("/api/v1/plugins/oauth/settings", json={"providers": [provider]})
        assert answer.status_code == 200, answer.text
        return admin

    return set_up


@pytest.fixture
def browser(site, tenant):
    """A browser at the tenant's site that nobody is signed in with."""

    async def make():
        return site.client(**{"x-questline-tenant": tenant.slug})

    return make


@pytest.fixture
def log_in(peer, browser):
    """Goes to the provider as somebody and comes back; `spoil` alters the ID token on the way."""

    async def go(login, *, option="acme", spoil=None, alter=None):
        async with await browser() as client:
            begun = await client.post(f"/api/v1/sign-in/oauth.{option}", json={})
            assert begun.status_code == 200, begun.text
            brought = await peer.sign_in(begun.json()["url"], login)
            await peer.tell(spoil=spoil)
            body = {"state": brought["state"], "parameters": {**brought, **(alter or {})}}
            return await client.post(f"/api/v1/sign-in/oauth.{option}/completion", json=body)

    return go
