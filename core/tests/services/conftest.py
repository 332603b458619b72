import asyncio
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from redis import Redis

import questline_core
from questline_core.services import EmbeddedServices
from questline_core.services.service import EmbeddedService

NOBODY = 65534


@pytest.fixture
def home() -> Iterator[Path]:
    """A HOME that every user can reach, as pytest's own folders are not; whatever runs there is stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="questline-"))
    folder.chmod(0o755)
    yield folder / "home"
    EmbeddedServices(folder / "home").purge()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def template() -> Iterator[Path]:
    """A HOME whose services were started once and stopped."""
    folder = Path(tempfile.mkdtemp(prefix="questline-"))
    folder.chmod(0o755)
    with EmbeddedServices(folder / "home"):
        pass
    yield folder / "home"
    EmbeddedServices(folder / "home").purge()
    shutil.rmtree(folder)


@pytest.fixture
def used_home(template: Path) -> Iterator[Path]:
    """A HOME with data from an earlier start, for tests that leave it usable; nothing runs there at the end."""
    yield template
    if list(template.glob("run/*.json")):
        with EmbeddedServices(template):
            pass


@pytest.fixture
def copied_home(home: Path, template: Path) -> Path:
    """A HOME with data from an earlier start, to do anything with."""
    subprocess.run(["cp", "-a", str(template), str(home)], check=True)
    return home


@pytest.fixture
def launch(home: Path, template: Path) -> Iterator[Callable[[Any], Any]]:
    """Start services that are stopped at the end."""
    with contextlib.ExitStack() as stack:

        def start(service: EmbeddedService) -> EmbeddedService:
            stack.callback(service.stop)
            service.start()
            return service

        yield start


@pytest.fixture(scope="session")
def eventually() -> Callable[..., None]:
    """Wait until a condition holds, and fail at the deadline."""

    def wait(condition: Callable[[], object], seconds: float = 15) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"not so after {seconds} s"
            time.sleep(0.01)

    return wait


@pytest.fixture(scope="session")
def sql() -> Callable[..., Any]:
    """Run statements on a connection of their own and return the value of the last."""

    def run(url: str, *statements: str) -> Any:
        async def go() -> Any:
            connection = await asyncpg.connect(url, timeout=5)
            try:
                for statement in statements[:-1]:
                    await connection.execute(statement)
                return await connection.fetchval(statements[-1])
            finally:
                await connection.close()

        return asyncio.run(go())

    return run


@pytest.fixture
def redis() -> Iterator[Callable[[str], Redis]]:
    """Connect to Valkey; connections are closed at the end."""
    with contextlib.ExitStack() as stack:
        yield lambda url: stack.enter_context(contextlib.closing(Redis.from_url(url)))


class Supervisor:
    """Another process that runs the services of a HOME."""

    def __init__(self, home: Path) -> None:
        source = str(Path(questline_core.__path__[0]).parent)
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("supervisor.py")), str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([source, *filter(None, sys.path)])},
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        self.report: dict[str, Any] = json.loads(line) if line else {}

    def kill(self, *services: str) -> None:
        """Send SIGKILL to the supervisor and to these services of its, all at once."""
        for pid in (self.process.pid, *(self.report["pids"][service] for service in services)):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def close(self) -> str:
        """Let it end by itself and return what it complained about."""
        return self.process.communicate(timeout=30)[1]


@pytest.fixture
def supervise() -> Iterator[Callable[[Path], Supervisor]]:
    """Start supervisors in processes of their own."""
    supervisors: list[Supervisor] = []

    def start(home: Path) -> Supervisor:
        supervisors.append(Supervisor(home))
        return supervisors[-1]

    yield start
    for supervisor in supervisors:
        if supervisor.process.poll() is None:
            supervisor.process.kill()
        supervisor.process.communicate()


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that is none of our business and has to survive."""
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process
        assert process.poll() is None, "a foreign process was ended"
        process.kill()


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """Do without root's privileges for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
