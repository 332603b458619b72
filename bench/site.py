"""A real site for a benchmark: durable embedded services, the migrated database, server processes."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from questline_core.auth.accounts import create_user
from questline_core.content.importer import import_course, load_course
from questline_core.context import HostContext
from questline_core.db.engine import make_engine
from questline_core.db.upgrade import upgrade_all
from questline_core.host import Host
from questline_core.observability.logging import configure_logging
from questline_core.plugins.service import set_enabled
from questline_core.services import EmbeddedServices
from questline_core.settings import Settings
from questline_core.tenancy.service import create_tenant
from questline_core.testing.rates import NEVER_REACHED

T = TypeVar("T")
SECRET = "a secret key for benchmarks, 32 bytes or more"
START_SECONDS = 60


class BenchSite:
    """Services and settings of one benchmark."""

    def __init__(self, home: Path, services: EmbeddedServices) -> None:
        self.home = home
        self.services = services
        (home / "questline.toml").write_text(NEVER_REACHED)
        self.settings = Settings(
            home=str(home),
            database_url=services.database_url,
            owner_database_url=services.owner_database_url,
            redis_url=services.redis_url,
            secret_key=SECRET,
            access_token_seconds=3600,
            log_level="error",
            log_format="console",
        )

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine of the preparation."""
        return asyncio.run(work)

    @contextmanager
    def server(
        self, *, command: Sequence[str] = ("serve",), path: str = "/health/ready", **settings: Any
    ) -> Iterator["Server"]:
        """Run `questline serve`, or another command that listens on the port, until the block ends."""
        port = free_port()
        environment = self.environment(QUESTLINE_PORT=port, **settings)
        argv = [sys.executable, "-m", "questline_cli", *command]
        with running([*argv], environment, self.home) as process:
            server = Server(process, port)
            server.wait_until_ready(path)
            yield server

    @contextmanager
    def baseline(self, **environment: Any) -> Iterator["Server"]:
        """Run `bench.baseline` the same way."""
        port = free_port()
        values = self.environment(BASELINE_PORT=port, **environment)
        with running([sys.executable, "-m", "bench.baseline"], values, Path(__file__).parents[1]) as process:
            server = Server(process, port)
            server.wait_until_ready("/ready")
            yield server

    @contextmanager
    def worker(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Run `questline worker` until the block ends."""
        argv = [sys.executable, "-m", "questline_cli", "worker"]
        with running(argv, self.environment(), self.home) as process:
            yield process

    def environment(self, **more: Any) -> dict[str, str]:
        """The environment of a child process."""
        own = {name: value for name, value in os.environ.items() if not name.startswith("QUESTLINE_")}
        given = {
            "QUESTLINE_HOME": str(self.home),
            "QUESTLINE_DATABASE_URL": self.services.database_url,
            "QUESTLINE_OWNER_DATABASE_URL": self.services.owner_database_url,
            "QUESTLINE_REDIS_URL": self.services.redis_url,
            "QUESTLINE_SECRET_KEY": SECRET,
            "QUESTLINE_LOG_LEVEL": "error",
        }
        return own | given | {name: str(value) for name, value in more.items()}


class Server:
    """A server process."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{port}"

    def wait_until_ready(self, path: str) -> None:
        """Poll an address until it answers 200."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.url + path, timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.02)
        raise RuntimeError(f"no answer at {self.url}{path}")


@contextmanager
def running(argv: list[str], environment: dict[str, str], folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a process and stop it at the end."""
    process = subprocess.Popen(argv, cwd=folder, env=environment, start_new_session=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def bench_site(**options: Any) -> Iterator[BenchSite]:
    """Start embedded services, durable as in production, in a folder that is removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="questline-bench-"))
    home.chmod(0o755)
    services = EmbeddedServices(home, **options).start()
    try:
        yield BenchSite(home, services)
    finally:
        services.stop()
        services.purge()
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def quiet_host(site: BenchSite, entries: list[EntryPoint] | None = None) -> Iterator[Host]:
    """A host for preparing data; migrates first."""
    configure_logging(site.settings)
    host = Host(site.settings, entries)
    yield host


async def prepare(site: BenchSite, host: Host, *, plugins: Sequence[str] | None = None) -> UUID:
    """Migrate, create a tenant, and switch plugins on; returns the tenant's id. The host must be running."""
    engine = make_engine(site.services.owner_database_url, pool_size=1)
    try:
        tenant = await create_tenant(engine, slug="bench", name="Bench")
    finally:
        await engine.dispose()
    host.tenants.forget()
    for record in host.registry.active:
        if plugins is None or record.id in plugins:
            async with host.context(tenant.id) as ctx:
                await set_enabled(ctx, record.id, enabled=True)
            host.enablement.forget(tenant.id)
    return tenant.id


async def migrate(site: BenchSite, host: Host) -> None:
    """Bring the database to the installed code."""
    engine = make_engine(site.services.owner_database_url, pool_size=1)
    try:
        await upgrade_all(engine, host.registry.records.values())
    finally:
        await engine.dispose()


async def add_learner(ctx: HostContext, number: int) -> UUID:
    """Create a learner."""
    user = await create_user(ctx, email=f"u{number}@bench.example", display_name=f"Learner {number}", password=None)
    return user.id


async def add_course(host: Host, ctx: HostContext, folder: Path) -> None:
    """Import a course folder."""
    source, problems = load_course(folder, {})
    if source is None or any(problem.severity == "error" for problem in problems):
        raise RuntimeError(str(problems[0]))
    await import_course(ctx, host, source)


def write_course(folder: Path, slug: str, *, modules: int, lessons: int) -> Path:
    """Write a course of generated lessons."""
    folder.mkdir(parents=True)
    names = [f"m{number:02}" for number in range(modules)]
    (folder / "course.yaml").write_text(
        f"slug: {slug}\ntitle: Course {slug}\nsummary: A generated course.\ndescription: Text.\nlanguage: en\n"
        f"level: beginner\ntags: [bench]\nobjectives: [To measure]\nmodules: [{', '.join(names)}]\n"
    )
    for name in names:
        (folder / name).mkdir()
        files = [f"{number:03}-lesson.md" for number in range(lessons)]
        (folder / name / "module.yaml").write_text(
            f"title: Module {name}\nsummary: Generated.\nlessons: [{', '.join(files)}]\n"
        )
        for file in files:
            (folder / name / file).write_text(
                f"---\ntitle: Lesson {file[:3]} of {name}\nslug: {name}-{file[:3]}\nminutes: 5\n"
                "objectives: [To read]\n---\n"
                "A paragraph to read.\n"
            )
    return folder


def token_for(host: Host, tenant_id: UUID, user_id: UUID, role: str = "learner") -> str:
    """An access token."""
    return host.tokens.issue(user_id=user_id, tenant_id=tenant_id, role=role, session_id=user_id)


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
