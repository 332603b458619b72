"""Learners keep and share prompts, and appeal against a score; an instructor decides."""

import re

import pytest
from playwright.async_api import expect
from tests.e2e.learners import api, enrol, sign_up
from tests.e2e.signing_in import PATIENCE
from tests.e2e.test_accessibility import SIDEWAYS, log_in, settle

COURSE = "prompt-craft-sprint"
PROMPT = "Write an e-mail for people who have bought coffee twice.\nAsk them to open the gift page. At most 90 words."
VIEWS = [(1280, "light"), (390, "dark")]


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
async def test_a_prompt_is_kept_shared_and_voted_for(demo, open_page, check_accessible, width, scheme):
    page = await open_page(width=width, scheme=scheme)
    title = f"Gift e-mail {width}"
    await sign_up(page, "Prompt Keeper")
    await page.goto("/x/ai_lab/library")
    await expect(page.get_by_text("You keep no prompts yet")).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)
    await page.get_by_role("button", name="New prompt").first.click()
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("This is needed.").first).to_be_visible()
    await form.get_by_role("textbox", name="Title").fill(title)
    await form.get_by_role("textbox", name="Prompt").fill(PROMPT)
    await form.get_by_role("textbox", name="Tags").fill("E-mail, gifts")
    await form.get_by_role("switch", name=re.compile("^Share it")).check()
    await check_accessible(page)
    await form.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=PATIENCE)
    await settle(page)
    await check_accessible(page)
    assert not await page.evaluate(SIDEWAYS)

    reader = await open_page(width=width, scheme=scheme)
    await sign_up(reader, "Prompt Reader")
    await reader.goto(f"/x/ai_lab/library?shelf=shared&q=email+{width}")
    await expect(reader.get_by_text("No prompt fits")).to_be_visible(timeout=PATIENCE)
    await reader.get_by_role("searchbox", name="Search title and text").fill(title)
    shown = reader.get_by_role("listitem").filter(has=reader.get_by_role("heading", name=title)).first
    vote = shown.get_by_role("button", name=f"Useful: {title}")
    await vote.click(timeout=PATIENCE)
    await expect(vote).to_have_attribute("aria-pressed", "true", timeout=PATIENCE)
    await expect(vote).to_have_text("1")
    await check_accessible(reader)

    await page.get_by_role("button", name=f"Remove {title}").click()
    await page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(page.get_by_text("You keep no prompts yet")).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
async def test_an_appeal_goes_to_the_instructor_and_back(demo, open_page, check_accessible, width, scheme):
    page = await open_page(width=width, scheme=scheme)
    name = f"Doubting Learner {width}"
    email = await sign_up(page, name)
    async with api(demo.address, email) as learner:
        course = await enrol(learner, COURSE)
    lesson = course["modules"][0]["lessons"][0]["id"]
    await page.goto(f"/lessons/{lesson}")
    task = page.get_by_role("region", name="Brief the gift e-mail")
    await task.scroll_into_view_if_needed(timeout=PATIENCE)
    await task.get_by_role("textbox", name="Your prompt").fill(PROMPT, timeout=PATIENCE)
    await task.get_by_role("button", name="Keep in the library").click()
    form = page.get_by_role("dialog")
    await form.get_by_role("textbox", name="Title").fill("My gift e-mail", timeout=PATIENCE)
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden(timeout=PATIENCE)
    await task.get_by_role("textbox", name="Your prompt").fill("")
    await task.get_by_role("button", name="From the library").click()
    await check_accessible(page)
    await page.get_by_role("button", name="Take this one: My gift e-mail").click(timeout=PATIENCE)
    await expect(task.get_by_role("textbox", name="Your prompt")).to_have_value(PROMPT)
    await task.get_by_role("button", name="Run my prompt").click()
    await task.get_by_role("button", name=re.compile("^Hand in this text")).click(timeout=PATIENCE)
    await task.get_by_role("button", name="I disagree with this score").click(timeout=PATIENCE)
    await task.get_by_role("textbox", name="Why is the score wrong?").fill("Every constraint is there.")
    await check_accessible(page)
    await task.get_by_role("button", name="Appeal", exact=True).click()
    await expect(task.get_by_text(re.compile("^You appealed on"))).to_be_visible(timeout=PATIENCE)
    await check_accessible(page)

    teacher = await open_page(width=width, scheme=scheme)
    await log_in(teacher, "instructor")
    await teacher.goto("/x/ai_lab/appeals")
    row = teacher.get_by_role("listitem").filter(has_text=name).first
    await expect(row).to_be_visible(timeout=PATIENCE)
    await settle(teacher)
    await check_accessible(teacher)
    assert not await teacher.evaluate(SIDEWAYS)
    await row.get_by_role("link").click()
    await teacher.get_by_role("textbox", name="Score that counts").fill("101", timeout=PATIENCE)
    await teacher.get_by_role("button", name="Decide").click()
    await expect(teacher.get_by_text("A whole number from 0 to 100.")).to_be_visible()
    await teacher.get_by_role("textbox", name="Score that counts").fill("95")
    await teacher.get_by_role("textbox", name="Why, for the learner").fill("You are right.")
    await settle(teacher)
    await check_accessible(teacher)
    assert not await teacher.evaluate(SIDEWAYS)
    await teacher.get_by_role("button", name="Decide").click()
    await expect(teacher.get_by_text(re.compile("^Decided"))).to_be_visible(timeout=PATIENCE)

    await page.reload()
    await task.scroll_into_view_if_needed(timeout=PATIENCE)
    await expect(task.get_by_text(re.compile("the score is 95 instead of"))).to_be_visible(timeout=PATIENCE)
