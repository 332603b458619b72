"""What holds on every page: the theme, the reader's language, errors that say what to do, the shell offline."""

from playwright.async_api import Page, expect
from tests.e2e.signing_in import PATIENCE, log_in
from tests.e2e.themes import set_theme


async def colour_of(page: Page) -> str:
    return await page.evaluate(
        "getComputedStyle(document.documentElement).getPropertyValue('--ql-color-primary').trim()"
    )


async def test_another_theme_needs_no_rebuild(open_page, demo):
    page = await open_page()
    await log_in(page, "learner@demo.example")
    before = await colour_of(page)
    assert before
    try:
        await set_theme(demo.address, "press")
        await page.reload()
        await expect(page.get_by_role("navigation").first).to_be_visible(timeout=PATIENCE)
        assert await colour_of(page) not in {"", before}
    finally:
        await set_theme(demo.address, "aurora")


async def test_a_german_reader_reads_german(open_page):
    page = await open_page()
    await page.context.add_init_script("Object.defineProperty(navigator, 'language', {get: () => 'de-DE'})")
    await page.context.add_init_script("Object.defineProperty(navigator, 'languages', {get: () => ['de-DE', 'de']})")
    await page.goto("/log-in")
    await expect(page.locator("html")).to_have_attribute("lang", "de", timeout=PATIENCE)
    await expect(page.locator("input[type=password]")).to_be_visible(timeout=PATIENCE)
    await expect(page.get_by_text("Welcome back")).to_have_count(0)


async def test_wrong_credentials_are_said_beside_the_form(open_page):
    page = await open_page()
    await page.goto("/log-in")
    await page.get_by_label("E-mail address").fill("learner@demo.example")
    await page.locator("input[type=password]").fill("not the password")
    await page.get_by_role("button", name="Log in", exact=True).click()
    await expect(page.get_by_role("alert").first).to_be_visible(timeout=PATIENCE)
    assert "/log-in" in page.url


async def test_an_address_that_leads_nowhere_says_so(open_page):
    page = await open_page()
    await log_in(page, "learner@demo.example")
    for address in ("/no/such/page", "/courses/no-such-course"):
        await page.goto(address)
        await expect(page.get_by_role("heading").first).to_be_visible(timeout=PATIENCE)
        await expect(page.get_by_role("link").first).to_be_visible()


async def test_a_failing_server_gets_an_error_with_a_way_on(open_page):
    page = await open_page(workers="block")
    await log_in(page, "learner@demo.example")
    await page.route("**/api/v1/catalogue*", lambda route: route.fulfill(status=503, body="{}"))
    await page.goto("/catalogue")
    again = page.get_by_role("button", name="Try again")
    await expect(again).to_be_visible(timeout=PATIENCE)
    await page.unroute("**/api/v1/catalogue*")
    await again.click()
    await expect(page.get_by_text("AI Marketing Foundations").first).to_be_visible(timeout=PATIENCE)


async def test_the_shell_opens_offline(open_page):
    page = await open_page()
    await log_in(page, "learner@demo.example")
    await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await page.reload()
    await expect(page.get_by_role("navigation").first).to_be_visible(timeout=PATIENCE)
    assert await page.evaluate("navigator.serviceWorker.controller !== null")
    await page.context.set_offline(True)
    await page.reload()
    await expect(page.locator("#root")).not_to_be_empty(timeout=PATIENCE)
    assert await page.title()
