"""Liveness, readiness and metrics of a real site."""

import pytest

from questline_core.observability import routes
from questline_core.testing import TestSite


async def test_is_alive_and_ready(site: TestSite) -> None:
    async with site.client() as client:
        live, ready = await client.get("/health/live"), await client.get("/health/ready")
    assert (live.status_code, live.json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ok"})
    assert ready.headers["cache-control"] == "no-store"


async def test_says_that_the_schema_is_behind(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "_head", lambda: "9999")
    async with site.client() as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "not_ready"
    assert [error["field"] for error in problem["errors"]] == ["postgresql"]
    assert "this code needs 9999" in problem["detail"]


async def test_metrics_are_prometheus_text(site: TestSite) -> None:
    async with site.client() as client:
        await client.get("/health/live")
        answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert 'questline_requests_total{method="GET",route="/health/live",status="200"}' in answer.text


async def test_needs_no_tenant(site: TestSite) -> None:
    async with site.client(**{"x-questline-tenant": "no-such-tenant"}) as client:
        assert [(await client.get(path)).status_code for path in ("/health/live", "/health/ready", "/metrics")] == [
            200
        ] * 3
