"""The Range header of HTTP (RFC 9110, section 14) for one range of bytes."""

import re

import msgspec

_RANGE = re.compile(r"bytes=(?:(\d+)-(\d*)|-(\d+))")


class RangeError(Exception):
    """The range lies outside of the blob: the answer is 416."""


class ByteRange(msgspec.Struct, frozen=True):
    """Bytes `start` to `end` (exclusive)."""

    start: int
    end: int


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """Read a Range header; None where the whole blob is to be sent (no header, several ranges, not understood)."""
    match = _RANGE.fullmatch(header.strip()) if header else None
    if match is None:
        return None
    first, last, suffix = match.groups()
    if suffix is not None:
        if int(suffix) == 0 or size == 0:
            raise RangeError
        return ByteRange(max(size - int(suffix), 0), size)
    start, end = int(first), min(int(last) + 1, size) if last else size
    if last and int(last) < start:
        return None
    if start >= size:
        raise RangeError
    return ByteRange(start, end)
