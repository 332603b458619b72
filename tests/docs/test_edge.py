"""The page about the edge says what holds."""

from pathlib import Path

from questline_core.edge.classes import ROUTE_CLASSES
from questline_core.edge.middleware import LONGEST_TARGET, MOST_HEADER_BYTES, MOST_HEADERS
from questline_core.edge.rates import DEFAULTS
from questline_core.edge.sizes import DEFAULTS as SIZES

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "edge.md").read_text()


def test_the_table_has_the_defaults() -> None:
    for name in ROUTE_CLASSES:
        rates, size = DEFAULTS.of(name), SIZES[name]
        row = [f"`{name}`", rates.address, rates.user, rates.key, rates.tenant, rates.when_down]
        assert f"| {' | '.join(map(str, row))} | {size.body_bytes:,} B | {size.seconds:.0f} s |" in PAGE


def test_the_other_limits_are_those_of_the_code() -> None:
    assert (MOST_HEADERS, MOST_HEADER_BYTES, LONGEST_TARGET) == (100, 32_768, 8_192)
    assert "| headers | 100, 32 kB together | 431 |" in PAGE
    assert "| path and query | 8 kB | 414 |" in PAGE
