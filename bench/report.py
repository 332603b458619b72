"""Results: a table for people, a line of JSON for programs."""

from pathlib import Path

import msgspec

RESULTS = Path(__file__).with_name("results.jsonl")


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One measured value against its bar. `ratio` is value / baseline where there is one."""

    name: str
    value: float
    unit: str
    bar: str
    holds: bool
    baseline: float | None = None
    ratio: float | None = None


def at_least(name: str, value: float, unit: str, *, ratio: float, baseline: float) -> Result:
    """A value that must reach a share of its baseline."""
    found = value / baseline
    return Result(
        name=name,
        value=value,
        unit=unit,
        bar=f">= {ratio} x baseline",
        holds=found >= ratio,
        baseline=baseline,
        ratio=found,
    )


def at_most(name: str, value: float, unit: str, *, bar: float, baseline: float | None = None) -> Result:
    """A value that must not pass a bar."""
    return Result(
        name=name,
        value=value,
        unit=unit,
        bar=f"<= {bar:g}",
        holds=value <= bar,
        baseline=baseline,
        ratio=value / baseline if baseline else None,
    )


def record(results: list[Result]) -> None:
    """Append results to `bench/results.jsonl`."""
    with RESULTS.open("ab") as file:
        for result in results:
            file.write(msgspec.json.encode(result) + b"\n")


def table(results: list[Result]) -> str:
    """Lay results out in columns."""
    rows = [("name", "value", "unit", "bar", "baseline", "ratio", "holds")]
    rows += [
        (
            result.name,
            f"{result.value:,.1f}",
            result.unit,
            result.bar,
            f"{result.baseline:,.1f}" if result.baseline is not None else "-",
            f"{result.ratio:.2f}" if result.ratio is not None else "-",
            "yes" if result.holds else "NO",
        )
        for result in results
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )
