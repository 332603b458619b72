"""Second factors in a browser: an authenticator app from its set-up to the next log-in, and a passkey."""

import re
import secrets
import time

import httpx
import pyotp
import pytest_asyncio
from playwright.async_api import Page, expect
from tests.e2e.signing_in import PASSWORD, PATIENCE


@pytest_asyncio.fixture(loop_scope="session")
async def newcomer(demo, open_page):
    """Somebody who has just opened an account, at the site's own name: passkeys do not work at an IP address."""
    address = demo.address.replace("127.0.0.1", "localhost")
    email = f"new-{secrets.token_hex(4)}@example.com"
    body = {"email": email, "password": PASSWORD, "display_name": "Nora New"}
    async with httpx.AsyncClient(base_url=address) as client:
        assert (await client.post("/api/v1/auth/sign-up", json=body)).status_code == 201
    page = await open_page()
    await page.goto(f"{address}/log-in?next=%2Fsecurity")
    await log_in(page, email)
    await expect(page.get_by_role("heading", name="Security", level=1)).to_be_visible(timeout=PATIENCE)
    return page, address, email


async def log_in(page: Page, email: str) -> None:
    await page.get_by_label("E-mail address").fill(email)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.get_by_role("button", name="Log in", exact=True).click()


async def log_out_everywhere(page: Page) -> None:
    await page.get_by_role("button", name="Log out everywhere").click()
    await expect(page.get_by_role("heading", name="Welcome back")).to_be_visible(timeout=PATIENCE)


async def test_an_authenticator_app_from_its_set_up_to_the_next_log_in(newcomer):
    page, address, email = newcomer
    await page.get_by_role("button", name="Set up an app").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("img", name="QR code")).to_be_visible()
    app = pyotp.TOTP((await dialog.locator("code").inner_text()).replace(" ", ""))
    await dialog.get_by_label("Code").fill("000000")
    await dialog.get_by_role("button", name="Confirm").click()
    await expect(dialog.get_by_text("not right")).to_be_visible()
    await dialog.get_by_label("Code").fill(app.now())
    await dialog.get_by_role("button", name="Confirm").click()
    codes = page.get_by_role("dialog", name="Keep these codes")
    await expect(codes.get_by_role("listitem")).to_have_count(10)
    recovery = await codes.get_by_role("listitem").first.inner_text()
    await codes.get_by_role("button", name="I have kept them").click()
    await expect(page.get_by_text("10 left")).to_be_visible()

    await log_out_everywhere(page)
    await log_in(page, email)
    await expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    await page.get_by_label("Code").fill(app.at(time.time() + 30))
    await page.get_by_role("button", name="Log in").click()
    await expect(page.get_by_role("navigation").first).to_be_visible(timeout=PATIENCE)

    await page.goto(f"{address}/security")
    await log_out_everywhere(page)
    await log_in(page, email)
    await page.get_by_role("button", name="Use a recovery code").click()
    await page.get_by_label("Recovery code").fill(recovery)
    await page.get_by_role("button", name="Log in").click()
    await expect(page.get_by_role("navigation").first).to_be_visible(timeout=PATIENCE)


async def test_a_passkey_is_added_and_logs_in_without_a_password(newcomer):
    page, address, _ = newcomer
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    await devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    await page.get_by_role("button", name="Add a passkey").click()
    await page.get_by_role("dialog", name="Keep these codes").get_by_role("button", name="I have kept them").click()
    await expect(page.get_by_text("Passkey 1")).to_be_visible()
    await log_out_everywhere(page)
    await page.get_by_role("button", name="Use a passkey instead").click()
    await expect(page.get_by_role("navigation").first).to_be_visible(timeout=PATIENCE)
    await page.goto(f"{address}/security")
    await expect(page.get_by_text(re.compile("Used"))).to_be_visible(timeout=PATIENCE)
