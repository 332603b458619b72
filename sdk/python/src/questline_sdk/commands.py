"""Commands: what a plugin adds to the command line.

Point the entry-point group `questline.commands.v1` at a `typer.Typer`, under the plugin's id: it becomes
`questline <id> ...`, and is imported only when it is called or listed.

Example:
    app = typer.Typer(help="Bookmarks.")

    @app.command()
    def count(tenant: str | None = None) -> None:
        async def ask() -> int:
            async with tenant_context(tenant) as ctx:
                return await count_bookmarks(ctx)

        typer.echo(asyncio.run(ask()))
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from questline_sdk.context import Context

COMMANDS_GROUP = "questline.commands.v1"
Opener = Callable[[str | None], AbstractAsyncContextManager[Context]]
_opener: list[Opener] = []


def use_opener(opener: Opener) -> None:
    """Say how `tenant_context` reaches the site; the command line does, before it runs a command."""
    _opener[:] = [opener]


def tenant_context(tenant: str | None = None) -> AbstractAsyncContextManager[Context]:
    """A unit of work for a tenant, committed at the block's end; the site is started for it where none runs.

    Args:
        tenant: Slug of the tenant; the only or default one if None.

    Raises:
        RuntimeError: This is no process of the command line.
        QuestlineError: There is no such tenant, or the site cannot be reached.
    """
    if not _opener:
        raise RuntimeError("tenant_context works in commands only")
    return _opener[0](tenant)
