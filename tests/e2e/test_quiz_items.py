"""A whole quiz with every type of item, answered and submitted on the page alone."""

import re
from typing import Any

from playwright.async_api import Page, expect
from tests.e2e.conftest import eventually
from tests.e2e.learners import api, get, open_first_quiz, sign_up
from tests.e2e.signing_in import PASSWORD, PATIENCE

TYPES = {"single", "multiple", "true_false", "numeric", "short_text", "ordering", "matching"}


async def choose(page: Page, item: dict[str, Any], response: dict[str, Any]) -> None:
    wanted = response.get("option_ids") or [response["option_id"]]
    role = "checkbox" if item["type"] == "multiple" else "radio"
    for number, option in enumerate(item["options"]):
        if option["id"] in wanted:
            await page.get_by_role("main").get_by_role(role).nth(number).check(force=True)


async def put_in_order(page: Page, item: dict[str, Any], response: dict[str, Any]) -> None:
    order = [option["id"] for option in item["options"]]
    for place, wanted in enumerate(response["option_ids"]):
        for at in range(order.index(wanted), place, -1):
            await page.get_by_role("button", name=re.compile("^Move up:")).nth(at).click()
        order.remove(wanted)
        order.insert(place, wanted)


async def match(page: Page, item: dict[str, Any], response: dict[str, Any]) -> None:
    rights = [right["id"] for right in item["right"]]
    for number, left in enumerate(item["left"]):
        await page.get_by_role("main").get_by_role("combobox").nth(number).click()
        listed = page.get_by_role("option")
        await listed.nth(1 + rights.index(response["pairs"][left["id"]])).click()  # the first chooses nothing
        await expect(listed).to_have_count(0)


async def answer(page: Page, item: dict[str, Any], response: dict[str, Any]) -> None:
    if item["type"] == "ordering":
        await put_in_order(page, item, response)
    elif item["type"] == "matching":
        await match(page, item, response)
    elif item.get("options"):
        await choose(page, item, response)
    else:
        text = str(response["value"]) if item["type"] == "numeric" else response["text"]
        await page.get_by_role("main").get_by_role("textbox").fill(text)


async def test_every_type_of_item_is_answered_and_the_quiz_passed(open_page, demo):
    page = await open_page()
    email = await sign_up(page, "Quinta Ssentially")
    async with api(demo.address, email) as client, api(demo.address, "instructor@demo.example", PASSWORD) as instructor:
        quiz = await open_first_quiz(page, client, instructor)
        items = quiz.attempt["items"]
        assert {item["type"] for item in items} == TYPES
        for place, item in enumerate(items, 1):
            await expect(page.get_by_text(re.compile(rf"^Question {place} of {len(items)}"))).to_be_visible()
            await answer(page, item, quiz.right[item["id"]])
            await page.get_by_role("button", name="Check answer").click()
            mark = page.get_by_role("button", name=f"Question {place}: Right", exact=True)
            await expect(mark, item["type"]).to_be_visible(timeout=PATIENCE)
            await page.get_by_role("button", name="Review" if place == len(items) else "Next", exact=True).click()
        await expect(page.get_by_text("Every question is answered.")).to_be_visible()
        await page.get_by_role("button", name="Submit", exact=True).click()
        await expect(page.get_by_text("Everything right. Excellent!")).to_be_visible(timeout=PATIENCE)
        await expect(page.get_by_text(re.compile(r"points? for you|Level \d+ reached")).first).to_be_visible(
            timeout=PATIENCE
        )

        async def completed() -> bool:
            return bool((await get(client, f"/api/v1/lessons/{quiz.lesson['id']}"))["status"] == "completed")

        await eventually(completed, seconds=PATIENCE / 1000)
