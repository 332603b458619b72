"""What the site is for: sign up, find a course, learn, answer, and see points, a badge and the leaderboard move."""

import re
import secrets
from typing import Any

import httpx
from playwright.async_api import Page, expect

COURSE = "ai-marketing-foundations"
PASSWORD = "a quiet river bends twice"
PATIENCE = 20_000


async def sign_up(page: Page, name: str, email: str) -> None:
    await page.goto("/sign-up")
    await page.get_by_label("Your name").fill(name)
    await page.get_by_label("E-mail address").fill(email)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_text("Every quest begins with one course")).to_be_visible(timeout=PATIENCE)


async def api(address: str, email: str, password: str = PASSWORD) -> httpx.AsyncClient:
    client = httpx.AsyncClient(base_url=address, timeout=20)
    answer = await client.post("/api/v1/auth/log-in", json={"email": email, "password": password})
    client.headers["authorization"] = f"Bearer {answer.raise_for_status().json()['access_token']}"
    return client


async def get(client: httpx.AsyncClient, path: str) -> Any:
    return (await client.get(path)).raise_for_status().json()


async def test_from_sign_up_to_a_badge(open_page, demo):
    email = f"journey-{secrets.token_hex(4)}@demo.example"
    page = await open_page()
    await sign_up(page, "Jo Urney", email)

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
    client = await api(demo.address, email)
    try:
        (badge,) = [b for b in (await get(client, "/api/v1/p/badges/me"))["badges"] if b["slug"] == "first-brief"]
        assert badge["earned_at"] is not None
        assert (await get(client, "/api/v1/p/points/me"))["balance"] >= 10
    finally:
        await client.aclose()
    await page.goto("/x/leaderboards")
    await expect(page.get_by_text("You", exact=True).first).to_be_visible(timeout=PATIENCE)


async def test_a_quiz_gives_feedback_at_once_and_completes_its_lesson(open_page, demo):
    email = f"quiz-{secrets.token_hex(4)}@demo.example"
    page = await open_page()
    await sign_up(page, "Quinn Iz", email)
    client = await api(demo.address, email)
    instructor = await api(demo.address, "instructor@demo.example", "learn-by-doing")
    try:
        course = await get(client, f"/api/v1/courses/{COURSE}")
        (await client.post(f"/api/v1/courses/{course['id']}/enrolment")).raise_for_status()
        lesson = next(each for each in course["modules"][0]["lessons"] if each["kind"] == "quiz")
        blocks = (await get(client, f"/api/v1/lessons/{lesson['id']}"))["blocks"]
        quiz = next(each["data"]["assessment_id"] for each in blocks if each["type"] == "assessments.quiz")
        key = (await get(instructor, f"/api/v1/p/assessments/{quiz}/key"))["items"]
        right = {each["item_id"]: each["response"] for each in key}

        await page.goto(f"/lessons/{lesson['id']}")
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.get_by_text(re.compile(r"^Question 1 of \d+"))).to_be_visible(timeout=PATIENCE)
        attempt = (await client.post(f"/api/v1/p/assessments/{quiz}/attempts")).json()
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
    finally:
        await client.aclose()
        await instructor.aclose()
