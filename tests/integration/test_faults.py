"""What goes wrong on a machine ends in one clear line, leaves nothing running, and mends itself where it can."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from questline_cli.main import main
from questline_core.services.ports import free_port

IS_ROOT = os.geteuid() == 0
UP_SECONDS = 180

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
