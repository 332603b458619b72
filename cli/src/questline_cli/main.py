"""The command line: one module a command group, errors as one line and a non-zero exit."""

import atexit
import gc
from typing import Annotated

import typer

from questline_cli import __version__
from questline_cli.commands_by_name import CommandsByName

COLLECT_AFTER = 20_000
"""Allocations between two rounds of the garbage collector: imports make many that stay."""

app = typer.Typer(
    name="questline",
    cls=CommandsByName,
    help="Run and operate a Questline site.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"questline {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Run and operate a Questline site."""


def main() -> None:
    """Run the command; every expected error is one line on standard error."""
    gc.set_threshold(COLLECT_AFTER, 20, 50)
    atexit.register(gc.freeze)  # else the interpreter spends half a second on a last round for nothing
    try:
        app()
    except Exception as error:
        from questline_cli.expected_errors import line_of
        from questline_cli.output import fail

        line = line_of(error)
        if line is None:
            raise
        fail(line)
