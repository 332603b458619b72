"""`questline up`: ends whole, takes over what a killed one left, and mends what is killed under it."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from questline_core.plugins.service import set_enabled
from questline_core.services import EmbeddedServices
from questline_core.services.ports import free_port

IS_ROOT = os.geteuid() == 0
UP_SECONDS = 180


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """One HOME for the tests below, so that only the first has to create a database."""
    folder = Path(tempfile.mkdtemp(prefix="questline-"))
    folder.chmod(0o755)
    yield folder / "home"
    EmbeddedServices(folder / "home").purge()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def up(home, child_type, children, eventually, is_ready):
    """Start `questline up` and wait until the site is ready; returns the child and its address."""

    async def start() -> tuple[Any, str]:
        port = free_port()
        child = child_type(home.parent, "up", QUESTLINE_HOME=str(home), QUESTLINE_PORT=str(port))
        children.append(child.start())

        async def answers() -> bool:
            assert child.process.poll() is None, child.output()
            return await is_ready(f"http://127.0.0.1:{port}")

        await eventually(answers, UP_SECONDS, what="the site is ready")
        return child, f"http://127.0.0.1:{port}"

    yield start
    with EmbeddedServices(home):
        """Ends and replaces whatever a failed test left running."""


def services_in(home: Path) -> dict[str, int]:
    """The recorded process ids."""
    return {path.stem: json.loads(path.read_text())["pid"] for path in (home / "run").glob("*.json")}


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_stopping_leaves_no_process_behind(up, home, number):
    child, _ = await up()
    family = child.tree()
    assert set(services_in(home)) >= {"postgres", "valkey", "server"}
    assert set(services_in(home).values()) <= {each.pid for each in family}
    if IS_ROOT:
        postgres = psutil.Process(services_in(home)["postgres"])
        assert postgres.uids().real != 0 or "unshare" in " ".join(postgres.parent().cmdline())
    child.process.send_signal(number)
    assert await asyncio.to_thread(child.process.wait, 120) == 0, child.output()
    gone, alive = psutil.wait_procs(family, timeout=60)
    assert not alive
    assert len(gone) == len(family)
    assert not services_in(home)
    assert "Traceback" not in child.output()


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that is none of our business."""
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process
        process.kill()


@pytest.mark.slow
async def test_a_stale_record_of_somebody_elses_process_harms_nobody(up, home, stranger):
    for name in ("postgres", "valkey", "server"):
        record = {"pid": stranger.pid, "started": "long ago", "fingerprint": "x"}
        (home / "run").mkdir(parents=True, exist_ok=True)
        (home / "run" / f"{name}.json").write_text(json.dumps(record))
    child, _ = await up()
    assert child.stop() == 0
    assert stranger.poll() is None


@pytest.mark.slow
async def test_after_kill_9_the_next_start_takes_over(up, home, site_of):
    child, address = await up()
    site = await site_of(home)
    _, token = await site.token(name="Survivor")
    old = services_in(home)
    child.kill_one(0)
    child.process.wait(10)
    assert psutil.pid_exists(old["server"])
    again, address = await up()
    new = services_in(home)
    assert new["server"] != old["server"]
    assert not psutil.pid_exists(old["server"]), "the orphaned server still runs"
    async with httpx.AsyncClient(base_url=address, headers={"authorization": f"Bearer {token}"}) as client:
        assert (await client.get("/api/v1/me")).json()["display_name"] == "Survivor"
    assert again.stop() == 0
    assert not services_in(home)


@pytest.mark.slow
async def test_a_second_start_on_the_same_home_is_refused(up, home, child_type, children):
    child, _ = await up()
    port = str(free_port())
    second = child_type(home.parent, "up", name="second", QUESTLINE_HOME=str(home), QUESTLINE_PORT=port).start()
    children.append(second)
    assert await asyncio.to_thread(second.process.wait, 60) == 1
    (line,) = [line for line in second.output().splitlines() if line.startswith("error:")]
    assert f"pid {child.pid}" in line
    assert child.stop() == 0


class Stream:
    """A live stream that stays open, and what it has brought."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    async def read(self, address: str, token: str) -> None:
        """Read until cancelled."""
        headers = {"authorization": f"Bearer {token}"}
        async with (
            httpx.AsyncClient(base_url=address, timeout=None) as client,  # noqa: S113  it has no end
            client.stream("GET", "/api/v1/live", headers=headers) as answer,
        ):
            async for line in answer.aiter_lines():
                self.lines.append(line)


@pytest.mark.slow
async def test_killed_services_come_back_under_a_running_site(up, home, site_of, eventually, is_ready):
    child, address = await up()
    site = await site_of(home)
    user, token = await site.token("admin")
    stream = Stream()
    reading = asyncio.create_task(stream.read(address, token))

    async def has(text: str) -> bool:
        assert not reading.done()
        return any(text in line for line in stream.lines)

    await eventually(lambda: has("ready"), what="the stream is open")
    server = services_in(home)["server"]
    async with httpx.AsyncClient(base_url=address, timeout=60, headers={"authorization": f"Bearer {token}"}) as client:
        for round_ in range(2):
            for service in ("postgres", "valkey"):
                killed = services_in(home)[service]
                psutil.Process(killed).kill()
                await eventually(lambda: replaced(home, service, killed), what=f"{service} runs again")  # noqa: B023
                await works_again(site, client, eventually, user, name=f"Round {round_} {service}")
                word = f"hello-{round_}-{service}"
                # Messages may be lost while the hub reconnects, so the first that arrives ends the wait.
                await eventually(lambda: said(site, word, has), what="live messages arrive")  # noqa: B023
    assert services_in(home)["server"] == server, "the server was restarted"
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    psutil.Process(server).kill()
    await eventually(lambda: replaced(home, "server", server), what="the server runs again")
    await eventually(lambda: is_ready(address), what="the site is ready")
    assert child.stop() == 0
    assert "Traceback" not in child.output()
    assert "request failed" not in (home / "logs" / "server.log").read_text()


async def replaced(home: Path, service: str, killed: int) -> bool:
    """Whether the service runs as another process."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        pid = services_in(home)[service]
        return pid is not None and pid != killed and psutil.pid_exists(pid)
    return False


async def works_again(site: Any, client: httpx.AsyncClient, eventually: Any, user: Any, *, name: str) -> None:
    """Hot reads, sessions, Valkey, the queue and the listener all work, with nothing worse than 503 on the way."""

    async def answers(method: str, path: str, expected: int = 200, **options: Any) -> httpx.Response | None:
        try:
            answer = await client.request(method, path, **options)
        except httpx.TransportError:
            return None
        assert answer.status_code in {expected, 503, 200, 404}, answer.text
        return answer if answer.status_code == expected else None

    await eventually(lambda: answers("GET", "/health/ready"), what="ready")
    await eventually(lambda: answers("GET", "/api/v1/catalogue"), what="hot reads")
    await eventually(lambda: answers("PATCH", "/api/v1/me", json={"display_name": name}), what="writes")
    await eventually(lambda: answers("GET", "/api/v1/p/leaderboards/all"), what="Valkey")
    before = (await client.get("/api/v1/p/points/me")).json()["balance"]
    await award(site, eventually, user)

    async def earned() -> bool:
        answer = await answers("GET", "/api/v1/p/points/me")
        return answer is not None and answer.json()["balance"] > before

    await eventually(earned, 180, what="the worker works")
    for enabled, status in ((False, 404), (True, 200)):
        async with site.host.context(site.tenant.id) as ctx:
            await set_enabled(ctx, "badges", enabled=enabled)
        await eventually(lambda: answers("GET", "/api/v1/p/badges/me", status), what="the listener listens")  # noqa: B023


async def award(site: Any, eventually: Any, user: Any) -> None:
    """Publish something that earns points, from this process, whose own connections were cut, too."""
    from uuid import uuid4

    from questline_sdk.events import LessonCompleted

    async def publish() -> bool:
        try:
            async with site.host.context(site.tenant.id) as ctx:
                ids = {name: uuid4() for name in ("course_id", "module_id", "lesson_id")}
                await ctx.publish(LessonCompleted(user_id=user, course_slug="c", lesson_slug="l", kind="lesson", **ids))
        except Exception:  # noqa: BLE001  until it works
            return False
        return True

    await eventually(publish, what="this process reaches the database")


async def said(site: Any, word: str, has: Any) -> bool:
    """Send a live message and look whether any has arrived."""
    import msgspec

    class Hello(msgspec.Struct):
        text: str

    async with site.host.context(site.tenant.id) as ctx:
        ctx.send_live("plugins.changed", Hello(text=word))
    started = time.monotonic()
    while time.monotonic() - started < 0.5:
        if await has(word):
            return True
        await asyncio.sleep(0.02)
    return False
