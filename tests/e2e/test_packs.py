"""An admin finds, switches and sets up packs and plugins, with the keyboard where it matters."""

import re

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect
from tests.e2e.signing_in import PATIENCE, log_in


@pytest_asyncio.fixture(loop_scope="session")
async def admin(open_page) -> Page:
    page = await open_page()
    await log_in(page, "admin@demo.example")
    return page


async def test_a_pack_is_switched_on_and_off_with_the_keyboard(admin, check_accessible):
    await admin.goto("/admin/plugins")
    tile = admin.get_by_role("listitem").filter(has=admin.get_by_role("heading", name="Certification"))
    await expect(tile.get_by_text("Off", exact=True)).to_be_visible(timeout=PATIENCE)
    await tile.get_by_role("button", name="Switch on Certification").focus()
    await admin.keyboard.press("Enter")
    dialog = admin.get_by_role("dialog", name="Switch on Certification?")
    await expect(dialog.get_by_text("Pass mark: 80")).to_be_visible(timeout=PATIENCE)
    await check_accessible(admin)
    await expect(dialog.get_by_role("button", name="Switch on")).to_be_enabled()
    await dialog.get_by_role("button", name="Switch on").focus()
    await admin.keyboard.press("Enter")
    await expect(tile.get_by_text("On", exact=True)).to_be_visible(timeout=PATIENCE)

    await admin.goto("/admin/plugins/assessments")
    await expect(admin.get_by_label("Pass mark", exact=True)).to_have_value("80", timeout=PATIENCE)
    await expect(admin.get_by_text("Inherited from the pack Certification").first).to_be_visible()

    await admin.goto("/admin/packs/certification")
    await expect(admin.get_by_role("heading", name="First steps")).to_be_visible(timeout=PATIENCE)
    await admin.get_by_role("button", name="Switch off Certification").click()
    dialog = admin.get_by_role("dialog", name="Switch off Certification?")
    await expect(dialog.get_by_text("The pack AI marketing needs it.")).to_be_visible(timeout=PATIENCE)
    await check_accessible(admin)
    await admin.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await admin.get_by_role("button", name="Switch off Certification").click()
    await dialog.get_by_role("button", name="Switch off").click()
    await expect(admin.get_by_role("button", name="Switch on Certification")).to_be_visible(timeout=PATIENCE)
    await expect(admin.get_by_text("Off", exact=True)).to_be_visible()


async def test_a_course_has_a_setting_of_its_own_until_it_is_reset(admin, check_accessible):
    await admin.goto("/admin/plugins/assessments")
    await admin.get_by_label("Settings for").click(timeout=PATIENCE)
    await admin.get_by_role("option", name=re.compile("AI Marketing", re.IGNORECASE)).first.click()
    await expect(admin).to_have_url(re.compile(r"course="))
    mark = admin.get_by_label("Pass mark", exact=True)
    await expect(admin.get_by_label("Grace")).to_have_count(0, timeout=PATIENCE)
    await expect(admin.get_by_text("Inherited from the pack AI marketing")).to_be_visible(timeout=PATIENCE)
    await mark.fill("101")
    await admin.get_by_role("button", name="Save settings").click()
    await expect(mark).to_have_accessible_description(re.compile("<= 100"), timeout=PATIENCE)
    await check_accessible(admin)
    await mark.fill("90")
    await admin.get_by_role("button", name="Save settings").click()
    await expect(admin.get_by_text("The settings are saved.")).to_be_visible(timeout=PATIENCE)
    await expect(admin.get_by_text("Set for this course")).to_be_visible()
    await admin.get_by_role("button", name="Reset to 70: Pass mark").click()
    await admin.get_by_role("button", name="Save settings").click()
    await expect(mark).to_have_value("70")
    await admin.reload()
    await expect(mark).to_have_value("70", timeout=PATIENCE)


@pytest.mark.parametrize("search", ["leader", "nothing of this name"])
async def test_the_catalogue_is_searched(admin, search):
    await admin.goto("/admin/plugins")
    box = admin.get_by_role("searchbox", name="Search packs and plugins")
    await box.fill(search, timeout=PATIENCE)
    found = admin.get_by_role("heading", name="Leaderboards", exact=True)
    if search == "leader":
        await expect(found).to_be_visible()
        await expect(admin.get_by_role("heading", name="Certification")).to_have_count(0)
    else:
        await expect(admin.get_by_text("Nothing fits")).to_be_visible()
        await admin.get_by_role("button", name="Show all").click()
        await expect(found).to_be_visible()
