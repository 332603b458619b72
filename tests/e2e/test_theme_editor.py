"""The theme's editor: drafts show on real pages, to nobody else, poor contrast is refused, saving shows at once."""

import re

import pytest
from playwright.async_api import Page, expect
from tests.e2e.conftest import eventually
from tests.e2e.signing_in import PATIENCE, log_in
from tests.e2e.themes import reset_theme, style_sheet

FILL = "Primary: Fill as #rrggbb"
GOOD, POOR = "#a3155a", "#ff8fb8"
PRIMARY = "getComputedStyle(document.documentElement).getPropertyValue('--ql-color-primary').trim()"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
async def own_look(demo):
    """Every test begins and ends with the theme as it came."""
    await reset_theme(demo.address)
    yield
    await reset_theme(demo.address)


async def open_editor(page: Page) -> None:
    await log_in(page, "admin@demo.example")
    await page.goto("/admin/theme")
    await page.get_by_role("link", name="Customise").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Customise Aurora", timeout=PATIENCE)


def preview(page: Page):
    return page.frame_locator("iframe")


async def previewed(page: Page) -> str:
    frame = next(each for each in page.frames if each != page.main_frame)
    return await frame.evaluate(PRIMARY)


async def test_a_draft_shows_in_the_preview_and_nowhere_else_until_it_is_saved(open_page, demo):
    page = await open_page(width=1440)
    learner = await open_page()
    await log_in(learner, "learner@demo.example")
    await open_editor(page)
    await expect(preview(page).get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    before = await style_sheet(demo.address)
    await page.get_by_label(FILL).fill(GOOD)
    await eventually(lambda: shows(page, GOOD))
    assert await page.evaluate(PRIMARY) == "#5b35d5", "the editor's own page keeps the saved look"
    assert await style_sheet(demo.address) == before
    await page.get_by_role("tab", name="Course", exact=True).click()
    await expect(preview(page).get_by_role("heading", level=1)).to_have_text(re.compile("AI"), timeout=PATIENCE)
    assert await previewed(page) == GOOD, "the next page of the preview has the draft from its first paint on"

    await page.get_by_role("button", name="Save", exact=True).click()
    await expect(page.get_by_text("Saved. Everybody sees it now.")).to_be_visible(timeout=PATIENCE)
    assert GOOD in await style_sheet(demo.address)
    await eventually(lambda: shows(page, GOOD, page.main_frame))
    await eventually(lambda: shows(learner, GOOD, learner.main_frame))


async def shows(page: Page, colour: str, frame=None) -> bool:
    return (await frame.evaluate(PRIMARY) if frame else await previewed(page)) == colour


async def test_poor_contrast_is_said_beside_the_field_and_refused_by_the_server(open_page, demo):
    page = await open_page(width=1440)
    await open_editor(page)
    before = await style_sheet(demo.address)
    field = page.get_by_label(FILL)
    await field.fill(POOR)
    await expect(field).to_have_attribute("aria-invalid", "true")
    said = page.get_by_text("With “Primary: Text on the fill”: contrast 2.1 to 1, needs 4.5")
    await expect(said.first).to_be_visible()
    await page.get_by_role("button", name="Save", exact=True).click()
    refused = page.get_by_role("alert").filter(has_text="Not saved")
    await expect(refused).to_contain_text("on-primary on primary has a contrast of 2.12:1 and needs 4.5:1")
    assert await style_sheet(demo.address) == before
    await page.get_by_role("button", name=re.compile("Use #[0-9a-f]{6} instead")).first.click()
    await expect(field).to_have_attribute("aria-invalid", "false")


async def test_changes_are_undone_one_by_one_and_a_draft_survives_a_reload(open_page):
    page = await open_page(width=1440)
    await open_editor(page)
    await page.get_by_label(FILL).fill(GOOD)
    await page.get_by_role("tab", name="Shape").click()
    await page.get_by_label(re.compile("^Cards. From 0 to 64")).fill("4")
    await expect(page.get_by_text("2 unsaved changes")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text("2 unsaved changes")).to_be_visible(timeout=PATIENCE)
    await page.get_by_role("tab", name="Shape").click()
    await page.get_by_role("button", name="Reset: Cards").first.click()
    await expect(page.get_by_text("1 unsaved change", exact=True)).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_text("2 unsaved changes")).to_be_visible()
    await page.get_by_role("button", name="Discard").click()
    await expect(page.get_by_text("Everything is saved")).to_be_visible()


async def test_light_and_dark_are_edited_apart_and_nothing_in_the_preview_changes_anything(open_page):
    page = await open_page(width=1440)
    await open_editor(page)
    await page.get_by_role("button", name="Dark", exact=True).click()
    frame = preview(page)
    await expect(frame.locator("html")).to_have_attribute("data-color-scheme", "dark", timeout=PATIENCE)
    await expect(page.locator("html")).to_have_attribute("data-color-scheme", "light")
    await expect(page.get_by_label(FILL)).not_to_have_value("#5b35d5")
    sent = []
    page.on("request", lambda request: sent.append(request.method) if "/enrolment" in request.url else None)
    await page.get_by_role("tab", name="Course", exact=True).click()
    await frame.get_by_role("button", name="Enrol for free").click(timeout=PATIENCE)
    await expect(frame.get_by_text(re.compile("preview", re.IGNORECASE)).first).to_be_visible(timeout=PATIENCE)
    assert sent == []


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
async def test_axe_finds_nothing_in_the_editor(open_page, check_accessible, width, scheme):
    page = await open_page(width=width, scheme=scheme)
    await open_editor(page)
    for tab in ("Colours", "Type", "Shape", "Brand"):
        await page.get_by_role("tab", name=tab).click()
        await check_accessible(page)
    await page.get_by_role("tab", name="Colours").click()
    await page.get_by_label(FILL).fill(POOR)
    await check_accessible(page)
    if width == 390:
        await page.get_by_role("button", name="Preview").click()
        await expect(preview(page).get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
        await check_accessible(page)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_look_is_downloaded_as_a_theme(open_page):
    page = await open_page(width=1440)
    await open_editor(page)
    await page.get_by_role("button", name="Export as a theme").click()
    async with page.expect_download() as download:
        await page.get_by_role("button", name="Download").click()
    assert (await download.value).suggested_filename == "questline_theme_demo-1.0.0-py3-none-any.whl"
