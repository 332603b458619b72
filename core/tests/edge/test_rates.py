"""How many requests there may be, and what the answers say of it."""

import asyncio
import re
import shutil
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from questline_core.edge.buckets import Bucket, Buckets, EmptyError
from questline_core.edge.rates import ClassRates, Rate, RateLimits, parse_rate
from questline_core.services import EmbeddedServices
from questline_core.testing import TestSite

LIMITS = RateLimits(
    read=ClassRates(user="6/minute", address="9/minute", tenant="off", key="off"),
    auth=ClassRates(address="4/hour"),
    write=ClassRates(user="off", address="off", tenant="3/hour", key="off"),
)
SITE = "/api/v1/site"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def limited(site):
    """A site with low limits on the services of the others; on a busy machine it waits long for Valkey."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("questline_core.edge.buckets.ANSWER_SECONDS", 30.0)
        async with TestSite.open([], services=site.services, rate_limits=LIMITS) as found:
            yield found


@pytest.fixture
def from_address(request):
    """A header that makes a request come from an address that only this test uses."""
    digits = sum(map(ord, request.node.name)) % 250
    return {"x-forwarded-for": f"203.0.113.{digits}"}


def window(answer, name="ratelimit"):
    found = re.fullmatch(r'"([a-z-]+)";r=(\d+);t=(\d+)', answer.headers[name])
    assert found, answer.headers
    return found[1], int(found[2]), int(found[3])


async def test_answers_say_what_is_left_and_then_refuse(limited):
    tenant = await limited.new_tenant()
    async with await limited.sign_in(tenant) as learner:
        answers = [await learner.get("/api/v1/me") for _ in range(7)]
    assert [answer.status_code for answer in answers] == [200] * 6 + [429]
    assert answers[0].headers["ratelimit-policy"] == '"read-user";q=6;w=60'
    assert [window(answer)[:2] for answer in answers[:6]] == [("read-user", left) for left in (5, 4, 3, 2, 1, 0)]
    refused = answers[6]
    assert 1 <= int(refused.headers["retry-after"]) <= 10
    assert window(refused)[:2] == ("read-user", 0)
    problem = refused.json()
    assert problem["code"] == "rate_limited"
    assert "6 in 60 s" in problem["detail"]


async def test_users_do_not_use_each_others_tokens(limited):
    tenant = await limited.new_tenant()
    async with await limited.sign_in(tenant) as first, await limited.sign_in(tenant) as second:
        for _ in range(7):
            last = await first.get("/api/v1/me")
        assert last.status_code == 429
        assert (await second.get("/api/v1/me")).status_code == 200


async def test_an_address_has_a_limit_of_its_own_over_its_users(limited, from_address):
    tenant = await limited.new_tenant()
    statuses = []
    async with await limited.sign_in(tenant) as first, await limited.sign_in(tenant) as second:
        for client in (first, second):
            statuses += [(await client.get("/api/v1/me", headers=from_address)).status_code for _ in range(5)]
        answer = await second.get("/api/v1/me", headers=from_address)
    assert statuses == [200] * 9 + [429]
    assert answer.headers["ratelimit-policy"] == '"read-address";q=9;w=60, "read-user";q=6;w=60'
    assert "address" in answer.json()["detail"]


async def test_a_tenant_has_a_limit_over_all_its_users(limited):
    tenant = await limited.new_tenant()
    statuses = []
    for _ in range(4):
        async with await limited.sign_in(tenant) as learner:
            statuses.append((await learner.patch("/api/v1/me", json={"display_name": "New"})).status_code)
    assert statuses == [200, 200, 200, 429]


async def test_wrong_credentials_count_as_signing_in(limited, from_address):
    tenant = await limited.new_tenant()
    headers = from_address | {"authorization": "Bearer wrong", "x-questline-tenant": tenant.slug}
    async with limited.client(**headers) as visitor:
        statuses = [(await visitor.get("/api/v1/me")).status_code for _ in range(5)]
    assert statuses == [401] * 4 + [429]


async def test_one_burst_never_gets_more_than_the_bucket_holds(limited, from_address):
    tenant = await limited.new_tenant()
    headers = from_address | {"x-questline-tenant": tenant.slug}
    async with limited.client(**headers) as visitor:
        answers = await asyncio.gather(*(visitor.get(SITE) for _ in range(30)))
    assert sum(answer.status_code == 200 for answer in answers) == 9


async def test_a_tenants_own_limits_win(limited):
    tenant = await limited.new_tenant()
    own = {"rate_limits": {"read": {"user": "2/minute"}}}
    async with limited.owner_engine.begin() as connection:
        await connection.exec_driver_sql(
            "UPDATE core.tenant SET edge = $1 WHERE id = $2", (msgspec.json.encode(own).decode(), tenant.id)
        )
    limited.host.tenants.forget()
    async with await limited.sign_in(tenant) as learner:
        answers = [await learner.get("/api/v1/me") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]


async def test_what_an_organisation_may_use_is_counted_over_all_classes(limited):
    tenant = await limited.new_tenant()
    async with limited.owner_engine.begin() as connection:
        await connection.exec_driver_sql(
            "UPDATE core.tenant SET limits = $1, edge = $2 WHERE id = $3",
            ('{"requests_per_minute": 3}', '{"rate_limits": {"write": {"tenant": "off"}}}', tenant.id),
        )
    limited.host.tenants.forget()
    async with await limited.sign_in(tenant) as learner:
        statuses = [(await learner.get("/api/v1/me")).status_code for _ in range(2)]
        statuses.append((await learner.patch("/api/v1/me", json={"display_name": "New"})).status_code)
        refused = await learner.get("/api/v1/me")
    assert statuses == [200, 200, 200]
    assert (refused.status_code, "of all people here" in refused.json()["detail"]) == (429, True)


def bucket(name, quota, *, shared=False):
    return Bucket("user", f"questline:rate:{{test}}:{name}", Rate(quota, 3600), shared)


async def takes(buckets, one):
    try:
        await buckets.take([one])
    except EmptyError:
        return False
    return True


async def test_processes_share_a_bucket_and_what_one_took_ahead_is_not_lost(site, tenant):
    first, second = Buckets(site.host.redis), Buckets(site.host.redis)
    shared = bucket(f"shared-{tenant.id}", 200, shared=True)
    taken = sum([await takes(each, shared) for _ in range(150) for each in (first, second)])
    assert 200 - 2 * 64 <= taken <= 200


async def test_a_request_takes_from_all_its_buckets_or_from_none(site, tenant):
    buckets = Buckets(site.host.redis)
    wide, narrow = bucket(f"wide-{tenant.id}", 10), bucket(f"narrow-{tenant.id}", 1)
    assert await buckets.take([wide, narrow]) == [9, 0]
    for _ in range(3):
        with pytest.raises(EmptyError):
            await Buckets(site.host.redis).take([wide, narrow])
    assert await buckets.take([wide]) == [8]


async def test_busy_buckets_cost_few_calls(site, tenant):
    buckets = Buckets(site.host.redis)
    before = (await site.host.redis.info("commandstats"))["cmdstat_evalsha"]["calls"]
    for _ in range(500):
        await buckets.take([bucket(f"busy-{tenant.id}", 1_000_000, shared=True)])
    after = (await site.host.redis.info("commandstats"))["cmdstat_evalsha"]["calls"]
    assert after - before < 100


@asynccontextmanager
async def open_site(**settings):
    folder = Path(tempfile.mkdtemp(prefix="questline-rates-"))
    services = EmbeddedServices(folder)
    try:
        services.start()
        async with TestSite.open([], services=services, **settings) as site:
            yield site, services
    finally:
        services.stop()
        services.purge()
        shutil.rmtree(folder, ignore_errors=True)


async def test_without_valkey_a_class_fails_open_or_closed_as_it_is_set():
    limits = RateLimits(
        read=ClassRates(user="1000/minute", when_down="open"), write=ClassRates(user="1000/minute", when_down="closed")
    )
    async with open_site(rate_limits=limits) as (site, services):
        tenant = await site.new_tenant()
        async with await site.sign_in(tenant) as learner:
            change = {"display_name": "New"}
            assert "ratelimit" in (await learner.get("/api/v1/me")).headers
            assert (await learner.patch("/api/v1/me", json=change)).status_code == 200
            assert services.valkey is not None
            services.valkey.stop()
            read = await learner.get("/api/v1/me")
            refused = await learner.patch("/api/v1/me", json=change)
            assert (read.status_code, refused.status_code) == (200, 503)
            assert "ratelimit" not in read.headers
            assert refused.json()["code"] == "rate_limits_unavailable"
            assert refused.headers["retry-after"] == "1"


@pytest.mark.parametrize(("text", "rate"), [("off", None), ("5/second", Rate(5, 1)), ("9/day", Rate(9, 86400))])
def test_rates_are_written_in_words(text, rate):
    assert parse_rate(text) == rate
