"""The page about OWASP ASVS names every requirement of level 2 once, and tests that exist."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "asvs.md").read_text()
ROWS = re.findall(r"^\| (V[\d.]+) \| .+? \| (done|not done|not applicable) \| (.*) \|$", PAGE, re.MULTILINE)
OF_LEVEL_TWO = 253
"""The standard's requirements of levels 1 and 2."""


def test_every_requirement_is_there_once() -> None:
    assert len(ROWS) == len({number for number, _, _ in ROWS}) == OF_LEVEL_TWO


def test_the_named_tests_exist() -> None:
    named = set(re.findall(r"`((?:core|plugins|tests)/[\w/.]+)`", PAGE))
    assert len(named) > 50
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_whoever_says_no_says_why() -> None:
    assert [number for number, state, why in ROWS if state != "done" and not why.strip()] == []


def test_the_sums_are_right() -> None:
    for state, count in Counter(state for _, state, _ in ROWS).items():
        assert f"{count} {state}" in PAGE.replace("**", "")
