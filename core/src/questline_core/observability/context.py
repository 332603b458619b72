"""What the log lines of a request carry: its id, trace and tenant, read when a line is written."""

from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any

REQUEST_STATE: ContextVar[dict[str, Any] | None] = ContextVar("questline_request_state", default=None)
"""The state of the request that is being answered; the guard adds `tenant_id` to it on the way."""

OPTED_OUT = "opted_out"
"""Where a request's state says whether its browser sends Global Privacy Control."""

FIELDS = ("request_id", "trace_id", "tenant_id")


def add_request(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Add the request's ids to a log line (a structlog processor)."""
    state = REQUEST_STATE.get()
    if state is not None:
        for field in FIELDS:
            value = state.get(field)
            if value is not None and field not in event:
                event[field] = str(value)
    return event
