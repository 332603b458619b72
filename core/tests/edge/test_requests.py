"""What is too large is refused, what takes too long is ended, and what comes packed is unpacked with care."""

import asyncio
import gzip
import zlib

import msgspec
import pytest
import pytest_asyncio
from sqlalchemy import text

SIZE, MANY, FOREVER = (f"/api/v1/p/edgy/{name}" for name in ("size", "many", "forever"))
GZIP = {"content-encoding": "gzip"}


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(edgy):
    tenant = await edgy.new_tenant()
    async with edgy.client(**{"x-questline-tenant": tenant.slug}) as client:
        client.tenant_id = tenant.id
        yield client


@pytest.mark.parametrize(("path", "most"), [(SIZE, 100_000), (MANY, 1_000_000)])
async def test_a_body_may_have_what_its_class_allows(visitor, path, most):
    assert (await visitor.post(path, content=b"x" * most)).json() == {"bytes": most}
    answer = await visitor.post(path, content=b"x" * (most + 1))
    assert answer.status_code == 413
    assert answer.json()["code"] == "body_too_large"


async def test_a_body_without_a_length_is_counted_as_it_comes(visitor):
    async def endless():
        while True:
            yield b"x" * 65_536

    assert (await visitor.post(SIZE, content=endless())).status_code == 413


async def test_a_packed_body_is_unpacked(visitor):
    packed = gzip.compress(b"x" * 90_000)
    assert (await visitor.post(SIZE, content=packed, headers=GZIP)).json() == {"bytes": 90_000}
    assert (await visitor.post(SIZE, content=gzip.compress(b""), headers=GZIP)).json() == {"bytes": 0}


async def test_a_bomb_is_noticed_before_it_goes_off(visitor):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(200)) + packer.flush()
    assert len(bomb) < 300_000
    assert (await visitor.post(SIZE, content=bomb, headers=GZIP)).status_code == 413


@pytest.mark.parametrize(
    "body",
    [b"not gzip", gzip.compress(b"x" * 100)[:-9], gzip.compress(b"x") + b"more", gzip.compress(b"x") * 2, b""],
    ids=["not-gzip", "cut", "more", "two", "empty"],
)
async def test_a_packed_body_that_is_broken_is_refused(visitor, body):
    answer = await visitor.post(SIZE, content=body, headers=GZIP)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip", "x"])
async def test_other_encodings_are_refused(visitor, coding):
    answer = await visitor.post(SIZE, content=b"x", headers={"content-encoding": coding})
    assert answer.status_code == 415
    assert answer.headers["accept-encoding"] == "gzip"


async def test_too_many_or_too_large_headers_are_refused(visitor):
    answer = await visitor.get("/api/v1/site", headers=[(f"x-{number}", "1") for number in range(101)])
    assert (answer.status_code, answer.json()["code"]) == (431, "headers_too_large")
    assert (await visitor.get("/api/v1/site", headers={"x-large": "x" * 33_000})).status_code == 431
    assert "x-request-id" in answer.headers


async def test_a_very_long_address_is_refused(visitor):
    assert (await visitor.get("/api/v1/site", params={"q": "x" * 9_000})).status_code == 414


async def test_json_that_is_nested_without_end_is_refused(visitor):
    body = b"[" * 40_000
    answer = await visitor.post("/api/v1/auth/log-in", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400


async def test_what_takes_too_long_is_ended_and_nothing_of_it_is_kept(edgy, visitor):
    answer = await visitor.post(FOREVER)
    assert (answer.status_code, answer.json()["code"]) == (503, "timed_out")
    assert answer.headers["retry-after"] == "1"
    async with edgy.context(visitor.tenant_id) as ctx:
        names = (
            await ctx.session.execute(text("SELECT name FROM core.tenant WHERE id = :id"), {"id": ctx.tenant_id})
        ).all()
        busy = text(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(600)%' AND state = 'active'"
        )
        running = await ctx.session.scalar(busy)
    assert names != [("Changed",)]
    assert running == 0


async def test_a_body_that_never_comes_is_not_waited_for(visitor):
    async def stalled():
        yield b"x"
        await asyncio.Event().wait()

    answer = await visitor.post(MANY, content=stalled())
    assert (answer.status_code, answer.json()["code"]) == (408, "body_too_slow")
    assert answer.headers["connection"] == "close"


async def test_an_answer_that_has_begun_is_not_ended(edgy):
    tenant = await edgy.new_tenant()
    async with await edgy.sign_in(tenant) as learner:
        site = await learner.get("/api/v1/site")
    assert msgspec.json.decode(site.content)["slug"] == tenant.slug
