"""What goes wrong on a machine ends in one clear line, leaves nothing running, and mends itself where it can."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from questline_cli.main import main
from questline_core.plugins.service import set_enabled
from questline_core.services import EmbeddedServices
from questline_core.services.ports import free_port

IS_ROOT = os.geteuid() == 0
UP_SECONDS = 90

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in this process, in an empty folder; returns its status and what it wrote to standard error."""
    for name in [name for name in os.environ if name.startswith("QUESTLINE_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, **environment: str) -> tuple[int, str]:
        for name, value in environment.items():
            monkeypatch.setenv(f"QUESTLINE_{name.upper()}", value)
        monkeypatch.setattr(sys, "argv", ["questline", *arguments])
        handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        status = 0
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
        return status, capfd.readouterr().err

    return call


def one_line(text: str) -> str:
    """The only line of an error."""
    lines = [line for line in text.splitlines() if line.strip()]
    assert len(lines) == 1, text
    assert "Traceback" not in text
    return lines[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "many"),
        ("port", "0"),
        ("port", "70000"),
        ("workers", "0"),
        ("worker_in_server", "perhaps"),
        ("database_url", "mysql://hidden@localhost/x"),
        ("owner_database_url", "hidden"),
        ("redis_url", "http://hidden"),
        ("secret_key", "hidden"),
        ("storage", "ftp"),
        ("public_url", "ftp://hidden"),
        ("default_tenant", "Not a slug"),
        ("max_body_bytes", "-1"),
        ("hook_timeout_seconds", "0"),
        ("hook_timeout_seconds", "nan"),
        ("access_token_seconds", "1"),
        ("session_days", "0"),
        ("job_heartbeat_seconds", "0.1"),
        ("cookie_secure", "maybe"),
        ("log_level", "loud"),
        ("log_format", "xml"),
        ("environment", "stage"),
        ("config", "/no/such/questline.toml"),
    ],
)
def test_a_wrong_variable_is_named_in_one_line(run, name, value):
    status, errors = run("serve", **{name: value})
    assert status == 1
    line = one_line(errors)
    assert name.upper() in line or value in line
    assert "hidden" not in line


@pytest.mark.parametrize(
    "text",
    [
        b'port = "8000"',
        b"port = 0",
        b"colour = 1",
        b"port = ",
        b"= 1",
        b"\xff\xfe",
        b"log_level = 3",
        b"storage = ['s3']",
        b"[port]\nx = 1",
        b"home = 1",
        b"port = 99999999999999999999999",
    ],
)
def test_a_wrong_file_is_named_in_one_line(run, text):
    Path("questline.toml").write_bytes(text)
    status, errors = run("serve")
    assert status == 1
    assert "questline.toml" in one_line(errors)


def test_what_serve_and_worker_need_is_named(run):
    for command in ("serve", "worker"):
        status, errors = run(command)
        assert status == 1
        assert "QUESTLINE_DATABASE_URL is not set" in one_line(errors)


@pytest.mark.parametrize(
    "command",
    ["tenant list", "plugin list", "plugin enable points", "jobs list", "jobs retry --all", "migrate"],
)
def test_commands_without_a_site_say_so(run, command, tmp_path):
    status, errors = run(*command.split(), home=str(tmp_path / "none"))
    assert status != 0
    assert "there is no site in" in one_line(errors)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", ["serve", "worker", "migrate", "tenant list"])
def test_a_database_that_does_not_answer_is_one_line(run, command, tmp_path):
    closed = free_port()
    status, errors = run(
        *command.split(),
        home=str(tmp_path),
        database_url=f"postgresql://x:hidden@127.0.0.1:{closed}/z",
        redis_url=f"redis://127.0.0.1:{closed}/0",
        secret_key="x" * 40,
    )
    assert status == 1
    assert f"PostgreSQL at 127.0.0.1:{closed} does not answer" in one_line(errors)


def test_a_busy_port_is_named_with_its_holder_and_nothing_is_started(run, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, errors = run("up", home=str(tmp_path / "home"), port=str(port))
        line = one_line(errors)
        assert status == 1
        assert str(port) in line
        assert f"pid {os.getpid()}" in line
        assert not (tmp_path / "home" / "postgres").exists()
        addresses = {
            "database_url": "postgresql://x@127.0.0.1/z",
            "redis_url": "redis://127.0.0.1",
            "secret_key": "x" * 40,
        }
        status, errors = run("serve", home=str(tmp_path / "home"), port=str(port), **addresses)
        assert status == 1
        assert str(port) in one_line(errors)


def test_a_home_below_a_file_is_one_line(run, tmp_path):
    (tmp_path / "file").write_text("")
    status, errors = run("up", home=str(tmp_path / "file" / "home"), port=str(free_port()))
    assert status == 1
    assert str(tmp_path / "file") in one_line(errors)


@contextlib.contextmanager
def mounted(options: str) -> Iterator[Path]:
    """A small file system of its own, with `options`; the test is skipped where nothing may be mounted."""
    folder = Path(tempfile.mkdtemp(prefix="questline-"))
    folder.chmod(0o755)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        folder.rmdir()
        pytest.skip(f"needs the right to mount: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def test_an_unwritable_home_is_one_line(run, tmp_path):
    if not IS_ROOT:
        tmp_path.chmod(0o500)
        status, errors = run("up", home=str(tmp_path / "home"), port=str(free_port()))
        tmp_path.chmod(0o700)
    else:
        with mounted("size=10m,ro") as folder:
            status, errors = run("up", home=str(folder / "home"), port=str(free_port()))
    assert status == 1
    assert "home" in one_line(errors)


@pytest.mark.parametrize("size", ["5m", "45m", "70m"])
def test_a_full_disk_is_one_line_and_leaves_nothing_running(run, size):
    if not IS_ROOT:
        pytest.skip("needs the right to mount: not root")
    before = {each.pid for each in psutil.process_iter()}
    with mounted(f"size={size},mode=755") as folder:
        status, errors = run("up", home=str(folder / "home"), port=str(free_port()))
        left = [each for each in psutil.process_iter() if each.pid not in before and str(folder) in _about(each)]
        assert status == 1
        assert "full" in one_line(errors).lower() or "space" in errors.lower(), errors
        assert not left


def _about(process: psutil.Process) -> str:
    try:
        return f"{process.cwd()} {process.cmdline()}"
    except psutil.Error:
        return ""


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
    assert await asyncio.to_thread(child.process.wait, 40) == 0, child.output()
    gone, alive = psutil.wait_procs(family, timeout=5)
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
async def test_a_second_start_on_the_same_home_is_refused(up, home, run):
    child, _ = await up()
    status, errors = run("up", home=str(home), port=str(free_port()))
    assert status == 1
    assert f"pid {child.pid}" in one_line(errors)
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
    async with httpx.AsyncClient(base_url=address, timeout=20, headers={"authorization": f"Bearer {token}"}) as client:
        for round_ in range(2):
            for service in ("postgres", "valkey"):
                killed = services_in(home)[service]
                psutil.Process(killed).kill()
                await eventually(lambda: replaced(home, service, killed), 60, what=f"{service} runs again")  # noqa: B023
                await works_again(site, client, eventually, user, name=f"Round {round_} {service}")
                word = f"hello-{round_}-{service}"
                # Messages may be lost while the hub reconnects, so the first that arrives ends the wait.
                await eventually(lambda: said(site, word, has), what="live messages arrive")  # noqa: B023
    assert services_in(home)["server"] == server, "the server was restarted"
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    psutil.Process(server).kill()
    await eventually(lambda: replaced(home, "server", server), 60, what="the server runs again")
    await eventually(lambda: is_ready(address), 60, what="the site is ready")
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

    await eventually(earned, 60, what="the worker works")
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
