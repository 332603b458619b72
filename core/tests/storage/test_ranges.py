"""The Range header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questline_core.storage.ranges import ByteRange, RangeError, parse_range


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-0", ByteRange(0, 1)),
        ("bytes=2-4", ByteRange(2, 5)),
        ("bytes=7-", ByteRange(7, 10)),
        ("bytes=-3", ByteRange(7, 10)),
        ("bytes=-30", ByteRange(0, 10)),
        ("bytes=5-500", ByteRange(5, 10)),
        ("bytes=4-2", None),
        ("bytes=0-1,3-4", None),
        ("bytes=-", None),
        ("items=0-1", None),
        ("nonsense", None),
    ],
)
def test_reads_a_single_range(header: str | None, expected: ByteRange | None) -> None:
    assert parse_range(header, 10) == expected


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=99-100", "bytes=-0"])
def test_refuses_a_range_outside_of_the_blob(header: str) -> None:
    with pytest.raises(RangeError):
        parse_range(header, 10)


@given(header=st.from_regex(r"bytes=\d{0,20}-\d{0,20}", fullmatch=True), size=st.integers(0, 10**12))
def test_a_range_always_lies_inside(header: str, size: int) -> None:
    try:
        part = parse_range(header, size)
    except RangeError:
        return
    assert part is None or 0 <= part.start < part.end <= size
