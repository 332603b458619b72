"""`up` and `demo`: everything on one machine."""

import os
import signal
import threading
import webbrowser
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import msgspec
import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from questline_cli.demo.seed import DEMO_TENANT, LOGINS, seed_demo
from questline_cli.output import console
from questline_cli.server import ServerProcess
from questline_cli.site import migrate_site, run, services_of, with_services
from questline_core.observability.logging import configure_logging
from questline_core.services import ServiceEvent
from questline_core.services.ports import require_free
from questline_core.services.watch import Watch
from questline_core.settings import Settings, load_settings

Step = Callable[[str, int | None, int | None], None]
Seed = Callable[[Settings, Step], Coroutine[Any, Any, None]]
OpenBrowser = Annotated[bool, typer.Option("--open/--no-open", help="Open a browser where there is one.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(up)
    app.command()(demo)


def up(open_browser: OpenBrowser = False) -> None:
    """Run the whole site on this machine: PostgreSQL, Valkey, migrations, server and worker. Ctrl-C stops it."""
    _run(load_settings(), None, open_browser=open_browser)


def demo(open_browser: OpenBrowser = True) -> None:
    """Run the site with a demo tenant, its courses, people and their history; later runs keep what is there."""
    settings = load_settings()
    if settings.default_tenant is None:
        settings = msgspec.structs.replace(settings, default_tenant=DEMO_TENANT)
    if "QUESTLINE_ENVIRONMENT" not in os.environ:  # what only plays at being something is there for demos
        settings = msgspec.structs.replace(settings, environment="development")
    _run(settings, seed_demo, open_browser=open_browser)


def _run(settings: Settings, seed: Seed | None, *, open_browser: bool) -> None:
    configure_logging(msgspec.structs.replace(settings, log_level="error", log_format="console"))
    stop = _stop_on_signals()
    _refuse_foreign_server(settings)
    with services_of(settings, on_event=_report) as services, _progress() as step:
        step("Starting PostgreSQL and Valkey", 1, 1)
        complete = with_services(settings, services)
        step("Migrating", None, None)
        _migrate(complete, step)
        if seed is not None:
            run(seed(complete, step))
        if stop.is_set():
            return
        step("Starting the server", None, None)
        server = ServerProcess(complete)
        server.start()
        step.finish("Ready")
        watch = Watch(server, _report)
        watch.start()
        try:
            _announce(complete, server, demo=seed is not None, open_browser=open_browser)
            stop.wait()
            console.print("\nStopping ...")
        finally:
            watch.stop()


def _refuse_foreign_server(settings: Settings) -> None:
    """Say that the port is taken before anything is started, unless a server of ours was left on it."""
    leftover = ServerProcess(settings)
    if not leftover.attach():
        require_free(settings.port, "the site (set QUESTLINE_PORT for another)")


def _migrate(settings: Settings, step: Step) -> None:
    reports = run(migrate_site(settings, lambda owner, revision: step(f"Migrating {owner} to {revision}", None, None)))
    for report in reports:
        if report.error:
            console.print(f"[yellow]warning:[/] {report.owner} stays out of service: {report.error}")


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _report(event: ServiceEvent) -> None:
    if event.kind in {"ended", "restarted", "failed"}:
        console.print(f"[yellow]{event.message}[/]")


class _Steps:
    """A line of progress for each step, with a bar where the length is known."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._title = ""

    def __call__(self, title: str, done: int | None, total: int | None) -> None:
        if self._task is None:
            self._task = self._progress.add_task(title, total=total)
        if title != self._title and not console.is_terminal:
            console.print(f"{title} ...")
        self._title = title
        self._progress.update(self._task, description=title, total=total, completed=done or 0)

    def finish(self, title: str) -> None:
        """End the line."""
        if self._task is not None:
            self._progress.update(self._task, description=title, total=1, completed=1)
            self._progress.stop()


@contextmanager
def _progress() -> Iterator[_Steps]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=30), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield _Steps(progress)


def _announce(settings: Settings, server: ServerProcess, *, demo: bool, open_browser: bool) -> None:
    address = settings.public_url or f"http://127.0.0.1:{server.port}"
    console.print(f"\n  [bold green]Questline is open at[/] [bold underline]{address}[/]\n")
    if demo:
        for login in LOGINS:
            console.print(f"  {login.role:<11} {login.email:<28} {login.password}")
        console.print()
    else:
        console.print("  [dim]No tenant yet? questline tenant create SLUG NAME[/]")
    console.print(f"  [dim]Everything it keeps is in {settings.home_path}. Ctrl-C stops it.[/]")
    if open_browser and _has_browser():
        webbrowser.open(address)


def _has_browser() -> bool:
    if not console.is_terminal or os.environ.get("SSH_CONNECTION") or os.environ.get("CI"):
        return False
    if (
        os.name == "posix"
        and os.uname().sysname == "Linux"
        and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    ):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True
