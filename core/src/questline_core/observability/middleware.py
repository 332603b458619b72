"""Watches every request: ids, one access log line, metrics, and the security headers of every answer."""

import asyncio
from time import perf_counter
from typing import Any

import structlog
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from questline_core.edge.proxies import Proxies
from questline_core.observability.context import OPTED_OUT, REQUEST_STATE
from questline_core.observability.metrics import REQUEST_SECONDS, REQUESTS
from questline_core.observability.trace import new_id, request_id, trace_id

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
UNMATCHED = "unmatched"
CLIENT_LEFT = 499
STREAMS = {"/api/v1/live"}
"""Routes that answer for as long as the client stays; their time says nothing."""
QUIET = ("/health/", "/metrics", "/assets/", "/plugins/", "/themes/")
"""Paths whose requests are logged only at level debug."""

POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
"""For every answer that brings no policy of its own: nothing in it may run, and nobody may frame it."""
ALWAYS = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"strict-origin-when-cross-origin"))
API, NO_STORE = "/api/", (b"cache-control", b"no-store")
"""What the API answers is kept by nobody on the way, unless a route says otherwise."""
HSTS = b"strict-transport-security"
YEAR = b"max-age=31536000"

RATE_LIMIT = "rate_limit"
"""Where a request's state has the header fields that say how many more there may be."""

log = structlog.get_logger()
_counters: dict[tuple[str, str, int], Any] = {}
_timers: dict[tuple[str, str], Any] = {}


class ObservabilityMiddleware(ASGIMiddleware):
    """Wraps the whole application, so that answers of the router itself (404, 405) are seen, too."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, proxies: Proxies | None = None, *, hsts_subdomains: bool = False) -> None:
        self._proxies = proxies or Proxies("127.0.0.0/8, ::1/128", "x-forwarded-for")
        self._only_https = (HSTS, YEAR + b"; includeSubDomains" if hsts_subdomains else YEAR)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Answer one request."""
        started = perf_counter()
        headers = dict(scope["headers"])
        state: dict[str, Any] = scope["state"]
        identifier = new_id()
        state["request_id"] = request_id(headers.get(b"x-request-id")) or identifier
        state["trace_id"] = trace_id(headers.get(b"traceparent")) or identifier
        client = scope.get("client")
        address, https = self._proxies.origin(client[0] if client else None, headers, scope["scheme"])
        if client and address and address != client[0]:
            scope["client"] = (address, 0)
        state["address"] = address
        state["https"] = https
        state[OPTED_OUT] = headers.get(b"sec-gpc") == b"1"
        added = [(b"x-request-id", state["request_id"].encode()), *ALWAYS, POLICY]
        if https:
            added.append(self._only_https)
        if scope["path"].startswith(API):
            added.append(NO_STORE)
        status = 500

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _merged(message["headers"], [*added, *state.get(RATE_LIMIT, ())])
            await send(message)

        token = REQUEST_STATE.set(state)
        try:
            await next_app(scope, receive, send_with_headers)
        except asyncio.CancelledError:
            status = CLIENT_LEFT
            raise
        finally:
            _record(scope, status, perf_counter() - started)
            REQUEST_STATE.reset(token)


def _merged(own: Any, added: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The answer's headers and those of ours that it does not set itself."""
    headers = list(own)
    names = {name for name, _ in headers}
    headers.extend(header for header in added if header[0] not in names)
    return headers


def _record(scope: Any, status: int, seconds: float) -> None:
    method = scope["method"] if scope["method"] in METHODS else "OTHER"
    route = scope.get("path_template") or UNMATCHED
    counter = _counters.get((method, route, status))
    if counter is None:
        counter = _counters[method, route, status] = REQUESTS.labels(method, route, str(status))
    counter.inc()
    if route not in STREAMS:
        timer = _timers.get((method, route))
        if timer is None:
            timer = _timers[method, route] = REQUEST_SECONDS.labels(method, route)
        timer.observe(seconds)
    path = scope["path"]
    write = log.debug if path.startswith(QUIET) else log.info
    write("request", method=method, path=path, route=route, status=status, ms=round(seconds * 1000, 2))
