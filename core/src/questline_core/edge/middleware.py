"""Stands before the router: refuses what is too large, ends what takes too long, answers browsers of other sites."""

import asyncio
from typing import Any, cast

import msgspec
import structlog
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from questline_core.edge.bodies import packing, unpacked
from questline_core.edge.classes import RouteClass
from questline_core.edge.origins import answer_headers, foreign_origin, is_preflight, preflight
from questline_core.edge.sizes import Limits
from questline_core.http.problems import PROBLEM_JSON, Problem
from questline_core.tenancy.directory import TenantDirectory

CLOCK = "clock"
"""Where a request's state has the time-out that its route's class sets."""
MOST_HEADERS = 100
MOST_HEADER_BYTES = 32_768
LONGEST_TARGET = 8_192
log = structlog.get_logger()


class Refusal(msgspec.Struct, frozen=True):
    """An answer of the edge's own."""

    status: int
    code: str
    title: str
    detail: str
    headers: tuple[tuple[bytes, bytes], ...] = ()


AGAIN = ((b"retry-after", b"1"),)
LEAVE = ((b"connection", b"close"),)
HEADERS = Refusal(431, "headers_too_large", "Headers too large", f"At most {MOST_HEADERS} headers of 32 kB together.")
TARGET = Refusal(414, "address_too_long", "Address too long", f"Addresses may have {LONGEST_TARGET} bytes.")
CODING = Refusal(
    415, "encoding_not_supported", "Encoding not supported", "Bodies may be sent as they are, or packed with gzip.",
    ((b"accept-encoding", b"gzip"),),
)  # fmt: skip
SLOW_BODY = Refusal(408, "body_too_slow", "Body too slow", "The request's body did not arrive in time.", LEAVE)
TOO_LONG = Refusal(503, "timed_out", "Took too long", "This took too long and was ended; nothing was changed.", AGAIN)


class EdgeMiddleware(ASGIMiddleware):
    """Wraps the router; what it answers itself is logged and counted as any other answer."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, tenants: TenantDirectory, limits: dict[RouteClass, Limits]) -> None:
        self._tenants = tenants
        self._usual = limits["read"].seconds

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Answer one request."""
        scope = cast("HTTPScope", scope)
        headers = dict(scope["headers"])
        state: dict[str, Any] = scope["state"]
        origin = foreign_origin(scope, headers)
        if origin is not None and is_preflight(scope, headers):
            allowed = await preflight(self._tenants, origin, headers.get(b"host", b"").decode("latin-1").lower())
            await send({"type": "http.response.start", "status": 204, "headers": allowed})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        refusal = _refuse(scope)
        if refusal is not None:
            await _answer(refusal, state, send)
            return
        reading = started = False
        clock = asyncio.timeout(self._usual)

        async def receive_on_time() -> Any:
            nonlocal reading
            reading = True
            message = await receive()
            reading = bool(message.get("more_body"))
            return message

        async def send_on_time(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                if not clock.expired():
                    clock.reschedule(None)
                if origin is not None:
                    tenant_id = state.get("tenant_id")
                    tenant = await self._tenants.get(tenant_id) if tenant_id else None
                    message["headers"] = [*message["headers"], *answer_headers(tenant, origin)]
            await send(message)

        source = unpacked(scope, receive_on_time) if packing(scope) else receive_on_time
        try:
            async with clock:
                state[CLOCK] = clock
                await next_app(scope, source, send_on_time)
        except TimeoutError:
            if started or not clock.expired():
                raise
            log.warning("a request was ended", path=scope["path"], reading=reading)
            await _answer(SLOW_BODY if reading else TOO_LONG, state, send_on_time)


def _refuse(scope: HTTPScope) -> Refusal | None:
    headers = list(scope["headers"])
    if len(headers) > MOST_HEADERS or sum(len(name) + len(value) for name, value in headers) > MOST_HEADER_BYTES:
        return HEADERS
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_TARGET:
        return TARGET
    return CODING if packing(scope) not in {"", "gzip"} else None


async def _answer(refusal: Refusal, state: dict[str, Any], send: Send) -> None:
    problem = Problem(
        type=f"urn:questline:problem:{refusal.code}",
        title=refusal.title,
        status=refusal.status,
        detail=refusal.detail,
        code=refusal.code,
        request_id=state.get("request_id"),
    )
    body = msgspec.json.encode(problem)
    start = [(b"content-type", PROBLEM_JSON.encode()), (b"content-length", str(len(body)).encode()), *refusal.headers]
    await send({"type": "http.response.start", "status": refusal.status, "headers": start})
    await send({"type": "http.response.body", "body": body, "more_body": False})
