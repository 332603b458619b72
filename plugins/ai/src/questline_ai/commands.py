"""`questline ai ...`."""

import asyncio
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.table import Table

from questline_ai.evaluation.run import Answers, Recording, Result, read_recording, run, write_recording
from questline_ai.evaluation.suite import Suite, read_suite
from questline_sdk import Invalid
from questline_sdk.commands import tenant_context

app = typer.Typer(help="AI: evaluate models with a suite of prompts.", no_args_is_help=True)


@app.callback()
def main() -> None:
    """AI: evaluate models with a suite of prompts."""


@app.command("eval")
def evaluate(
    suite_file: Annotated[Path, typer.Argument(metavar="SUITE", help="YAML: targets, cases and their checks.")],
    tenant: Annotated[str | None, typer.Option(help="Slug of the tenant whose providers are asked.")] = None,
    record: Annotated[Path | None, typer.Option(help="Keep the answers in this file.")] = None,
    replay: Annotated[Path | None, typer.Option(help="Check the answers of this file; nothing is asked.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print every result as JSON.")] = False,
) -> None:
    """Put prompts to models, check their answers, and compare; ends with 1 where a check failed."""
    try:
        suite = read_suite(suite_file)
        recording = read_recording(replay) if replay else Recording()
        results = asyncio.run(_results(suite, recording, tenant, replayed=replay is not None))
    except Invalid as error:
        typer.echo(error.detail, err=True)
        raise typer.Exit(2) from error
    if record:
        write_recording(record, recording)
    if as_json:
        typer.echo(msgspec.json.encode(results).decode())
    else:
        _show(suite, results)
    if any(each.failures for each in results):
        raise typer.Exit(1)


async def _results(suite: Suite, recording: Recording, tenant: str | None, *, replayed: bool) -> list[Result]:
    if replayed:
        return await run(suite, Answers(None, recording))
    async with tenant_context(tenant) as ctx:
        return await run(suite, Answers(ctx, recording))


def _show(suite: Suite, results: list[Result]) -> None:
    console = Console()
    table = Table(title=suite.name)
    for column in ("model", "passed", "cost", "median ms", "slowest ms"):
        table.add_column(column, justify="left" if column == "model" else "right")
    for target in map(str, suite.targets):
        own = [each for each in results if each.target == target]
        times = sorted(each.answer.latency_ms for each in own)
        cost = sum(each.answer.cost_micros for each in own) / 1_000_000
        passed = sum(not each.failures for each in own)
        currency = own[0].answer.currency
        table.add_row(
            target, f"{passed}/{len(own)}", f"{cost:.6f} {currency}", str(times[len(times) // 2]), str(times[-1])
        )
    console.print(table)
    for each in results:
        for failed in each.failures:
            console.print(f"{each.case} · {each.target}: {failed}", style="red", markup=False)
