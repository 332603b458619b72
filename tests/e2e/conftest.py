"""The demo site as `questline demo` starts it, and a real Chromium that looks at it."""

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

ROOT = Path(__file__).parents[2]
ARTIFACTS = Path(__file__).parent / "artifacts"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TEXT_KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
START_SECONDS = 400
TELL_VIOLATIONS = """addEventListener('securitypolicyviolation', (e) =>
  console.error(`Content Security Policy: ${e.effectiveDirective} refused ${e.blockedURI} at ${e.sourceFile}`))"""
"""The browser names most of them itself; those of workers and frames, and of policies that only report, it may not."""
ARGUMENTS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ARGUMENTS += ["--disable-component-update", "--disable-sync"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class DemoSite:
    """A running `questline demo`."""

    address: str
    home: Path = Path()
    process: "subprocess.Popen[str] | None" = None
    log: Path = Path()

    def wait_until_ready(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                pytest.fail(f"questline demo ended:\n{self.log.read_text()}")
            try:
                with urllib.request.urlopen(f"{self.address}/health/ready", timeout=2):
                    if "is open at" in self.log.read_text():
                        return
            except (urllib.error.URLError, OSError):
                pass
            try:
                self.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        pytest.fail(f"questline demo was not ready after {START_SECONDS} s:\n{self.log.read_text()}")


@pytest.fixture(scope="session")
def demo() -> Iterator[DemoSite]:
    """The demo site on a port and in a folder of its own; it must end cleanly when it is told to.

    `QUESTLINE_E2E_ADDRESS` names one that runs already, while tests are written; `QUESTLINE_E2E_HOME` is its folder.
    """
    if "QUESTLINE_E2E_ADDRESS" in os.environ:
        yield DemoSite(os.environ["QUESTLINE_E2E_ADDRESS"], Path(os.environ.get("QUESTLINE_E2E_HOME", "")))
        return
    home = Path(tempfile.mkdtemp(prefix="questline-e2e-"))
    port = free_port()
    log = home / "demo.log"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("QUESTLINE_")},
        "QUESTLINE_HOME": str(home / "site"),
        "QUESTLINE_PORT": str(port),
        "QUESTLINE_COOKIE_SECURE": "false",
        "QUESTLINE_PRIVATE_NETWORKS": "127.0.0.0/8, ::1/128",
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "questline_cli", "demo", "--no-open"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=output,
            text=True,
            start_new_session=True,
        )
        site = DemoSite(f"http://127.0.0.1:{port}", home / "site", process, log)
        try:
            site.wait_until_ready()
            yield site
        finally:
            process.send_signal(signal.SIGINT)
            try:
                status = process.wait(120)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                status = -9
            purge = [sys.executable, "-m", "questline_cli", "purge", "--yes"]
            subprocess.run(purge, env=environment, check=False, capture_output=True)
            text = log.read_text()
            shutil.rmtree(home, ignore_errors=True)
    assert status == 0, text


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium where it is installed, else Playwright's own."""
    debian = Path("/usr/bin/chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(debian) if debian.exists() else None,
            chromium_sandbox=os.geteuid() != 0,
            args=ARGUMENTS,
        )
        yield browser
        await browser.close()


expect.set_options(timeout=30_000)
OpenPage = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, demo: DemoSite, request: pytest.FixtureRequest) -> AsyncIterator[OpenPage]:
    """Open a fresh browser context: `page = await open_page(width=390, scheme="dark")`; page errors fail the test."""
    contexts, errors = [], []

    async def open_(width: int = 1280, height: int = 900, scheme: str = "light", workers: str = "allow") -> Page:
        context = await browser.new_context(
            base_url=demo.address,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            locale="en-GB",
            service_workers=workers,
        )
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if "Content Security Policy" in m.text else None)
        await page.add_init_script(TELL_VIOLATIONS)
        return page

    yield open_
    failed = getattr(request.node, "failed", False)
    for number, context in enumerate(contexts):
        if failed:
            ARTIFACTS.mkdir(exist_ok=True)
            for page in context.pages:
                await page.screenshot(path=ARTIFACTS / f"{request.node.name[:80]}-{number}.png")
        await context.close()
    assert errors == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True
    return report


@pytest.fixture(scope="session")
def axe_source() -> str:
    return AXE.read_text()


Check = Callable[[Page], Awaitable[None]]
STILL = """() => Promise.allSettled(document.getAnimations()
    .filter(each => each.playState === "running" && each.effect.getComputedTiming().endTime < Infinity)
    .map(each => each.finished))"""
"""What fades in has a contrast of its own until it is there."""


@pytest.fixture
def check_accessible(axe_source: str) -> Check:
    """Run axe on a page and fail with every violation it finds, and with every button that lacks its text."""

    async def check(page: Page) -> None:
        await page.evaluate(STILL)
        await page.evaluate(axe_source)
        found = await page.evaluate(
            "rules => axe.run(document, {runOnly: rules}).then(r => r.violations.map("
            "v => `${v.id}: ${v.nodes.map(n => n.target.join(' ')).slice(0, 4).join(' | ')}`))",
            RULES,
        )
        assert found == [], f"{page.url}: " + "; ".join(found)
        buttons = await page.get_by_role("button").all_inner_texts()
        assert [text for text in buttons if TEXT_KEY.fullmatch(text.strip())] == [], page.url

    return check


async def eventually(condition: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
    """Wait until a condition holds; fail after so many seconds."""
    async with asyncio.timeout(seconds):
        while not await condition():
            await asyncio.sleep(0.05)
