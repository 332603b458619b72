"""What `uv` says, on one line."""

import pytest

from questline_core.generations.uv import UvError, cause


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("error: Failed\n  cause: Failed\n  cause: no copy of\n    /a to /b: full", "no copy of /a to /b: full"),
        ("error: Failed\n  cause: no such package\nhint: look\n  elsewhere", "no such package"),
        ("warning: old\nerror: nothing fits\n", "nothing fits"),
        ("", "`uv` failed"),
    ],
)
def test_the_innermost_cause_is_on_one_line(said: str, line: str):
    assert cause(UvError(said)) == line
