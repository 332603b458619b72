"""No page flashes in a look that is not the tenant's: every picture of a loading page has the tenant's background."""

import asyncio
from typing import Any

import pytest
from playwright.async_api import Page, expect
from tests.e2e.signing_in import PATIENCE, log_in
from tests.e2e.themes import reset_theme, set_theme

GROUND = {"light": "#d9f2e6", "dark": "#0b1f33"}
CHANGES = {"light.color.background": GROUND["light"], "dark.color.background": GROUND["dark"]}
LATE = 0.7
"""Seconds that the style sheet takes; a page that does not wait for it shows what it would look like without."""
CORNER = """async data => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pixels = canvas.getContext("2d");
    pixels.drawImage(image, 0, 0);
    const [red, green, blue] = pixels.getImageData(image.width - 3, image.height - 3, 1, 1).data;
    return "#" + [red, green, blue].map(each => each.toString(16).padStart(2, "0")).join("");
}"""


@pytest.fixture(autouse=True)
async def own_grounds(demo):
    """A light and a dark ground that no theme has."""
    await set_theme(demo.address, "aurora", CHANGES)
    yield
    await reset_theme(demo.address)


async def pictures_of_loading(page: Page, path: str) -> list[str]:
    """Open a page with a late style sheet; give every frame that Chromium draws until it is there, as PNG."""
    frames: list[str] = []
    session = await page.context.new_cdp_session(page)

    async def keep(event: dict[str, Any]) -> None:
        frames.append(event["data"])
        await session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    async def slowly(route: Any) -> None:
        await asyncio.sleep(LATE)
        await route.continue_()

    await page.route("**/api/v1/ui/theme.css*", slowly)
    session.on("Page.screencastFrame", keep)
    await session.send("Page.startScreencast", {"format": "png"})
    await page.goto(path)
    await expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=PATIENCE)
    await page.wait_for_timeout(300)
    await session.send("Page.stopScreencast")
    await page.unroute("**/api/v1/ui/theme.css*")
    return frames


async def grounds(page: Page, frames: list[str]) -> list[str]:
    reader = await page.context.new_page()
    found = [await reader.evaluate(CORNER, frame) for frame in frames]
    await reader.close()
    return found


@pytest.mark.parametrize(
    ("device", "chosen"),
    [("light", None), ("dark", None), ("light", "dark"), ("dark", "light"), ("dark", "system")],
    ids=["light device", "dark device", "dark chosen on light", "light chosen on dark", "system chosen on dark"],
)
async def test_every_picture_has_the_tenants_background(open_page, device, chosen):
    scheme = device if chosen in {None, "system"} else chosen
    page = await open_page(scheme=device, workers="block")
    await page.goto("/log-in")
    if chosen is not None:
        await page.evaluate("mode => localStorage.setItem('questline-color-scheme', mode)", chosen)
        await page.reload()
    await log_in(page, "learner@demo.example")
    await page.goto("/settings")
    await expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    frames = await pictures_of_loading(page, "/settings")
    seen = await grounds(page, frames)
    assert len(seen) >= 2, "nothing was drawn"
    assert set(seen) == {GROUND[scheme]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_first_paint_waits_for_the_tenants_style_sheet(open_page, scheme):
    page = await open_page(scheme=scheme, workers="block")

    async def slowly(route: Any) -> None:
        await asyncio.sleep(LATE)
        await route.continue_()

    await page.route("**/api/v1/ui/theme.css*", slowly)
    await page.goto("/log-in")
    await expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    paint, sheet = await page.evaluate(
        """() => [
            performance.getEntriesByName("first-paint")[0].startTime,
            performance.getEntriesByType("resource").find(each => each.name.includes("theme.css")).responseEnd,
        ]"""
    )
    assert sheet > LATE * 1000
    assert paint >= sheet
