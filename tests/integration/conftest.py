"""Whole sites of real processes: embedded services, servers and workers as children that tests may kill."""

import asyncio
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import pytest_asyncio

from questline_core.auth.accounts import create_user
from questline_core.db.engine import make_engine
from questline_core.db.upgrade import upgrade_all
from questline_core.host import Host
from questline_core.plugins.service import set_enabled
from questline_core.services import EmbeddedServices
from questline_core.services.ports import free_port
from questline_core.settings import Settings
from questline_core.tenancy.service import create_tenant

SECRET = "a secret key for tests, thirty-two bytes or more"
POLL_SECONDS = 0.02


class Child:
    """A `questline` command in a session of its own."""

    def __init__(self, folder: Path, *arguments: str, name: str | None = None, **environment: str) -> None:
        self.arguments = arguments
        self.environment = environment
        self.log = folder / f"{name or arguments[0]}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Child":
        """Start the command; its output goes to the log."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("QUESTLINE_")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "questline_cli", *self.arguments],
                env=kept | self.environment,
                cwd=self.log.parent,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    @property
    def pid(self) -> int:
        """The process id of the command."""
        assert self.process is not None
        return self.process.pid

    def tree(self) -> list[psutil.Process]:
        """The command and everything that descends from it."""
        try:
            root = psutil.Process(self.pid)
            return [root, *root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def kill(self) -> None:
        """Send SIGKILL to the command and all its children, as losing the machine would."""
        for each in self.tree():
            with suppress(psutil.NoSuchProcess):
                each.kill()
        assert self.process is not None
        self.process.wait(10)

    def kill_one(self, which: int) -> None:
        """Send SIGKILL to one process only: 0 is the command itself, 1 its first child."""
        tree = self.tree()
        if which < len(tree):
            with suppress(psutil.NoSuchProcess):
                tree[which].kill()

    def stop(self) -> int:
        """Ask the command to end and return its status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                return self.process.wait(25)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.wait()

    def output(self) -> str:
        """What it has printed."""
        return self.log.read_text(errors="replace")


class ProcessSite:
    """Durable services, a migrated database, one tenant; servers and workers are started by the test."""

    def __init__(self, folder: Path, services: EmbeddedServices, **settings: str) -> None:
        self.folder = folder
        self.services = services
        self.environment = {
            "QUESTLINE_HOME": str(folder / "home"),
            "QUESTLINE_DATABASE_URL": services.database_url,
            "QUESTLINE_OWNER_DATABASE_URL": services.owner_database_url,
            "QUESTLINE_REDIS_URL": services.redis_url,
            "QUESTLINE_SECRET_KEY": SECRET,
            "QUESTLINE_LOG_LEVEL": "warning",
            **{f"QUESTLINE_{name.upper()}": value for name, value in settings.items()},
        }
        self.host = Host(
            Settings(
                home=str(folder / "home"),
                database_url=services.database_url,
                owner_database_url=services.owner_database_url,
                redis_url=services.redis_url,
                secret_key=SECRET,
                access_token_seconds=3600,
            )
        )
        self.owner_engine = make_engine(services.owner_database_url, pool_size=2)
        self.tenant: Any = None
        self._open = AsyncExitStack()

    async def prepare(self) -> None:
        """Migrate and make a tenant with every plugin on."""
        self._open.push_async_callback(self.owner_engine.dispose)
        await upgrade_all(self.owner_engine, self.host.registry.records.values())
        await self._open.enter_async_context(self.host.running())
        self.tenant = await create_tenant(self.owner_engine, slug="school", name="School")
        for record in self.host.registry.active:
            if record.manifest.scope == "tenant":
                async with self.host.context(self.tenant.id) as ctx:
                    await set_enabled(ctx, record.id, enabled=True)

    def server(self, name: str = "serve") -> tuple[Child, str]:
        """A server that is not started yet, and its address."""
        port = free_port()
        child = Child(self.folder, "serve", "--port", str(port), name=name, **self.environment)
        return child, f"http://127.0.0.1:{port}"

    def worker(self) -> Child:
        """A worker that is not started yet."""
        return Child(self.folder, "worker", **self.environment)

    async def token(self, role: str = "learner", *, name: str = "Learner") -> tuple[Any, str]:
        """A new user's id and access token."""
        async with self.host.context(self.tenant.id) as ctx:
            email = f"{secrets.token_hex(6)}@example.test"
            user = await create_user(ctx, email=email, display_name=name, password=None, role=role)
            user_id = user.id
        token = self.host.tokens.issue(user_id=user_id, tenant_id=self.tenant.id, role=role, session_id=user_id)
        return user_id, token

    async def close(self) -> None:
        """Close this process's connections."""
        await self._open.aclose()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short folder that every user can reach, as PostgreSQL's own has to."""
    path = Path(tempfile.mkdtemp(prefix="questline-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest_asyncio.fixture(loop_scope="session")
async def process_site(folder: Path) -> AsyncIterator[Callable[..., Awaitable[ProcessSite]]]:
    """Start the services of a site; everything is ended with the test."""
    async with AsyncExitStack() as stack:

        async def open_site(**settings: str) -> ProcessSite:
            services = EmbeddedServices(folder / "home")
            stack.push_async_callback(asyncio.to_thread, services.purge)
            await stack.enter_async_context(services)
            site = ProcessSite(folder, services, **settings)
            stack.push_async_callback(site.close)
            await site.prepare()
            return site

        yield open_site


@pytest.fixture
def children() -> Iterator[list[Child]]:
    """Children that are ended with the test, however it ends."""
    started: list[Child] = []
    yield started
    for child in started:
        if child.process is not None:
            child.kill()


@pytest.fixture(scope="session")
def eventually() -> Callable[..., Awaitable[Any]]:
    """Poll an async condition until it holds and return its value; fail at the deadline."""

    async def wait(condition: Callable[[], Awaitable[Any]], seconds: float = 30, *, what: str = "the condition") -> Any:
        deadline = time.monotonic() + seconds
        while True:
            value = await condition()
            if value:
                return value
            assert time.monotonic() < deadline, f"{what}: not so after {seconds} s"
            await asyncio.sleep(POLL_SECONDS)

    return wait


@pytest.fixture(scope="session")
def is_ready() -> Callable[[str], Awaitable[bool]]:
    """Say whether a site at an address answers that it is ready."""

    async def ask(address: str) -> bool:
        async with httpx.AsyncClient(timeout=5) as client:
            try:
                return (await client.get(f"{address}/health/ready")).status_code == 200
            except httpx.TransportError:
                return False

    return ask
