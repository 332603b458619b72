"""A school for minors: what is agreed to at sign-up, a parent whose word is noted, and a site that is suspended."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import expect
from tests.e2e.signing_in import PATIENCE

pytestmark = pytest.mark.e2e
PASSWORD = "a quiet river bends twice"
LOOKS = [pytest.param(1280, "light", id="desktop-light"), pytest.param(390, "dark", id="phone-dark")]
ASK = """async ([email, password, slug]) => {
    const headers = {"content-type": "application/json", "x-questline-tenant": slug};
    const send = async (path, method, body) => {
        const answer = await fetch(`/api/v1${path}`, {method, headers, body: body && JSON.stringify(body)});
        if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
        return answer.status === 204 ? null : answer.json();
    };
    const {access_token: token} = await send("/auth/log-in", "POST", {email, password});
    headers.authorization = `Bearer ${token}`;
    for (const [kind, required, question] of [
        ["terms", true, "I agree to the rules of the school."], ["analytics", false, "My use may be counted."],
    ]) {
        const texts = {en: {title: `About ${kind}`, question, body: "Be **kind**."}};
        await send(`/privacy/documents/${kind}/draft`, "PUT", {required, texts});
        await send(`/privacy/documents/${kind}/publication`, "POST");
    }
    await send("/privacy/mine/consents", "POST", {consents: [{kind: "terms", version: 1, given: true}]});
    await send("/privacy/settings", "PUT", {minors: true, parental_consent_needed: true});
}"""


@pytest.fixture
def questline(demo):
    """Runs a command against the demo's site."""
    if demo.home == Path():
        pytest.skip("commands need the demo's own folder")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("QUESTLINE_")},
        "QUESTLINE_HOME": str(demo.home),
    }

    def run(*words):
        command = [sys.executable, "-m", "questline_cli", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return run


@pytest.fixture
def school(questline):
    """A tenant of its own with an owner; slug and the owner's address."""
    slug = f"school-{secrets.token_hex(4)}"
    owner = f"owner-{secrets.token_hex(4)}@school.example"
    questline("tenant", "create", slug, "Hill School")
    person = ("--tenant", slug, "--role", "owner", "--name", "Olive Owner", "--password", PASSWORD)
    questline("user", "create", owner, *person)
    return slug, owner


async def sign_in(page, slug, email):
    await page.goto(f"/t/{slug}/log-in")
    await page.get_by_label("E-mail address").fill(email)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.get_by_role("button", name="Log in", exact=True).click()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
async def test_a_school_for_minors(open_page, check_accessible, questline, school, width, scheme):
    slug, owner = school
    console = await open_page(width=width, scheme=scheme)
    await sign_in(console, slug, owner)
    await expect(console.get_by_role("navigation").first).to_be_visible(timeout=PATIENCE)
    await console.evaluate(ASK, [owner, PASSWORD, slug])

    child = await open_page(width=width, scheme=scheme)
    await child.goto(f"/t/{slug}/sign-up")
    terms = child.get_by_role("checkbox", name=re.compile("I agree to the rules"))
    await expect(terms).to_be_visible(timeout=PATIENCE)
    await expect(child.get_by_role("checkbox", name="My use may be counted.")).to_be_visible()
    await check_accessible(child)
    await child.get_by_label("Your name").fill("Kim Child")
    await child.get_by_label("E-mail address").fill(f"kim-{secrets.token_hex(4)}@school.example")
    await child.locator("input[type=password]").fill(PASSWORD)
    create = child.get_by_role("button", name="Create account")
    await create.click()
    assert await terms.evaluate("box => box.validity.valueMissing")  # the browser says what is missing
    await terms.check()
    await create.click()
    await expect(child.get_by_text("A parent or guardian has to agree first.")).to_be_visible(timeout=PATIENCE)
    await check_accessible(child)

    await console.goto("/admin/privacy?part=parents")
    note = console.get_by_role("button", name="A parent agrees: Kim Child")
    await expect(note).to_be_visible(timeout=PATIENCE)
    await check_accessible(console)
    await note.focus()
    await console.keyboard.press("Enter")
    dialog = console.get_by_role("dialog", name="Has a parent agreed for Kim Child?")
    await expect(dialog).to_be_visible()
    await check_accessible(console)
    await dialog.get_by_role("button", name="A parent agrees").click()
    await expect(console.get_by_text("Nobody waits for a parent")).to_be_visible(timeout=PATIENCE)

    await child.get_by_role("button", name="Look again").click()
    await expect(child.get_by_role("navigation").first).to_be_visible(timeout=PATIENCE)

    questline("tenant", "suspend", slug, "--reason", "a test", "--yes")
    await child.get_by_role("link", name="Courses").first.click()
    await expect(child.get_by_role("heading", level=1, name="Hill School is suspended")).to_be_visible(timeout=PATIENCE)
    await check_accessible(child)
    questline("tenant", "resume", slug)
    await child.get_by_role("button", name="Load again").click()
    await expect(child.get_by_role("heading", level=1, name="Courses")).to_be_visible(timeout=PATIENCE)
