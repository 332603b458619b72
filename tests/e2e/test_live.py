"""What happens in one browser shows in another without a reload."""

import re
import secrets

import httpx
from playwright.async_api import expect
from tests.e2e.signing_in import PASSWORD, PATIENCE, log_in


async def new_learner(address: str) -> tuple[str, httpx.AsyncClient]:
    email = f"live-{secrets.token_hex(4)}@demo.example"
    client = httpx.AsyncClient(base_url=address, timeout=60)
    person = {"email": email, "password": PASSWORD, "display_name": "Liv Update"}
    session = (await client.post("/api/v1/auth/sign-up", json=person)).raise_for_status().json()
    client.headers["authorization"] = f"Bearer {session['access_token']}"
    return email, client


async def test_the_leaderboard_moves_in_a_second_browser(open_page, demo):
    email, client = await new_learner(demo.address)
    try:
        course = (await client.get("/api/v1/courses/ai-marketing-foundations")).json()
        (await client.post(f"/api/v1/courses/{course['id']}/enrolment")).raise_for_status()
        lessons = [each["id"] for each in course["modules"][0]["lessons"] if each["kind"] == "lesson"]
        (await client.post(f"/api/v1/lessons/{lessons[0]}/completion")).raise_for_status()

        watcher = await open_page()
        await log_in(watcher, email)
        await watcher.goto("/x/leaderboards")
        await watcher.get_by_role("tab", name="All time").click()  # on a Monday, 17 points are among the week's best
        own = watcher.get_by_role("row", name=re.compile("Liv Update")).first
        await expect(own).to_be_visible(timeout=PATIENCE)
        before = int(re.findall(r"\d+", await own.inner_text())[-1])

        other = await open_page(width=390, height=844)
        await log_in(other, email)
        await other.goto(f"/lessons/{lessons[1]}")
        await other.get_by_role("button", name="Complete and continue").click()
        await expect(own).to_contain_text(str(before + 10), timeout=PATIENCE)
    finally:
        await client.aclose()


async def test_a_plugin_switched_off_leaves_an_open_tab_and_comes_back(open_page, demo):
    learner = await open_page()
    await log_in(learner, "learner@demo.example")
    badges = learner.get_by_role("navigation").get_by_role("link", name="Badges")
    await expect(badges).to_be_visible(timeout=PATIENCE)
    async with httpx.AsyncClient(base_url=demo.address, timeout=60) as admin:
        login = {"email": "admin@demo.example", "password": PASSWORD}
        token = (await admin.post("/api/v1/auth/log-in", json=login)).raise_for_status().json()["access_token"]
        admin.headers["authorization"] = f"Bearer {token}"
        try:
            (await admin.put("/api/v1/plugins/badges/enabled", json={"enabled": False})).raise_for_status()
            await expect(badges).to_have_count(0, timeout=PATIENCE)
        finally:
            (await admin.put("/api/v1/plugins/badges/enabled", json={"enabled": True})).raise_for_status()
        await expect(badges).to_be_visible(timeout=PATIENCE)
