"""A process that imports what every trial needs, and forks a fresh child for each: one request in, one answer out.

Plugins run in those children and not in the process that changes the site: they may hang, print, exit, or break what
they import.
"""

import asyncio
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import msgspec
import structlog

import questline_core.app  # noqa: F401  forked children find it imported
from questline_core.collector import spare_the_collector
from questline_core.db.engine import make_engine
from questline_core.db.migrate import MigrationError, migrate, migration_lock
from questline_core.generations.environment import site_plugins_here
from questline_core.generations.overlay import activate_generation, installed
from questline_core.generations.requests import Answer, Health, Inspect, Migrate, PluginState, Request
from questline_core.generations.uv import end_with_the_parent
from questline_core.settings import Settings

POLL_MILLISECONDS = 20


def main() -> None:
    """Answer requests on standard input until it is closed."""
    spare_the_collector()
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    while line := sys.stdin.buffer.readline():
        request = msgspec.json.decode(line, type=Request)
        child = os.fork()
        if child == 0:
            _work(request, answers.fileno())
        problem = _wait(child, request.seconds)
        if problem:
            answers.write(msgspec.json.encode(Answer(error=problem)) + b"\n")


def _wait(child: int, seconds: float) -> str | None:
    """Wait until a child has answered; what is wrong where it has not. Ends with it when our parent is gone."""
    deadline = time.monotonic() + seconds
    parent = select.poll()
    parent.register(0, 0)  # nothing but the other end's closing: the next request may come before we see the child end
    while True:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return f"the process ended with status {os.waitstatus_to_exitcode(status)}" if status else None
        gone = bool(parent.poll(POLL_MILLISECONDS))
        if gone or time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            if gone:
                os._exit(1)
            return f"it did not finish in {seconds:g} s"


def _work(request: Request, answers: int) -> None:
    """Do a piece of work in the forked child, and end."""
    if sys.platform == "linux":
        end_with_the_parent()
    log = os.open(request.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    try:
        activate_generation(request.settings.home_path, request.generation)
        answer = asyncio.run(_answer(request))
    except BaseException as error:  # noqa: BLE001  a plugin may raise anything, SystemExit included
        structlog.get_logger().exception("failed")
        answer = Answer(error=_words(error))
    content = memoryview(msgspec.json.encode(answer) + b"\n")
    while content:
        content = content[os.write(answers, content) :]
    os._exit(0)  # a thread that never ends may be left of an import


async def _answer(request: Request) -> Answer:
    work = request.work
    if isinstance(work, Inspect):
        return await asyncio.to_thread(inspect, request.settings)
    if isinstance(work, Migrate):
        return await migrate_plugins(request.settings, work)
    return await start(request.settings, work)


def inspect(settings: Settings) -> Answer:
    """Load every plugin, put the application together, and say what came of each."""
    from questline_core.app import create_app
    from questline_core.host import Host
    from questline_core.ui.bundles import ui_problem

    offline = Settings(
        database_url="postgresql://nobody@127.0.0.1:1/nothing",
        redis_url="redis://127.0.0.1:1",
        secret_key="describes the application, signs nothing",  # noqa: S106
    )
    host = Host(offline)
    error = None
    try:
        create_app(offline, host=host).openapi_schema.to_schema()
    except Exception as failure:  # noqa: BLE001  clashes of routes and of operation ids
        error = f"the application cannot be put together: {getattr(failure, 'detail', None) or _words(failure)}"
    plugins = [
        PluginState(
            id=record.id,
            version=record.version,
            state=record.state.value,
            reason=record.reason,
            pages=ui_problem(record),
            permissions=tuple(sorted(each.name for each in record.contributions.permissions)),
        )
        for record in host.registry.records.values()
    ]
    return Answer(error=error, plugins=(*plugins, *_themes_and_packs()))


def _themes_and_packs() -> Iterator[PluginState]:
    """What became of each theme and pack."""
    from questline_core.packs.loader import Packs
    from questline_core.ui.themes import Themes

    themes, packs = Themes(), Packs()
    for entry in installed("questline.themes.v1"):
        version = entry.dist.version if entry.dist else ""
        state = "active" if themes.find(entry.name) else "failed"
        yield PluginState(id=f"theme:{entry.name}", version=version, state=state, reason="see the log")
    for record in packs.all():
        state = "failed" if record.reason else "active"
        yield PluginState(id=f"pack:{record.id}", version=record.version, state=state, reason=record.reason)


async def migrate_plugins(settings: Settings, work: Migrate) -> Answer:
    """Bring plugins' schemas to revisions, each in a transaction of its own; stop at the first that fails."""
    plugins = site_plugins_here(work.revisions)
    for name, url in settings.owner_urls.items():
        engine = make_engine(url, pool_size=2, application_name=work.application_name)
        try:
            async with migration_lock(engine):
                for plugin_id, revision in work.revisions.items():
                    owner = plugins[plugin_id].owner if plugin_id in plugins else None
                    if owner is not None:
                        await migrate(engine, owner, revision=revision)
        except MigrationError as error:
            return Answer(error=f"migration of {error}" + (f" in the database {name}" if settings.shards else ""))
        finally:
            await engine.dispose()
    return Answer()


async def start(settings: Settings, work: Health) -> Answer:
    """Start the application on the real database and ask whether it is ready."""
    from questline_core.app import create_app
    from questline_core.host import Host

    settings = msgspec.structs.replace(settings, worker_in_server=False, log_level="warning", database_pool_size=2)
    host = Host(settings)
    app = create_app(settings, host=host)
    async with app.lifespan():
        status, body = await _get(app, "/health/ready")
        if status != 200:
            detail = msgspec.json.decode(body).get("detail") if body else None
            return Answer(error=f"the started application is not ready: {detail or status}")
    states = tuple(
        PluginState(id=record.id, version=record.version, state=record.state.value, reason=record.reason)
        for record in host.registry.records.values()
    )
    return Answer(plugins=states)


async def _get(app: Callable[..., Coroutine[Any, Any, None]], path: str) -> tuple[int, bytes]:
    """One request, without a network."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 1),
        "state": {},
    }
    await app(scope, receive, send)
    return sent[0]["status"], b"".join(each.get("body", b"") for each in sent[1:])


def _words(error: BaseException) -> str:
    text = str(error).splitlines()[0] if str(error) else ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


if __name__ == "__main__":
    main()
