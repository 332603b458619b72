"""The commands by their names: a module is imported when one of its commands is called or listed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

MODULES = {
    "up": "up",
    "demo": "up",
    "serve": "serve",
    "worker": "serve",
    "dev": "dev",
    "migrate": "migrate",
    "sync": "sync",
    "doctor": "doctor",
    "openapi": "openapi",
    "purge": "purge",
    "tenant": "tenant",
    "theme": "theme",
    "user": "user",
    "group": "group",
    "course": "course",
    "plugin": "plugin",
    "pack": "pack",
    "webhook": "webhook",
    "audit": "audit",
    "privacy": "privacy",
    "jobs": "jobs",
    "mail": "mail",
    "key": "key",
    "keys": "keys",
    "citus": "citus",
}
"""Module of each command in `questline_cli.commands`: its `app` is a group, or its `register` adds commands."""


class CommandsByName(TyperGroup):
    """The command line's own commands, and after them those of the installed plugins."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands; a plugin's never hides one of the command line's own."""
        return [*MODULES, *(name for name in _entry_points() if name not in MODULES)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command by its name."""
        if cmd_name in MODULES:
            return _own(cmd_name)
        entry = _entry_points().get(cmd_name)
        return _of_plugin(cmd_name, entry.load()) if entry else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """A command and what is left of the arguments; a mistyped one is compared with all there are."""
        if self.get_command(ctx, args[0]) is None:
            self.commands = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        return super().resolve_command(ctx, args)


def _own(name: str) -> Any:
    module = import_module(f"questline_cli.commands.{MODULES[name]}")
    if hasattr(module, "app"):
        group = get_group(module.app)
        group.name = name
        return group
    commands = typer.Typer()
    module.register(commands)
    return get_group(commands).commands[name]


def _entry_points() -> dict[str, Any]:
    from questline_core.generations.overlay import installed
    from questline_sdk.commands import COMMANDS_GROUP

    return {entry.name: entry for entry in installed(COMMANDS_GROUP)}


def _of_plugin(name: str, commands: typer.Typer) -> Any:
    from questline_sdk.commands import use_opener

    use_opener(_open)
    group = get_group(commands)
    group.name = name
    return group


@asynccontextmanager
async def _open(tenant: str | None) -> AsyncIterator[Any]:
    from questline_cli.site import opened

    async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
        yield ctx
