"""Logging in with a company's account in a browser, at npm's oidc-provider; connecting and disconnecting one."""

import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from tests.e2e.conftest import ROOT
from tests.e2e.signing_in import PASSWORD, PATIENCE

PEER = ROOT / "plugins" / "oauth" / "tests" / "peer.mjs"
PROVIDER = {"id": "acme", "label": "Acme", "client_id": "questline", "client_secret": "a secret of the peer"}


@pytest.fixture(scope="module")
def peer():
    """The company's identity provider, which runs until the tests have ended."""
    node = Path(sys.executable).with_name("node")
    with subprocess.Popen(
        [node, PEER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as process:
        try:
            yield next(line.strip() for line in process.stdout if line.startswith("http"))
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # the interpreter is a child of its wheel's script


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(demo, peer):
    """The site's address, at which people may log in with Acme."""
    address = demo.address.replace("127.0.0.1", "localhost")
    async with httpx.AsyncClient(base_url=address) as client:
        body = {"email": "admin@demo.example", "password": PASSWORD}
        token = (await client.post("/api/v1/auth/log-in", json=body)).json()["access_token"]
        client.headers["authorization"] = f"Bearer {token}"
        await client.put("/api/v1/plugins/oauth/enabled", json={"enabled": True})
        providers = {"providers": [PROVIDER | {"issuer": peer}]}
        answer = await client.put("/api/v1/plugins/oauth/settings", json=providers)
        assert answer.status_code == 200, answer.text
        await client.post(f"{peer}/test", json={"redirects": [f"{address}/log-in/with/oauth.acme"]})
        yield address
        await client.put("/api/v1/plugins/oauth/settings", json={"providers": []})


async def go_through_acme(page: Page, name: str) -> None:
    await page.get_by_placeholder("Enter any login").fill(name)
    await page.get_by_placeholder("and password").fill("any")
    await page.get_by_role("button", name="Sign-in").click()
    await page.get_by_role("button", name="Continue").click()


async def test_a_log_in_and_its_connected_account(site, open_page):
    page = await open_page()
    await page.goto(f"{site}/log-in?next=%2Fsecurity")
    button = page.get_by_role("button", name="Continue with Acme")
    await expect(button).to_be_visible(timeout=PATIENCE)
    await button.click()
    await go_through_acme(page, f"nora{secrets.token_hex(3)}")
    await expect(page.get_by_role("heading", name="Security", level=1)).to_be_visible(timeout=PATIENCE)
    assert "code=" not in page.url
    row = page.get_by_role("listitem").filter(has_text="Acme")
    await expect(row).to_contain_text("@peer.example")
    await page.get_by_role("button", name="Disconnect Acme").click()
    await page.get_by_role("button", name="Disconnect", exact=True).click()
    await expect(page.get_by_text("only way in")).to_be_visible(timeout=PATIENCE)


async def test_who_has_an_account_connects_it_first(site, open_page, check_accessible):
    name = f"otto{secrets.token_hex(3)}"
    body = {"email": f"{name}@peer.example", "password": PASSWORD, "display_name": "Otto"}
    async with httpx.AsyncClient(base_url=site) as client:
        assert (await client.post("/api/v1/auth/sign-up", json=body)).status_code == 201
    page = await open_page(width=390, height=844)
    await page.goto(f"{site}/log-in")
    await page.get_by_role("button", name="Continue with Acme").click()
    await go_through_acme(page, name)
    await expect(page.get_by_text("There is an account with this e-mail address here.")).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
    await page.get_by_role("link", name="To the log-in page").click()
    await page.get_by_label("E-mail address").fill(body["email"])
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.get_by_role("button", name="Log in", exact=True).click()
    await page.get_by_role("button", name="Connect Acme").click()
    await expect(page.get_by_text(f"Acme · {name}@peer.example")).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
    await page.get_by_role("button", name="Log out everywhere").click()
    await page.get_by_role("button", name="Continue with Acme").click()
    await expect(page.get_by_role("navigation").first).to_be_visible(timeout=PATIENCE)


async def test_axe_finds_nothing_on_the_log_in_page(site, open_page, check_accessible):
    page = await open_page(scheme="dark", width=390, height=844)
    await page.goto(f"{site}/log-in")
    await expect(page.get_by_role("button", name="Continue with Acme")).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
