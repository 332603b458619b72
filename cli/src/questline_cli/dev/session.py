"""One session of `questline dev`: the processes, what is printed, and what an edit does."""

import asyncio
import signal
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec
from rich.markup import escape
from watchfiles import Change, DefaultFilter, awatch

from questline_cli.dev.environment import Failed, command, environment
from questline_cli.dev.server import DevServer, ServerEnded
from questline_cli.dev.source import PluginSource
from questline_cli.dev.vite import Vite
from questline_cli.output import console, errors
from questline_core.settings import Settings

SUFFIXES = (".py", ".toml", ".sql", ".json")
DEVELOPER = "developer@example.test"
PASSWORD = "develop with pleasure"  # noqa: S105  of a tenant on the developer's own machine


class Sources(DefaultFilter):
    """The files of a plugin that the server reads; built pages are not among them."""

    def __call__(self, change: Change, path: str) -> bool:
        """Say whether a change matters."""
        return path.endswith(SUFFIXES) and "/ui_dist/" not in path and super().__call__(change, path)


class DevSession:
    """Everything that runs while a plugin is developed."""

    def __init__(self, source: PluginSource, settings: Settings, tenant: str | None, port: int) -> None:
        self._source = source
        self._tenant = tenant
        self._stack = AsyncExitStack()
        self._stop = asyncio.Event()
        path = source.install(settings.home_path / "dev" / source.id)
        self._variables = environment(settings, path)
        self._server = DevServer(settings.port, self._variables, _report)
        self._vite = Vite(source.ui, port, self._server.address, self._variables) if source.ui else None

    async def __aenter__(self) -> Self:
        """Migrate, switch the plugin on, and start what serves it."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)
        try:
            await self._wait_until_it_loads()
            await command("questline_cli", "migrate", variables=self._variables)
            await self._switch_on()
            self._stack.push_async_callback(self._server.stop)
            await self._server.start()
            if self._vite:
                self._stack.push_async_callback(self._vite.stop)
                await self._vite.start()
        except BaseException:
            await self._stack.aclose()
            raise
        console.print(f"[bold green]{self._source.id} runs at[/] [bold underline]{self.address}[/]")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it all."""
        await self._stack.aclose()

    @property
    def address(self) -> str:
        """Where the developer looks."""
        return self._vite.address if self._vite else self._server.address

    async def follow(self) -> None:
        """Reload at each edit of Python until told to stop; Vite follows the rest by itself."""
        async for changes in awatch(
            self._source.packages, watch_filter=Sources(), debounce=200, step=50, stop_event=self._stop
        ):
            await self._take_over({Path(path) for _, path in changes})

    async def _take_over(self, changed: set[Path]) -> None:
        try:
            await self._check()
            if any("migrations" in path.parts for path in changed):
                await command("questline_cli", "migrate", variables=self._variables)
            seconds = await self._server.reload()
        except (Failed, ServerEnded) as error:
            errors.print("[bold red]not reloaded:[/]", escape(str(error)), markup=True)
            errors.print("[dim]The last code that worked goes on answering.[/]")
        else:
            names = ", ".join(sorted(path.name for path in changed))
            console.print(f"reloaded in {seconds:.1f} s [dim]({names})[/]")

    async def _wait_until_it_loads(self) -> None:
        while True:
            try:
                await self._check()
                return
            except Failed as error:
                errors.print("[bold red]the plugin does not load:[/]", escape(str(error)), markup=True)
            changes = awatch(self._source.packages, watch_filter=Sources(), stop_event=self._stop)
            if await anext(aiter(changes), None) is None:
                raise ServerEnded("stopped before the plugin could be loaded")

    async def _check(self) -> None:
        await command("questline_cli.dev.check", self._source.id, variables=self._variables)

    async def _switch_on(self) -> None:
        tenants = msgspec.json.decode(await self._cli("tenant", "list", "--json"), type=list[dict[str, Any]])
        if not tenants:
            await self._cli("tenant", "create", "dev", "Development")
            await self._cli(
                "user", "create", DEVELOPER, "--name", "Developer", "--role", "owner", "--password", PASSWORD
            )
            console.print(f"A tenant was made; sign in as [bold]{DEVELOPER}[/] with [bold]{PASSWORD}[/]")
        try:
            which = ["--tenant", self._tenant] if self._tenant else []
            await self._cli("plugin", "enable", self._source.id, *which)
        except Failed as error:
            errors.print("[yellow]the plugin is not switched on:[/]", escape(str(error)), markup=True)

    async def _cli(self, *arguments: str) -> str:
        return await command("questline_cli", *arguments, variables=self._variables)


def _report(line: dict[str, Any]) -> None:
    if line.get("level") in {"warning", "error", "critical"}:
        details = " ".join(f"{key}={value}" for key, value in line.items() if key in {"plugin", "reason", "error"})
        errors.print(f"[yellow]{line['level']}[/]", escape(f"{line.get('event')} {details}"), markup=True)
        if "exception" in line:
            errors.print(str(line["exception"]), markup=False)
