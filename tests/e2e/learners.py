"""New learners for tests that change what a learner has done."""

import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import httpx
from playwright.async_api import Page, expect
from tests.e2e.signing_in import PATIENCE


class Quiz(NamedTuple):
    """A quiz that was started: its course and lesson, the attempt, and the right response to each item."""

    course: Any
    lesson: Any
    attempt: Any
    right: dict[str, Any]


COURSE = "ai-marketing-foundations"
PASSWORD = "a quiet river bends twice"


@asynccontextmanager
async def api(address: str, email: str, password: str = PASSWORD) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API for one user."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        answer = await client.post("/api/v1/auth/log-in", json={"email": email, "password": password})
        client.headers["authorization"] = f"Bearer {answer.raise_for_status().json()['access_token']}"
        yield client


async def get(client: httpx.AsyncClient, path: str) -> Any:
    """The body of an answer that must be a good one."""
    return (await client.get(path)).raise_for_status().json()


async def sign_up(page: Page, name: str) -> str:
    """Make an account through the form; gives its address."""
    email = f"{re.sub('[^a-z]', '', name.lower())}-{secrets.token_hex(4)}@demo.example"
    await page.goto("/sign-up")
    await page.get_by_label("Your name").fill(name)
    await page.get_by_label("E-mail address").fill(email)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_text("Every quest begins with one course")).to_be_visible(timeout=PATIENCE)
    return email


async def enrol(client: httpx.AsyncClient, slug: str = COURSE) -> Any:
    """Enrol the client's user; gives the course."""
    course = await get(client, f"/api/v1/courses/{slug}")
    (await client.post(f"/api/v1/courses/{course['id']}/enrolment")).raise_for_status()
    return course


async def open_first_quiz(page: Page, learner: httpx.AsyncClient, instructor: httpx.AsyncClient) -> Quiz:
    """Enrol a learner and start the course's first quiz in their browser."""
    course = await enrol(learner)
    lesson = next(each for each in course["modules"][0]["lessons"] if each["kind"] == "quiz")
    blocks = (await get(learner, f"/api/v1/lessons/{lesson['id']}"))["blocks"]
    quiz = next(each["data"]["assessment_id"] for each in blocks if each["type"] == "assessments.quiz")
    key = (await get(instructor, f"/api/v1/p/assessments/{quiz}/key"))["items"]
    await page.goto(f"/lessons/{lesson['id']}")
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.get_by_text(re.compile(r"^Question 1 of \d+"))).to_be_visible(timeout=PATIENCE)
    attempt = (await learner.post(f"/api/v1/p/assessments/{quiz}/attempts")).raise_for_status().json()
    return Quiz(course, lesson, attempt, {each["item_id"]: each["response"] for each in key})
