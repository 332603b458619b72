"""What the site is for: sign up, find a course, learn, answer, and see points, a badge and the leaderboard move."""

import re

from playwright.async_api import expect
from tests.e2e.learners import api, get, open_first_quiz, sign_up
from tests.e2e.signing_in import PASSWORD, PATIENCE


async def test_from_sign_up_to_a_badge(open_page, demo):
    page = await open_page()
    email = await sign_up(page, "Jo Urney")

    await page.get_by_role("link", name="Courses").first.click()
    await page.get_by_role("searchbox", name="Search courses").fill("sprint")
    main_course = page.get_by_role("link", name=re.compile("AI Marketing Foundations"))
    await expect(main_course).to_have_count(0, timeout=PATIENCE)
    await page.get_by_role("searchbox", name="Search courses").fill("")
    await main_course.first.click()
    await page.get_by_role("button", name="Enrol for free").click()

    await expect(page.get_by_role("heading", level=1)).to_have_text("Listen before you prompt", timeout=PATIENCE)
    await expect(page.locator("pre").first).to_be_visible()
    await expect(page.get_by_role("table").first).to_be_visible()
    await page.get_by_role("button", name=re.compile("^Enlarge:")).first.click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_role("button", name="Complete and continue").click()
    await expect(page.get_by_text(re.compile(r"\d+ points for you|Level 2 reached")).first).to_be_visible(
        timeout=PATIENCE
    )
    await expect(page.get_by_role("heading", level=1)).to_have_text("Segments that change the work", timeout=PATIENCE)

    await page.goto("/")
    await expect(page.get_by_text("Segments that change the work").first).to_be_visible(timeout=PATIENCE)
    await page.goto("/x/badges")
    await expect(page.get_by_text("First Brief").first).to_be_visible(timeout=PATIENCE)
    async with api(demo.address, email) as client:
        (badge,) = [b for b in (await get(client, "/api/v1/p/badges/me"))["badges"] if b["slug"] == "first-brief"]
        assert badge["earned_at"] is not None
        assert (await get(client, "/api/v1/p/points/me"))["balance"] >= 10
    await page.goto("/x/leaderboards")
    await expect(page.get_by_text("You", exact=True).first).to_be_visible(timeout=PATIENCE)


async def test_a_quiz_gives_feedback_at_once_and_completes_its_lesson(open_page, demo):
    page = await open_page()
    email = await sign_up(page, "Quinn Iz")
    async with api(demo.address, email) as client, api(demo.address, "instructor@demo.example", PASSWORD) as instructor:
        _course, lesson, attempt, right = await open_first_quiz(page, client, instructor)
        place, item = next((n, i) for n, i in enumerate(attempt["items"], 1) if i["type"] in {"single", "true_false"})
        await page.get_by_role("button", name=re.compile(rf"^Question {place}:")).click()
        wanted = [option["id"] for option in item["options"]].index(right[item["id"]]["option_id"])
        await page.get_by_role("radio").nth(wanted).check(force=True)
        await page.get_by_role("button", name="Check answer").click()
        await expect(page.get_by_text("Right", exact=True).first).to_be_visible(timeout=PATIENCE)

        answers = f"/api/v1/p/assessments/attempts/{attempt['id']}"
        for other in attempt["items"]:
            if other["id"] != item["id"]:
                saved = await client.put(f"{answers}/answers/{other['id']}", json={"response": right[other["id"]]})
                saved.raise_for_status()
        (await client.post(f"{answers}/submission")).raise_for_status()
        await page.reload()
        await expect(page.get_by_text("Passed", exact=True).first).to_be_visible(timeout=PATIENCE)
        complete = page.get_by_role("button", name="Complete and continue")
        following = page.get_by_role("link", name="Next lesson").or_(page.get_by_role("button", name="Next lesson"))
        await complete.or_(following).first.click()
        await expect(page.get_by_role("heading", level=1)).not_to_have_text(lesson["title"], timeout=PATIENCE)
        assert (await get(client, f"/api/v1/lessons/{lesson['id']}"))["status"] == "completed"
