"""Finding a course by its topic, a film with its captions, and coming back to a lesson that was begun."""

import re

from playwright.async_api import expect
from tests.e2e.conftest import eventually
from tests.e2e.learners import api, enrol, get, sign_up
from tests.e2e.signing_in import PATIENCE, log_in

PLAYS = "video => video.currentTime > 0.3 && !video.paused"
CAPTIONS = """video => ({
    mode: video.textTracks[0]?.mode,
    cues: [...(video.textTracks[0]?.cues ?? [])].map(cue => cue.text),
    error: video.error?.message ?? null,
})"""


async def test_the_catalogue_is_narrowed_down_by_topic(open_page):
    page = await open_page()
    await log_in(page, "learner@demo.example")
    await page.goto("/catalogue")
    main = page.get_by_role("main")
    clinic = main.get_by_role("link", name=re.compile("Measurement Clinic", re.IGNORECASE))
    sprint = main.get_by_role("link", name=re.compile("Prompt Craft", re.IGNORECASE))
    await expect(clinic.first).to_be_visible(timeout=PATIENCE)
    await expect(sprint.first).to_be_visible()
    topic = page.get_by_role("group", name="Topics").get_by_role("button", name="analytics", exact=True)
    await topic.click()
    await expect(sprint).to_have_count(0, timeout=PATIENCE)
    await expect(clinic.first).to_be_visible()
    await expect(topic).to_have_attribute("aria-pressed", "true")
    await expect(page).to_have_url(re.compile(r"[?&]tag=analytics"))
    await page.reload()  # the address says what is chosen
    await expect(clinic.first).to_be_visible(timeout=PATIENCE)
    await expect(sprint).to_have_count(0)
    await page.get_by_role("group", name="Topics").get_by_role("button", name="analytics", exact=True).click()
    await expect(sprint.first).to_be_visible(timeout=PATIENCE)


async def test_a_film_plays_with_captions(open_page, demo):
    page = await open_page()
    email = await sign_up(page, "Cine Phile")
    async with api(demo.address, email) as client:
        course = await enrol(client)
        for each in (lesson for module in course["modules"] for lesson in module["lessons"]):
            lesson = await get(client, f"/api/v1/lessons/{each['id']}")
            if any(block["type"] == "video" for block in lesson["blocks"]):
                break
    await page.goto(f"/lessons/{lesson['id']}")
    film = page.locator("video").first
    await film.scroll_into_view_if_needed(timeout=PATIENCE)
    await film.focus()
    await page.keyboard.press("Space")
    await page.wait_for_function(PLAYS, arg=await film.element_handle(), timeout=PATIENCE)
    await page.wait_for_function("video => video.textTracks[0]?.cues?.length > 0", arg=await film.element_handle())
    state = await film.evaluate(CAPTIONS)
    assert state["mode"] == "showing"
    assert state["error"] is None
    assert any(text.strip() for text in state["cues"])
    await page.get_by_text("Transcript").first.click()
    await expect(page.locator("details[open]").first).to_be_visible()


async def test_a_lesson_that_was_begun_opens_where_it_was_left(open_page, demo):
    page = await open_page(height=700)
    email = await sign_up(page, "Re Turner")
    async with api(demo.address, email) as client:
        course = await enrol(client)
        address = f"/api/v1/lessons/{course['modules'][0]['lessons'][0]['id']}"
        lesson = await get(client, address)
        blocks = [block["id"] for block in lesson["blocks"]]

        async def left_at() -> str | None:
            return (await get(client, address))["block_id"]

        async def moved_on() -> bool:
            return await left_at() not in (None, blocks[0])

        await page.goto(f"/lessons/{lesson['id']}")
        half = page.locator(f"[data-block='{blocks[len(blocks) // 2]}']")
        await expect(half).to_be_visible(timeout=PATIENCE)
        await half.evaluate("block => block.scrollIntoView({block: 'start'})")
        await eventually(moved_on, seconds=20)
        place = page.locator(f"[data-block='{await left_at()}']")
    await page.goto("/")
    await page.get_by_role("main").locator(f"a[href='/lessons/{lesson['id']}']").first.click(timeout=PATIENCE)
    await expect(page.get_by_role("heading", level=1)).to_have_text(lesson["title"], timeout=PATIENCE)
    await expect(page.get_by_text("You are back where you left off.")).to_be_visible(timeout=PATIENCE)
    await expect(place).to_be_in_viewport()
    box = await place.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 200
