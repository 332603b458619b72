"""A learner asks about a lesson by keyboard, goes to a source, and an admin sees what it cost and who may answer."""

import pytest
from playwright.async_api import expect
from tests.e2e.test_accessibility import PATIENCE, log_in, settle

PAGES = [
    "/x/ai",
    "/x/ai/providers",
    "/x/ai/budgets",
    "/x/ai/templates?template=ai.lesson_assistant",
    "/x/ai/suggestions",
]
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
async def test_a_lesson_is_asked_about_by_keyboard(open_page, check_accessible, width, scheme):
    page = await open_page(width=width, scheme=scheme)
    ids = await log_in(page, "learner")
    await page.goto(f"/lessons/{ids['lesson']}")
    opener = page.get_by_role("button", name="Ask about this lesson")
    await opener.focus(timeout=PATIENCE)
    await page.keyboard.press("Enter")
    field = page.get_by_role("textbox", name="Your question")
    await expect(field).to_be_focused(timeout=PATIENCE)
    await page.keyboard.type("What should I do with customer language?")
    await page.keyboard.press("Enter")
    source = page.get_by_role("button", name="Source 1: go to it in the lesson")
    await expect(source.first).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_role("button", name="It helped", exact=True)).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_role("status").filter(has_text="Answer: ")).to_have_count(1)
    await settle(page)
    await check_accessible(page)
    await source.first.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("[data-block]:focus")).to_have_count(1)
    if width > 600:
        await field.focus()
        await page.keyboard.press("Escape")
        await expect(opener).to_be_focused()
    await expect(page.get_by_role("region", name="Lesson assistant")).to_be_hidden()
    await opener.click()
    await expect(source.first).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
async def test_the_pages_about_ai_are_accessible(open_page, check_accessible, width, scheme):
    page = await open_page(width=width, scheme=scheme)
    await log_in(page, "admin")
    for path in PAGES:
        await page.goto(path)
        await settle(page)
        await check_accessible(page)
        assert not await page.evaluate(SIDEWAYS), path


async def test_a_provider_is_tested_and_a_budget_kept(open_page, check_accessible):
    page = await open_page(width=1280)
    await log_in(page, "admin")
    await page.goto("/x/ai/providers")
    await page.get_by_role("button", name="Test Sample AI").click()
    await expect(page.get_by_text("It works")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("link", name="Budgets").click()
    await page.get_by_role("button", name="New budget").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("Limit a month").fill("12.50")
    await check_accessible(page)
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("$12.50 used")).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
    await page.get_by_role("button", name="Remove The whole site").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(page.get_by_text("No budgets yet")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
async def test_an_author_decides_on_what_ai_drafted(open_page, check_accessible, width, scheme):
    page = await open_page(width=width, scheme=scheme)
    await log_in(page, "admin")
    await page.goto("/x/ai/suggestions")
    await page.get_by_role("spinbutton", name="How many").fill("1")
    await page.get_by_role("button", name="Draft with AI").click()
    drafts = page.get_by_role("list", name="Waiting")
    await expect(drafts.get_by_role("listitem").first).to_be_visible(timeout=PATIENCE)
    await settle(page)
    await check_accessible(page)
    assert not await page.evaluate(SIDEWAYS)
    await page.get_by_role("button", name="Accept: Quiz question 1").click()
    await expect(page.get_by_role("button", name="Waiting (0)")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("button", name="Accepted").click()
    accepted = page.get_by_role("list", name="Accepted")
    await accepted.get_by_text("For the course's files").first.click()
    await expect(accepted.get_by_text("type: single").first).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
    assert not await page.evaluate(SIDEWAYS)
