"""A learner of the demo writes a prompt, improves a text and picks a headline, in the lessons of a course."""

import re

import pytest
from playwright.async_api import expect
from tests.e2e.learners import api, enrol, sign_up
from tests.e2e.signing_in import PATIENCE

COURSE = "prompt-craft-sprint"
PROMPT = "Write an e-mail for people who have bought coffee twice.\nAsk them to open the gift page. At most 90 words."


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
async def test_a_learner_practises_in_lessons(demo, open_page, check_accessible, width, scheme):
    page = await open_page(width=width, scheme=scheme)
    email = await sign_up(page, "Copy Learner")
    async with api(demo.address, email) as learner:
        course = await enrol(learner, COURSE)
    first, second, third = (each["id"] for each in course["modules"][0]["lessons"][:3])

    await page.goto(f"/lessons/{first}")
    task = page.get_by_role("region", name="Brief the gift e-mail")
    await task.scroll_into_view_if_needed(timeout=PATIENCE)
    await task.get_by_role("textbox", name="Your prompt").fill(PROMPT, timeout=PATIENCE)
    await task.get_by_role("button", name="Run my prompt").click()
    hand_in = task.get_by_role("button", name=re.compile("^Hand in this text"))
    await hand_in.click(timeout=PATIENCE)
    await expect(task.get_by_role("heading", name="Prompt 1, graded")).to_be_visible(timeout=PATIENCE)
    await expect(task.get_by_text("A sample grader gave these levels")).to_be_visible()
    await check_accessible(page)

    await page.goto(f"/lessons/{second}")
    text = page.get_by_role("region", name="Bring the e-mail back to its source")
    await text.scroll_into_view_if_needed(timeout=PATIENCE)
    await text.get_by_role("button", name="Start from the text").click(timeout=PATIENCE)
    await text.get_by_role("button", name="Check my version").click()
    await expect(text.get_by_role("heading", name="Version 1")).to_be_visible(timeout=PATIENCE)
    await expect(text.get_by_text("1,700 m", exact=True)).to_be_visible()
    await check_accessible(page)

    await page.goto(f"/lessons/{third}")
    duel = page.get_by_role("region", name="Two subject lines for the gift box")
    await duel.scroll_into_view_if_needed(timeout=PATIENCE)
    await duel.get_by_role("radio").nth(1).check(timeout=PATIENCE)
    await duel.get_by_role("button", name="Lock in my pick").click()
    await expect(duel.get_by_role("heading", name="You picked the winner")).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
