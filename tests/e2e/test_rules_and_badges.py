"""An admin writes a rule and defines a badge, is told what is wrong where it is wrong, and removes both again."""

import re
import secrets

import pytest_asyncio
from playwright.async_api import Page, expect
from tests.e2e.signing_in import PATIENCE, log_in


@pytest_asyncio.fixture(loop_scope="session")
async def admin(open_page) -> Page:
    page = await open_page()
    await log_in(page, "admin@demo.example")
    return page


async def test_learners_find_neither_page(open_page):
    page = await open_page()
    await log_in(page, "learner@demo.example")
    for path in ("/x/points/rules", "/x/badges/definitions"):
        await page.goto(path)
        await expect(page.get_by_text("You are not allowed to see this.")).to_be_visible(timeout=PATIENCE)
        await expect(page.get_by_role("button", name=re.compile("^New "))).to_have_count(0)
        await expect(page.get_by_role("link", name=re.compile("Point rules|Manage badges"))).to_have_count(0)


async def test_a_rule_is_written_switched_and_removed(admin, check_accessible):
    name = f"Answered somebody {secrets.token_hex(3)}"
    await admin.get_by_role("link", name="Point rules").click()
    await admin.get_by_role("button", name="New rule").click(timeout=PATIENCE)
    dialog = admin.get_by_role("dialog", name="New rule")
    await dialog.get_by_role("button", name="Save").click()
    field = dialog.get_by_role("textbox", name=re.compile("^Name"))
    await expect(field).to_have_accessible_description("This is needed.")
    await expect(field).to_be_focused()
    await field.fill(name)
    await dialog.get_by_role("combobox", name=re.compile("^Awards points when")).click()
    await admin.get_by_role("option", name="A lesson is completed").click()
    await dialog.get_by_role("switch", name="Only under a condition").check()
    await dialog.get_by_role("combobox", name=re.compile("^Field")).fill("kind")
    await dialog.get_by_role("textbox", name=re.compile("^Value")).fill("quiz")
    await dialog.get_by_role("textbox", name=re.compile("^Points")).fill("7")
    await check_accessible(admin)
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0, timeout=PATIENCE)
    rule = admin.get_by_role("listitem").filter(has=admin.get_by_role("heading", name=name))
    await expect(rule.get_by_text("A lesson is completed if kind is quiz")).to_be_visible()

    switch = rule.get_by_role("switch", name=f"{name} is on")
    await switch.click()
    await expect(switch).not_to_be_checked()
    await admin.reload()
    await expect(switch).not_to_be_checked(timeout=PATIENCE)

    await rule.get_by_role("button", name=f"Remove {name}").click()
    question = admin.get_by_role("dialog", name=f"Remove {name}?")
    await expect(question.get_by_role("button", name="Cancel")).to_be_focused()
    await check_accessible(admin)
    await question.get_by_role("button", name="Remove").click()
    await expect(rule).to_have_count(0, timeout=PATIENCE)
    await expect(admin.get_by_role("button", name="New rule")).to_be_focused()


async def test_a_badge_is_defined_and_removed_and_an_earned_one_stays(admin, check_accessible):
    name = f"Helper {secrets.token_hex(3)}"
    await admin.get_by_role("link", name="Manage badges").click()
    await expect(admin.locator("nav [aria-current=page]:visible")).to_have_text("Manage badges", timeout=PATIENCE)
    await admin.get_by_role("button", name="New badge").click(timeout=PATIENCE)
    dialog = admin.get_by_role("dialog", name="New badge")
    await dialog.get_by_role("textbox", name=re.compile("^Title")).fill(name)
    await dialog.get_by_role("textbox", name=re.compile("^Description")).fill("Helped somebody.")
    slug = dialog.get_by_role("textbox", name=re.compile("^Short name"))
    await expect(slug).to_have_value(name.lower().replace(" ", "-"))
    await slug.fill("first-brief")
    await dialog.get_by_role("combobox", name="Earned by").click()
    await admin.get_by_role("option", name="Days of learning in a row").click()
    await dialog.get_by_role("button", name="Save").click()
    await expect(slug).to_have_accessible_description("There is a badge with this short name already.")
    await expect(slug).to_be_focused()
    await check_accessible(admin)
    await slug.fill(name.lower().replace(" ", "-"))
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_have_count(0, timeout=PATIENCE)
    badge = admin.get_by_role("listitem").filter(has=admin.get_by_role("heading", name=name))
    await expect(badge.get_by_text("Bronze · 3 days of learning in a row")).to_be_visible()
    await badge.get_by_role("button", name=f"Remove {name}").click()
    await admin.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(badge).to_have_count(0, timeout=PATIENCE)

    await admin.get_by_role("button", name="Remove First Brief").click()
    question = admin.get_by_role("dialog", name="Remove First Brief?")
    await question.get_by_role("button", name="Remove").click()
    await expect(question.get_by_role("alert")).to_contain_text("Somebody has earned this badge")
    await admin.keyboard.press("Escape")
    await expect(admin.get_by_role("heading", name="First Brief")).to_be_visible()
