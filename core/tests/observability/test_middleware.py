"""What every answer carries and what is written of every request."""

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
import structlog
from litestar import Litestar, get, post
from litestar.exceptions import PermissionDeniedException
from litestar.response import Response
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from questline_core.observability.context import REQUEST_STATE
from questline_core.observability.middleware import ObservabilityMiddleware

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"
slow_started = asyncio.Event()


@get("/things/{number:int}")
async def get_thing() -> dict[str, Any]:
    return dict(REQUEST_STATE.get() or {})


@get("/refused")
async def get_refused() -> None:
    raise PermissionDeniedException


@get("/broken")
async def get_broken() -> None:
    raise RuntimeError("deliberate")


@get("/own")
async def get_own() -> Response[str]:
    return Response("x", headers={"content-security-policy": "default-src 'self'", "referrer-policy": "no-referrer"})


@get("/api/v1/plain")
async def get_plain() -> str:
    return "x"


@get("/api/v1/kept")
async def get_kept() -> Response[str]:
    return Response("x", headers={"cache-control": "public, max-age=60"})


@post("/slow")
async def slow() -> None:
    slow_started.set()
    await asyncio.Event().wait()


@pytest_asyncio.fixture(loop_scope="session")
async def client() -> AsyncIterator[httpx.AsyncClient]:
    handlers = [get_thing, get_refused, get_broken, get_own, get_plain, get_kept, slow]
    app = Litestar(handlers, openapi_config=None, logging_config=None)
    app.asgi_handler = ObservabilityMiddleware()(app.asgi_handler)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://site.test") as client:
        yield client


async def test_a_request_gets_an_id_and_a_trace(client: httpx.AsyncClient) -> None:
    answer = await client.get("/things/1")
    state = answer.json()
    assert re.fullmatch(r"[0-9a-f]{32}", state["request_id"])
    assert re.fullmatch(r"[0-9a-f]{32}", state["trace_id"])
    assert answer.headers["x-request-id"] == state["request_id"]
    assert (await client.get("/things/1")).json()["request_id"] != state["request_id"]


async def test_ids_of_a_proxy_are_kept(client: httpx.AsyncClient) -> None:
    answer = await client.get("/things/1", headers={"x-request-id": "proxy-1234567", "traceparent": PARENT})
    assert answer.headers["x-request-id"] == "proxy-1234567"
    assert answer.json()["trace_id"] == TRACE


@pytest.mark.parametrize("sent", ["short", "x" * 129, "white space in it", 'quotes"in"it', "ünïcödé-ünïcödé"])
async def test_an_id_that_cannot_be_logged_is_replaced(client: httpx.AsyncClient, sent: str) -> None:
    answer = await client.get("/things/1", headers={"x-request-id": sent.encode()})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "00-xyz",
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"ff-{TRACE}-00f067aa0ba902b7-01",
    ],
)
async def test_a_broken_trace_is_replaced(client: httpx.AsyncClient, sent: str) -> None:
    trace = (await client.get("/things/1", headers={"traceparent": sent})).json()["trace_id"]
    assert re.fullmatch(r"[0-9a-f]{32}", trace)
    assert trace not in {TRACE, "0" * 32}


@pytest.mark.parametrize("path", ["/things/1", "/refused", "/broken", "/no/such/route", "/things/not-a-number"])
async def test_every_answer_is_protected(client: httpx.AsyncClient, path: str) -> None:
    headers = (await client.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "x-request-id" in headers
    assert "strict-transport-security" not in headers


async def test_an_answers_own_headers_win(client: httpx.AsyncClient) -> None:
    headers = (await client.get("/own")).headers
    assert headers.get_list("content-security-policy") == ["default-src 'self'"]
    assert headers.get_list("referrer-policy") == ["no-referrer"]


@pytest.mark.parametrize("path", ["/api/v1/plain", "/api/v1/no/such/route"])
async def test_no_cache_keeps_what_the_api_answers(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).headers.get_list("cache-control") == ["no-store"]
    assert (await client.get("/api/v1/kept")).headers.get_list("cache-control") == ["public, max-age=60"]
    assert "cache-control" not in (await client.get("/things/1")).headers


async def test_https_is_made_permanent_only_on_https(client: httpx.AsyncClient) -> None:
    behind_proxy = await client.get("/things/1", headers={"x-forwarded-proto": "https"})
    assert "max-age=" in behind_proxy.headers["strict-transport-security"]
    direct = await client.get("https://site.test/things/1")
    assert direct.headers["strict-transport-security"] == "max-age=31536000"


async def test_an_operator_may_have_all_hosts_below_the_site_on_https_only() -> None:
    async def nothing(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    app: Any = ObservabilityMiddleware(hsts_subdomains=True)(nothing)

    async def with_state(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "state": {}}, receive, send)

    transport = httpx.ASGITransport(app=with_state)
    async with httpx.AsyncClient(transport=transport, base_url="https://site.test") as client:
        headers = (await client.get("/")).headers
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


async def test_one_line_is_written_per_request(client: httpx.AsyncClient) -> None:
    with capture_logs() as lines:
        await client.get("/things/7?secret=1")
        await client.get("/no/such/route")
        await client.post("/things/7")
    shown = [{key: line[key] for key in ("event", "method", "path", "route", "status")} for line in lines]
    assert shown == [
        {"event": "request", "method": "GET", "path": "/things/7", "route": "/things/{number}", "status": 200},
        {"event": "request", "method": "GET", "path": "/no/such/route", "route": "unmatched", "status": 404},
        {"event": "request", "method": "POST", "path": "/things/7", "route": "unmatched", "status": 405},
    ]
    assert all(line["ms"] >= 0 for line in lines)


async def test_metrics_name_the_route_not_the_address(client: httpx.AsyncClient) -> None:
    labels = {"method": "GET", "route": "/things/{number}", "status": "200"}
    before = REGISTRY.get_sample_value("questline_requests_total", labels) or 0
    for number in range(3):
        await client.get(f"/things/{number}")
    assert REGISTRY.get_sample_value("questline_requests_total", labels) == before + 3
    seconds = {"method": "GET", "route": "/things/{number}"}
    assert (REGISTRY.get_sample_value("questline_request_seconds_count", seconds) or 0) >= 3
    routes = {sample.labels.get("route", "") for metric in REGISTRY.collect() for sample in metric.samples}
    assert not any(route.startswith("/things/") and route != "/things/{number}" for route in routes)


async def test_unknown_methods_are_counted_as_one(client: httpx.AsyncClient) -> None:
    for method in ("BREW", "WHEN"):
        await client.request(method, "/things/1")
    methods = {sample.labels.get("method", "GET") for metric in REGISTRY.collect() for sample in metric.samples}
    assert "BREW" not in methods
    assert "OTHER" in methods


async def test_a_client_that_leaves_is_told_apart(client: httpx.AsyncClient) -> None:
    with capture_logs() as lines:
        request = asyncio.create_task(client.post("/slow"))
        await slow_started.wait()
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
    assert [line["status"] for line in lines] == [499]


async def test_nothing_of_a_request_is_left_for_the_next(client: httpx.AsyncClient) -> None:
    await client.get("/things/1")
    assert REQUEST_STATE.get() is None
    assert structlog.contextvars.get_contextvars() == {}
