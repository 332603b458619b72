"""The site without a mouse: everything here is done with Tab, Enter, Escape and letters."""

import re
from collections.abc import Callable

from playwright.async_api import Page, expect

PATIENCE = 60_000
TABS = 80
FOCUSED = """() => {
    const element = document.activeElement;
    const text = element.getAttribute("aria-label") || element.labels?.[0]?.textContent || element.textContent;
    return {tag: element.localName, text: text.trim(), type: element.type ?? "", href: element.pathname ?? ""};
}"""
VISIBLE = """() => {
    const drawn = element => {
        const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(element);
        return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    };
    const element = document.activeElement;
    const around = element.closest(".MuiInputBase-root");
    const fieldset = around?.querySelector("fieldset");
    const thick = fieldset && parseFloat(getComputedStyle(fieldset).borderTopWidth) >= 2;
    return drawn(element) || (around !== null && drawn(around)) || Boolean(thick);
}"""
EFFECTS_RUN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
IN_DIALOG = "() => document.activeElement.closest('.MuiDialog-root') !== null"


SOON = f"() => new Promise(resolve => setTimeout(resolve, 500)).then({VISIBLE})"


async def tab_to(page: Page, matches: Callable[[dict[str, str]], object]) -> None:
    """Press Tab until a matching element has the focus; each element on the way must show that it has it."""
    seen = []
    for _ in range(TABS):
        await page.keyboard.press("Tab")
        focused = await page.evaluate(FOCUSED)
        if focused["tag"] in ("body", "main"):
            continue
        visible = await page.evaluate(VISIBLE) or await page.evaluate(SOON)
        if await page.evaluate(FOCUSED) != focused:  # the page that opened took the focus
            continue
        assert visible, f"nothing shows the focus on {focused}"
        if matches(focused):
            return
        seen.append(f"{focused['tag']} {focused['text'][:40]}")
    raise AssertionError(f"Tab does not get there: {seen}")


async def arrive(page: Page, heading: str | re.Pattern[str]) -> None:
    """Wait until a page is there, has taken the focus and listens to its keys."""
    await expect(page.get_by_role("main").get_by_role("heading", level=1)).to_have_text(heading, timeout=PATIENCE)
    await expect(page.get_by_role("main")).to_be_focused(timeout=PATIENCE)
    await page.evaluate(EFFECTS_RUN)


async def log_in(page: Page) -> None:
    await page.goto("/log-in")
    await expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    await tab_to(page, lambda e: e["tag"] == "input" and e["text"].startswith("E-mail address"))
    await page.keyboard.type("learner@demo.example")
    await tab_to(page, lambda e: e["tag"] == "input" and e["text"].startswith("Password"))
    await page.keyboard.type("learn-by-doing")
    await page.keyboard.press("Enter")
    await page.wait_for_url(lambda url: not url.split("?")[0].endswith("/log-in"), timeout=PATIENCE)
    await arrive(page, re.compile("."))


async def test_the_skip_link_moves_the_focus_to_the_content(open_page):
    page = await open_page()
    await log_in(page)
    await page.goto("/catalogue")
    await expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    await page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    await expect(skip).to_be_focused()
    await expect(skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("main")).to_be_focused()
    await page.keyboard.press("Tab")
    assert await page.evaluate("() => document.activeElement.closest('main') !== null")


async def test_from_logging_in_to_a_lesson_and_its_shortcuts(open_page):
    page = await open_page()
    await log_in(page)
    await tab_to(page, lambda e: e["href"] == "/catalogue")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/catalogue")
    await arrive(page, re.compile("."))
    await expect(page.get_by_role("link", name=re.compile("AI Marketing Foundations")).first).to_be_visible(
        timeout=PATIENCE
    )
    await tab_to(page, lambda e: e["href"] == "/courses/ai-marketing-foundations")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/courses/ai-marketing-foundations")
    await arrive(page, "AI Marketing Foundations")
    await tab_to(page, lambda e: e["href"].startswith("/lessons/") and "Listen before you prompt" in e["text"])
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/lessons/*")
    await arrive(page, "Listen before you prompt")

    await tab_to(page, lambda e: e["text"] == "Keyboard shortcuts")
    opener = page.get_by_role("button", name="Keyboard shortcuts")
    await page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(dialog).to_be_visible()
    for key in ("Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"):
        await page.keyboard.press(key)
        assert await page.evaluate(IN_DIALOG), await page.evaluate(FOCUSED)
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(opener).to_be_focused()

    await page.keyboard.press("Enter")
    await expect(dialog).to_be_visible()
    await tab_to(page, lambda e: e["text"] == "Close")
    await page.keyboard.press("Enter")
    await expect(dialog).to_have_count(0)
    await expect(opener).to_be_focused()

    await page.keyboard.press("n")
    await arrive(page, "Segments that change the work")
    await page.keyboard.press("p")
    await arrive(page, "Listen before you prompt")
