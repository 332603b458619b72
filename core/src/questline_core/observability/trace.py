"""Ids that follow a request through every log line: its own, and that of the trace it belongs to."""

import re
from secrets import token_hex

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,128}")
_TRACEPARENT = re.compile(rb"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?")
_NO_TRACE = b"0" * 32
_NO_SPAN = b"0" * 16


def request_id(sent: bytes | None) -> str | None:
    """The id a proxy gave the request, if it is one that can be logged as it is."""
    return sent.decode() if sent and _REQUEST_ID.fullmatch(sent) else None


def trace_id(traceparent: bytes | None) -> str | None:
    """The trace a request says it belongs to (W3C Trace Context, section 3.2)."""
    match = _TRACEPARENT.fullmatch(traceparent) if traceparent else None
    if match is None or match.group(1) == b"ff":
        return None
    trace, span = match.group(2), match.group(3)
    return None if trace == _NO_TRACE or span == _NO_SPAN else trace.decode()


def new_id() -> str:
    """A new id, good for a request and for a trace that begins with it."""
    return token_hex(16)
