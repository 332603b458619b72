"""How the demo's people sign in."""

from playwright.async_api import Page, expect

PASSWORD = "learn-by-doing"
PATIENCE = 60_000
"""Milliseconds a page may take on a busy machine."""


async def log_in(page: Page, email: str) -> None:
    """Sign in through the form, and wait for the shell."""
    await page.goto("/log-in")
    await page.get_by_label("E-mail address").fill(email)
    await page.locator("input[type=password]").fill(PASSWORD)
    await page.get_by_role("button", name="Log in", exact=True).click()
    await expect(page.get_by_role("navigation").first).to_be_visible(timeout=PATIENCE)
