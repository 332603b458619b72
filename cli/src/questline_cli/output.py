"""What commands print: tables and lines for people, JSON for programs."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import msgspec
import typer
from rich.console import Console
from rich.table import Table

console = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def fail(message: str) -> NoReturn:
    """Print one line on standard error and end with status 1."""
    errors.print("[bold red]error:[/]", message.replace("\n", " "), markup=True)
    sys.exit(1)


def show_json(value: Any) -> None:
    """Print a value as JSON."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value)) + b"\n")
    sys.stdout.flush()


def show_rows(rows: Sequence[Any], columns: Sequence[str], *, as_json: bool, empty: str) -> None:
    """Print Structs as a table with these fields as columns, or as a JSON list."""
    if as_json:
        show_json(rows)
        return
    if not rows:
        console.print(f"[dim]{empty}[/]")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(_cell(getattr(row, column)) for column in columns))
    console.print(table)


def show_findings(findings: Sequence[tuple[str, bool, str]]) -> None:
    """Print what was looked at, whether it is well, and what was found."""
    for subject, ok, detail in findings:
        console.print(f"{'[green]ok  [/]' if ok else '[bold red]FAIL[/]'} {subject:<22} {detail}")


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "-"
    return str(value)
