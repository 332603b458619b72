"""First load of the SPA: compressed JavaScript and requests before the first contentful paint, in a real Chromium."""

import os
from pathlib import Path

from playwright.sync_api import Response, sync_playwright

from bench.report import Result, at_most
from bench.site import BenchSite, bench_site, migrate, prepare, quiet_host

DEBIAN = Path("/usr/bin/chromium")
KILOBYTE = 1000
PAINT = """() => new Promise(done => {
  const look = () => {
    const entry = performance.getEntriesByName('first-contentful-paint')[0];
    entry ? done(entry.startTime) : setTimeout(look, 20);
  };
  look();
})"""


def run() -> list[Result]:
    """Open the start page with an empty cache."""
    with bench_site() as site:
        site.run(_prepare(site))
        with site.server(QUESTLINE_DEFAULT_TENANT="bench") as server:
            return _measure(server.url)


async def _prepare(site: BenchSite) -> None:
    with quiet_host(site) as host:
        await migrate(site, host)
        async with host.running():
            await prepare(site, host)


def _measure(url: str) -> list[Result]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(DEBIAN) if DEBIAN.exists() else None,
            chromium_sandbox=os.geteuid() != 0,
            args=["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"],
        )
        page = browser.new_page(service_workers="block")
        scripts: list[Response] = []
        page.on("response", lambda answer: scripts.append(answer) if answer.request.resource_type == "script" else None)
        page.goto(url, wait_until="networkidle")
        paint = page.evaluate(PAINT)
        before = page.evaluate(
            "paint => performance.getEntriesByType('resource').filter(e => e.startTime < paint).length + 1", paint
        )
        size = sum(answer.request.sizes()["responseBodySize"] for answer in scripts)
        browser.close()
    return [
        at_most("JavaScript, compressed", size / KILOBYTE, "kB", bar=250),
        at_most("requests before first paint", before, "", bar=12),
        at_most("first contentful paint", paint, "ms", bar=2000),
    ]
