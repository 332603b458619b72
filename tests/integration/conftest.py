"""Whole sites of real processes: embedded services, servers and workers as children that tests may kill."""

import asyncio
import logging
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
import structlog
from hypothesis import find
from hypothesis.strategies import from_regex

from questline_core.auth.accounts import create_user
from questline_core.db.engine import make_engine
from questline_core.db.upgrade import upgrade_all
from questline_core.host import Host
from questline_core.plugins.service import set_enabled
from questline_core.services import EmbeddedServices, running_services
from questline_core.services.ports import free_port
from questline_core.settings import Settings
from questline_core.tenancy.service import create_tenant
from questline_core.testing.rates import NEVER_REACHED

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
        """The command and everything that descends from it, oldest first: numbers start anew, so they tell no age."""
        try:
            root = psutil.Process(self.pid)
            return [root, *sorted(root.children(recursive=True), key=psutil.Process.create_time)]
        except psutil.NoSuchProcess:
            return []

    def kill(self) -> None:
        """Send SIGKILL to the command and all its children, as losing the machine would."""
        for each in self.tree():
            with suppress(psutil.NoSuchProcess):
                each.kill()
        assert self.process is not None
        self.process.wait(60)

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
                return self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.wait()

    def output(self) -> str:
        """What it has printed."""
        return self.log.read_text(errors="replace")


class ProcessSite:
    """Durable services, a migrated database, one tenant; servers and workers are started by the test."""

    def __init__(self, folder: Path, services: EmbeddedServices, secret: str = SECRET, **settings: str) -> None:
        self.folder = folder
        self.services = services
        rates = folder / "rates.toml"
        rates.write_text(NEVER_REACHED)
        self.environment = {
            "QUESTLINE_CONFIG": str(rates),
            "QUESTLINE_HOME": str(folder / "home"),
            "QUESTLINE_DATABASE_URL": services.database_url,
            "QUESTLINE_OWNER_DATABASE_URL": services.owner_database_url,
            "QUESTLINE_REDIS_URL": services.redis_url,
            "QUESTLINE_SECRET_KEY": secret,
            "QUESTLINE_LOG_LEVEL": "warning",
            **{f"QUESTLINE_{name.upper()}": value for name, value in settings.items()},
        }
        self.host = Host(
            Settings(
                home=str(folder / "home"),
                database_url=services.database_url,
                owner_database_url=services.owner_database_url,
                redis_url=services.redis_url,
                secret_key=secret,
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


def write_course(folder: Path, word: str) -> Path:
    """A course whose every text carries a word, with a picture and a quiz."""
    course = folder / "course"
    (course / "one").mkdir(parents=True)
    (course / "media").mkdir()
    (course / "media" / "cover.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><title>{word}</title><path d="M0 0h4v4z"/></svg>'
    )
    (course / "course.yaml").write_text(
        f"slug: {word}\ntitle: '{word} course'\nsummary: {word}\ndescription: {word}\n"
        f"tags: [{word}]\nobjectives: [{word}]\ncover: media/cover.svg\nmodules: [one]\n"
    )
    (course / "one" / "module.yaml").write_text(f"title: {word}\nsummary: {word}\nlessons: [a.md, quiz.yaml]\n")
    (course / "one" / "a.md").write_text(
        f"---\ntitle: {word}\nslug: {word}-a\nminutes: 3\nobjectives: [{word}]\n---\n{word}\n"
    )
    (course / "one" / "quiz.yaml").write_text(
        f"title: {word}\nslug: {word}-quiz\nminutes: 3\nintro: {word}\nblock: assessments.quiz\n"
        "pass_percent: 50\nfeedback: immediate\nitems:\n"
        f"  - id: i1\n    type: single\n    prompt: {word}\n    explanation: {word}\n"
        f"    options:\n      - {{text: {word}, correct: true}}\n      - {{text: other, feedback: {word}}}\n"
    )
    return course


def example(schema: dict[str, Any], components: dict[str, Any], first: Any) -> Any:
    """A small value that a JSON Schema accepts, with A's ids wherever it asks for one."""
    if "$ref" in schema:
        return example(components[schema["$ref"].rpartition("/")[2]], components, first)
    for several in ("oneOf", "anyOf"):
        if several in schema:
            return example(schema[several][0], components, first)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object" or "properties" in schema:
        return {
            name: example(each, components, first)
            for name, each in schema.get("properties", {}).items()
            if name in schema.get("required", ())
        }
    if kind == "array":
        return [example(schema.get("items", {}), components, first) for _ in range(schema.get("minItems", 0))]
    if kind == "string":
        return text_example(schema, first)
    return {"integer": max(schema.get("minimum", 1), 1), "number": 1, "boolean": True}.get(str(kind))


def text_example(schema: dict[str, Any], first: Any) -> str:
    """A string of a format, a pattern or a length."""
    if schema.get("format") == "uuid":
        return str(first)
    if "pattern" in schema:
        return find(
            from_regex(schema["pattern"], fullmatch=True), lambda found: len(found) >= schema.get("minLength", 0)
        )
    return "a" * max(schema.get("minLength", 1), 1)


def body_of(document: dict[str, Any], method: str, operation_id: str | None, first: Any) -> Any:
    """A body that the operation accepts, from its own documentation."""
    for item in document["paths"].values():
        operation = item.get(method.lower(), {})
        if operation_id and operation.get("operationId") == operation_id and "requestBody" in operation:
            content = operation["requestBody"]["content"]
            if "application/json" not in content:  # a form, or a file
                return None
            schema = content["application/json"]["schema"]
            return example(schema, document["components"]["schemas"], first)
    return None


@pytest.fixture(scope="module", autouse=True)
def quiet_log() -> Iterator[None]:
    """Thousands of requests need no line each."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def small_course() -> Callable[[Path, str], Path]:
    """Write a course of a lesson and a quiz: `small_course(folder, word)`."""
    return write_course


@pytest.fixture(scope="session")
def example_body() -> Callable[..., Any]:
    """Make a body that an operation accepts: `example_body(document, method, operation_id, some_id)`."""
    return body_of


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


@pytest_asyncio.fixture(loop_scope="session")
async def site_of() -> AsyncIterator[Callable[[Path], Awaitable[ProcessSite]]]:
    """Reach a site that `questline up` runs on a HOME."""
    async with AsyncExitStack() as stack:

        async def reach(home: Path) -> ProcessSite:
            services = running_services(home)
            assert services is not None
            site = ProcessSite(home.parent, services, secret=(home / "secret_key").read_text().strip())
            stack.push_async_callback(site.close)
            await site.prepare()
            return site

        yield reach


@pytest.fixture(scope="session")
def child_type() -> type[Child]:
    """The class of children, to start any command with."""
    return Child


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

    async def wait(
        condition: Callable[[], Awaitable[Any]], seconds: float = 180, *, what: str = "the condition"
    ) -> Any:
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
