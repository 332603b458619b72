"""Axe finds nothing to complain about on any page, in either scheme of each theme, and no page scrolls sideways."""

import re
import secrets
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, ViewportSize, expect
from tests.e2e.themes import set_theme

COURSE = "ai-marketing-foundations"
PATIENCE = 60_000
TABLET = 600
HEIGHT = 900
NARROWEST: ViewportSize = {"width": 360, "height": 740}
LOOKS = [
    pytest.param(1280, "light", "aurora", id="aurora-light-1280"),
    pytest.param(390, "dark", "aurora", id="aurora-dark-390"),
    pytest.param(390, "light", "press", id="press-light-390"),
    pytest.param(1280, "dark", "press", id="press-dark-1280"),
]
VISITOR = [
    "/log-in",
    "/sign-up",
    "/forgot-password",
    "/reset-password#x",
    "/confirm#sign-up.x",
    "/invitation#x",
    "/parent#x",
]
LEARNER = [
    "/",
    "/catalogue",
    f"/courses/{COURSE}",
    "/lessons/{lesson}",
    "/lessons/{quiz}",
    "/profile",
    "/settings",
    "/security",
    "/privacy",
    "/x/points",
    "/x/badges",
    "/x/leaderboards",
    "/no-such-page",
]
ADMIN = [
    "/",
    "/admin/users",
    "/admin/users/import",
    "/admin/groups",
    "/admin/roles",
    "/admin/roles/new?from=author",
    "/admin/roles/author",
    "/admin/roles/compare",
    "/admin/grants",
    "/admin/keys",
    "/admin/webhooks",
    "/admin/edge",
    "/admin/domains",
    "/admin/limits",
    "/admin/invitations",
    "/admin/sign-in",
    "/admin/plugins",
    "/admin/plugins/points",
    "/admin/plugins/assessments",
]
ADMIN += ["/x/points/rules", "/x/badges/definitions", "/admin/privacy", "/admin/audit"]
ADMIN += [f"/admin/privacy?part={part}" for part in ("holds", "parents", "documents", "retention", "register")]
ADMIN += ["/admin/packs/ai-marketing", "/admin/packs/certification", "/admin/theme", "/admin/theme/edit", "/settings"]
ROLES = [("visitor", VISITOR), ("learner", LEARNER), ("admin", ADMIN)]

LOG_IN = """async ([email, password]) => {
    const send = (path, options) => fetch(`/api/v1${path}`, options).then(answer => answer.json());
    const headers = {"content-type": "application/json"};
    const body = JSON.stringify({email, password});
    const {access_token: token} = await send("/auth/log-in", {method: "POST", headers, body});
    return await send("/courses/ai-marketing-foundations", {headers: {authorization: `Bearer ${token}`}});
}"""
# The stream of live events never ends, so "networkidle" never comes: wait until nothing loads or changes any more.
QUIET = """() => new Promise(resolve => {
    const done = () => { observers.forEach(one => one.disconnect()); resolve(); };
    let timer = setTimeout(done, 400);
    setTimeout(done, 3000);
    const again = () => { clearTimeout(timer); timer = setTimeout(done, 400); };
    const observers = [new MutationObserver(again), new PerformanceObserver(again)];
    observers[0].observe(document.body, {subtree: true, childList: true, attributes: true});
    observers[1].observe({entryTypes: ["resource"]});
})"""
SIDEWAYS = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [
    `${document.documentElement.scrollWidth} px wide`,
    ...[...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .slice(0, 3).map(e => e.outerHTML.slice(0, 120)),
]"""


@pytest_asyncio.fixture(loop_scope="session")
async def wear(demo):
    """Give the site a theme for the test: `await wear("press")`."""

    async def wear_(theme: str) -> None:
        await set_theme(demo.address, theme)

    yield wear_
    await set_theme(demo.address, "aurora")


async def settle(page: Page) -> None:
    await expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=PATIENCE)
    await page.evaluate(QUIET)
    skeleton = page.locator(".MuiSkeleton-root")
    if await skeleton.count() > 0:  # what is loaded when it comes into view
        await skeleton.first.scroll_into_view_if_needed()
    await expect(skeleton).to_have_count(0, timeout=PATIENCE)
    await page.evaluate(QUIET)


async def log_in(page: Page, role: str) -> dict[str, str]:
    """Sign a page's context in; give the ids of a lesson and of a quiz."""
    await page.goto("/log-in")
    if role == "visitor":
        return {}
    course: Any = await page.evaluate(LOG_IN, [f"{role}@demo.example", "learn-by-doing"])
    lessons = [lesson for module in course["modules"] for lesson in module["lessons"]]
    return {kind: next(one["id"] for one in lessons if one["kind"] == kind) for kind in ("lesson", "quiz")}


@pytest.mark.parametrize(("role", "paths"), ROLES, ids=[role for role, _ in ROLES])
@pytest.mark.parametrize(("width", "scheme", "theme"), LOOKS)
async def test_axe_finds_no_violation_and_nothing_scrolls_sideways(
    open_page, check_accessible, wear, role, paths, width, scheme, theme
):
    await wear(theme)
    page = await open_page(width=width, scheme=scheme)
    ids = await log_in(page, role)
    found = []
    for path in paths:
        await page.goto(path.format(**ids))
        await settle(page)
        assert path == "/" or page.url.endswith(path.format(**ids)), page.url
        try:
            await check_accessible(page)
        except AssertionError as error:
            found.append(str(error).splitlines()[0])
        if width < TABLET:
            await page.set_viewport_size(NARROWEST)
            found += [f"{path} scrolls sideways: {wide}" for wide in await page.evaluate(SIDEWAYS)]
            await page.set_viewport_size({"width": width, "height": HEIGHT})
    assert found == [], "\n".join(found)


@pytest.mark.parametrize(("width", "scheme", "theme"), LOOKS)
async def test_axe_finds_no_violation_in_a_quiz(open_page, check_accessible, wear, width, scheme, theme):
    await wear(theme)
    page = await open_page(width=width, scheme=scheme)
    await page.goto("/sign-up")
    await page.get_by_label("Your name").fill("Axe Reader")
    await page.get_by_label("E-mail address").fill(f"axe-{secrets.token_hex(4)}@demo.example")
    await page.locator("input[type=password]").fill("a quiet river bends twice")
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_text("Every quest begins with one course")).to_be_visible(timeout=PATIENCE)
    await settle(page)
    await check_accessible(page)

    await page.goto(f"/courses/{COURSE}")
    await page.get_by_role("button", name="Enrol for free").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Listen before you prompt", timeout=PATIENCE)
    await page.goto(f"/courses/{COURSE}")
    await page.get_by_role("main").get_by_role("link", name=re.compile("Audience and positioning quiz")).click()
    start = page.get_by_role("button", name="Start", exact=True)
    await expect(start).to_be_visible(timeout=PATIENCE)
    await settle(page)
    await check_accessible(page)

    await start.click()
    await expect(start).to_have_count(0, timeout=PATIENCE)
    await settle(page)
    await check_accessible(page)
