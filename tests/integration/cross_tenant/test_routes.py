"""No route of the first tenant answers to anybody else: every route and method of the running application."""

import asyncio
import itertools
from typing import Any

import msgspec
import pytest
from tests.integration.cross_tenant.two_tenants import (
    MARKER,
    PASSWORD,
    PUBLIC,
    handlers,
    open_with_key,
    paths,
    shown,
    snapshot,
)

EVERY_ID = slice(None)


@pytest.mark.parametrize(
    ("role", "spoof", "share"),
    [
        ("owner", True, EVERY_ID),
        ("owner", False, slice(0, None, 4)),
        ("learner", False, slice(1, None, 4)),
        ("key", True, slice(2, None, 4)),
        ("token", False, slice(3, None, 4)),
    ],
)
async def test_no_route_shows_or_changes_the_first_tenant(site, tenants, example_body, role, spoof, share):
    headers = {"x-questline-tenant": tenants.first.slug} if spoof else {}
    before = await snapshot(tenants)
    requests = 0
    if role in {"key", "token"}:
        intruder = await open_with_key(site, tenants.second, token=role == "token")
    else:
        intruder = await site.sign_in(tenants.second, role, name="Intruder")
    async with intruder as client, site.client() as anonymous:
        document = (await anonymous.get("/api/v1/openapi.json")).json()
        for method, template, handler in handlers(site):
            if handler.operation_id == "stream_live":
                continue
            body = example_body(document, method, handler.operation_id, tenants.ids[0])
            choices = paths(tenants, template)
            for path, sent in choices[share] or choices:
                answer = await client.request(method, path, json=body, headers=headers)
                requests += 1
                seen = f"{method} {path}: {answer.status_code}"
                assert (
                    answer.status_code < 500
                    or answer.status_code == 501
                    or answer.headers["content-type"].startswith("text/html")
                ), seen
                assert MARKER not in shown(answer, sent), seen + answer.text
    assert await snapshot(tenants) == before
    print(f"{requests} requests on {len(handlers(site))} route methods as {role}")  # noqa: T201


async def test_nobody_signed_in_sees_only_what_is_public(site, tenants, example_body):
    async with site.client(**{"x-questline-tenant": tenants.first.slug}) as client, site.client() as anonymous:
        document = (await anonymous.get("/api/v1/openapi.json")).json()
        for method, template, handler in handlers(site):
            needs_somebody = "permission" in handler.opt
            body = example_body(document, method, handler.operation_id, tenants.ids[0])
            for path, sent in paths(tenants, template)[:10]:
                if handler.operation_id == "sign_up":
                    continue
                answer = await client.request(method, path, json=body)
                seen = f"{method} {path}: {answer.status_code} {answer.text[:300]}"
                if needs_somebody:
                    assert answer.status_code == 401, seen
                if handler.operation_id not in PUBLIC:
                    assert MARKER not in shown(answer, sent), seen
                nameless = await anonymous.request(method, path, json=body)
                assert MARKER not in shown(nameless, sent), path


async def test_the_first_tenants_own_people_do_see_the_markers(site, tenants):
    """Else the walks would prove nothing."""
    async with await site.sign_in(tenants.first, "owner") as owner:
        for path in ("/api/v1/catalogue", "/api/v1/users", "/api/v1/site", "/api/v1/p/points/rules"):
            answer = await owner.get(path)
            assert answer.status_code == 200
            assert MARKER in answer.text, path
        assert MARKER in (await owner.get(f"/api/v1/media/{tenants.media}")).text


async def test_media_of_the_first_tenant_are_not_the_seconds(site, tenants):
    async with await site.sign_in(tenants.second, "owner") as client:
        for name in (tenants.media, f"..%2F..%2F{tenants.first.id}%2Fmedia%2F{tenants.media}"):
            answer = await client.get(f"/api/v1/media/{name}", headers={"x-questline-tenant": tenants.first.slug})
            assert answer.status_code == 404, answer.text


async def test_cursors_of_the_first_tenant_show_the_second_nothing(site, tenants):
    lists = ["/api/v1/users", "/api/v1/catalogue", "/api/v1/p/points/me/entries"]
    used = 0
    async with (
        await site.sign_in(tenants.first, "owner") as first,
        await site.sign_in(tenants.second, "owner") as second,
    ):
        cursors = ["WyJhIl0"]
        for path in lists:
            cursor = (await first.get(path, params={"limit": 1})).json()["next_cursor"]
            cursors += [cursor] if cursor else []
        for path, cursor in itertools.product(lists, cursors):
            answer = await second.get(path, params={"cursor": cursor, "limit": 100})
            assert answer.status_code in {200, 422}, answer.text
            assert MARKER not in answer.text
            used += 1
    assert len(cursors) > 1
    assert used == len(lists) * len(cursors)


async def test_the_firsts_password_opens_nothing_through_the_second(site, tenants):
    credentials = {"email": f"person@{MARKER}.test", "password": PASSWORD}
    async with site.client(**{"x-questline-tenant": tenants.second.slug}) as visitor:
        assert (await visitor.post("/api/v1/auth/log-in", json=credentials)).status_code == 401
    async with await site.sign_in(tenants.second, "learner") as client:
        header = {"x-questline-tenant": tenants.first.slug}
        assert (await client.post("/api/v1/auth/log-in", json=credentials, headers=header)).status_code == 401


async def test_a_token_of_the_first_keeps_its_tenant_under_the_seconds_name(site, tenants):
    async with await site.sign_in(tenants.first, "learner") as client:
        headers = {"x-questline-tenant": tenants.second.slug, "host": f"{tenants.second.slug}.localhost"}
        assert (await client.get("/api/v1/site", headers=headers)).json()["slug"] == tenants.first.slug


class Numbered(msgspec.Struct):
    """A live message."""

    text: str


async def open_stream(site: Any, token: str, headers: dict[str, str]) -> tuple[asyncio.Queue[bytes], asyncio.Task[Any]]:
    """Read the live stream over ASGI, chunk by chunk."""
    chunks: asyncio.Queue[bytes] = asyncio.Queue()
    left = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if not hasattr(receive, "asked"):
            receive.asked = True  # type: ignore[attr-defined]
            return {"type": "http.request", "body": b"", "more_body": False}
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body":
            await chunks.put(message["body"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/api/v1/live",
        "raw_path": b"/api/v1/live",
        "query_string": b"",
        "root_path": "",
        "headers": [
            (k.encode(), v.encode()) for k, v in {"authorization": token, "host": "localhost", **headers}.items()
        ],
        "client": ("127.0.0.1", 1),
        "server": ("localhost", 80),
        "state": {},
    }
    return chunks, asyncio.create_task(site.app(scope, receive, send))


@pytest.mark.parametrize("spoof", [False, True])
async def test_live_messages_of_the_first_never_reach_the_second(site, tenants, spoof):
    headers = {"x-questline-tenant": tenants.first.slug} if spoof else {}
    async with await site.sign_in(tenants.second, "owner") as client:
        chunks, task = await open_stream(site, client.headers["authorization"], headers)
        try:
            async with asyncio.timeout(60):
                assert b"ready" in await chunks.get()
                for tenant in (tenants.first, tenants.second):
                    async with site.context(tenant.id) as ctx:
                        word = MARKER if tenant is tenants.first else "own"
                        ctx.send_live("plugins.changed", Numbered(text=word))
                        ctx.send_live("points.awarded", Numbered(text=word), user_id=client.user_id)
                received = [await chunks.get(), await chunks.get()]
            assert all(b"own" in each and MARKER.encode() not in each for each in received)
            assert chunks.empty()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
