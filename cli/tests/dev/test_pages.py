"""`questline dev`: an edit of TSX shows in the open page, which is not loaded again."""

import os
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

pytestmark = [pytest.mark.slow, pytest.mark.e2e]
DEBIAN = Path("/usr/bin/chromium")
PATIENCE = 60_000
EXECUTABLE = str(DEBIAN) if DEBIAN.exists() else None


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest_asyncio.fixture(loop_scope="session")
async def page():
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=EXECUTABLE, chromium_sandbox=os.geteuid() != 0)
        context = await browser.new_context(locale="en-GB")
        yield await context.new_page()
        await browser.close()


async def test_an_edit_of_a_page_shows_without_loading_it_again(develop, page):
    plugin, command = develop("dev_pages", "--routes", "--tables", "--ui")
    thrown = []
    page.on("pageerror", lambda error: thrown.append(str(error)))
    await page.goto(f"{command.address}/log-in")
    await page.get_by_label("E-mail address").fill("developer@example.test")
    await page.locator("input[type=password]").fill(command.password)
    await page.get_by_role("button", name="Log in").click()
    await page.get_by_role("link", name="Dev pages").first.click()
    await page.get_by_label("New note").fill("half a thought")
    await page.evaluate("window.stillHere = true")

    source = plugin / "ui" / "src" / "DevPagesPage.tsx"
    edit(source, "{t('add')}", "{t('add')} it")
    await expect(page.get_by_role("button", name="Add it")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_label("New note")).to_have_value("half a thought")

    edit(plugin / "ui" / "src" / "locales" / "en.json", '"title": "Dev pages"', '"title": "Another title"')
    await expect(page.get_by_role("heading", name="Another title")).to_be_visible(timeout=PATIENCE)

    edit(plugin / "src" / "questline_dev_pages" / "service.py", '"text": text,', '"text": text.upper(),')
    command.wait_until(lambda: "reloaded in" in command.printed, "the server was not reloaded")
    await page.get_by_label("New note").fill("a whole thought")
    await page.get_by_role("button", name="Add it").click()
    await expect(page.get_by_text("A WHOLE THOUGHT")).to_be_visible(timeout=PATIENCE)
    assert await page.evaluate("window.stillHere") is True
    assert thrown == []
