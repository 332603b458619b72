"""Axe on every page of the plugin, in a headless Chromium that the application itself answers, without a port."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from questline_core.auth.accounts import create_user
from questline_core.testing.conformance.interface import built
from questline_core.testing.conformance.subject import Subject
from questline_core.testing.conformance.verdict import Absent, Problem, Unchecked
from questline_core.ui.bundles import DIST

ORIGIN = "http://localhost"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [(1280, "light"), (390, "dark")]
PATIENCE = 20_000
"""Milliseconds a page may take on a busy machine."""
CHROMIUM = Path("/usr/bin/chromium")
"""Debian's, where it is installed; else Playwright's own."""
HAS_CHROMIUM = CHROMIUM.exists()
SLOT_PAGES = {"dashboard": "/", "app": "/", "profile": "/profile"}
EMAIL, PASSWORD = "axe@example.test", "a quiet river bends twice"
QUIET = """() => new Promise(resolve => {
    const done = () => { observers.forEach(one => one.disconnect()); resolve(); };
    let timer = setTimeout(done, 300);
    setTimeout(done, 3000);
    const again = () => { clearTimeout(timer); timer = setTimeout(done, 300); };
    const observers = [new MutationObserver(again), new PerformanceObserver(again)];
    observers[0].observe(document.body, {subtree: true, childList: true, attributes: true});
    observers[1].observe({entryTypes: ["resource"]});
})"""
RUN = """rules => Promise.allSettled(document.getAnimations()
    .filter(each => each.playState === "running" && each.effect.getComputedTiming().endTime < Infinity)
    .map(each => each.finished)
).then(() => axe.run(document, {runOnly: rules})).then(found => found.violations.map(
    each => `${each.id}: ${each.nodes.map(node => node.target.join(' ')).slice(0, 3).join(' | ')}`))"""


async def accessibility(subject: Subject) -> None:
    """No page of the plugin has a violation, wide and light, narrow and dark; nor has one that it adds to, wide."""
    own, shared = _paths(subject)
    axe = _axe(subject)
    if not (DIST / "index.html").is_file():
        raise Unchecked("the application's own pages are not built")
    tenant = await subject.new_tenant()
    async with subject.site.context(tenant.id) as ctx:
        await create_user(ctx, email=EMAIL, display_name="Axe Reader", password=PASSWORD, role="owner")
    found: list[str] = []
    files: dict[str, httpx.Response] = {}
    async with _chromium() as browser:
        for width, scheme in LOOKS:
            async with subject.site.client(**{"x-questline-tenant": tenant.slug}) as client:
                answer = await client.post("/api/v1/auth/log-in", json={"email": EMAIL, "password": PASSWORD})
                answer.raise_for_status()
                page = await _open(browser, client, files, width, scheme)
                for path in own if (width, scheme) != LOOKS[0] else [*own, *shared]:
                    found += [f"{path} ({width} px, {scheme}): {each}" for each in await _violations(page, path, axe)]
                await page.context.close()
    if found:
        raise Problem(*dict.fromkeys(found))


def _paths(subject: Subject) -> tuple[list[str], list[str]]:
    """The plugin's own pages, and those of the application with parts of the plugin in them."""
    _, manifest = built(subject)
    contributions = manifest.get("contributions", {})
    own = [
        f"/x/{subject.id}/{route['path']}".rstrip("/")
        for route in contributions.get("routes", ())
        if ":" not in route["path"]
    ]
    names = [each["slot"].partition(".")[0] for each in contributions.get("slots", ())]
    shared = list(dict.fromkeys(SLOT_PAGES[name] for name in names if name in SLOT_PAGES))
    if not own and not shared:
        raise Absent("it has no page of its own; test its blocks in a lesson")
    return own, shared


def _axe(subject: Subject) -> str:
    """axe-core's source, from the packages beside the plugin or those of where the command runs."""
    starts = [subject.record.package, Path.cwd()]
    for start in starts:
        for folder in (start, *start.parents) if start else ():
            file = folder / "node_modules" / "axe-core" / "axe.min.js"
            if file.is_file():
                return file.read_text(encoding="utf-8")
    raise Unchecked("axe-core is not installed; run `npm install --save-dev axe-core` beside the plugin's pages")


@asynccontextmanager
async def _chromium() -> AsyncIterator[Any]:
    try:
        from playwright.async_api import Error, async_playwright
    except ModuleNotFoundError:
        raise Unchecked("Playwright is not installed; `pip install playwright`") from None
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        try:
            browser = await playwright.chromium.launch(
                executable_path=str(CHROMIUM) if HAS_CHROMIUM else None,
                chromium_sandbox=os.geteuid() != 0,
                args=["--disable-gpu", "--no-first-run", "--disable-background-networking"],
            )
        except Error as error:
            raise Unchecked(
                f"there is no Chromium; `playwright install chromium` ({str(error).splitlines()[0]})"
            ) from None
        stack.push_async_callback(browser.close)
        yield browser


async def _open(
    browser: Any, client: httpx.AsyncClient, files: dict[str, httpx.Response], width: int, scheme: str
) -> Any:
    """A page whose every request the application answers in this process; files that never change, once."""
    context = await browser.new_context(
        base_url=ORIGIN,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="en-GB",
        service_workers="block",
    )
    await _share_cookies(context, client)

    async def answer(route: Any) -> None:
        request = route.request
        path = request.url.removeprefix(ORIGIN)
        if not path.startswith("/"):
            await route.abort()
            return
        if path.startswith("/api/v1/live"):
            await route.fulfill(status=204)
            return
        found = files.get(path)
        if found is None:
            headers = {**request.headers, "accept-encoding": "identity", "host": "localhost"}
            found = await client.request(request.method, path, headers=headers, content=request.post_data_buffer)
            if "immutable" in found.headers.get("cache-control", ""):
                files[path] = found
            if "set-cookie" in found.headers:
                await _share_cookies(context, client)
        kept = {"content-length", "content-encoding", "transfer-encoding", "set-cookie"}
        await route.fulfill(
            status=found.status_code,
            headers={name: value for name, value in found.headers.items() if name not in kept},
            body=found.content,
        )

    await context.route("**/*", answer)
    return await context.new_page()


async def _share_cookies(context: Any, client: httpx.AsyncClient) -> None:
    """The client keeps the session; the page must be able to read what it echoes."""
    cookies = [
        {"name": each.name, "value": each.value or "", "domain": "localhost", "path": each.path}
        for each in client.cookies.jar
    ]
    if cookies:
        await context.add_cookies(cookies)


async def _violations(page: Any, path: str, axe: str) -> list[str]:
    from playwright.async_api import Error

    try:
        await page.goto(path)
        await page.get_by_role("heading", level=1).first.wait_for(timeout=PATIENCE)
        await page.evaluate(QUIET)
    except Error as error:
        raise Problem(f"{path} does not open: {str(error).splitlines()[0]}") from None
    await page.evaluate(axe)
    found: list[str] = await page.evaluate(RUN, RULES)
    return found
