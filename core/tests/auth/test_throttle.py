import asyncio

import pytest
import redis.asyncio as redis

from questline_core.auth import throttle
from questline_core.auth.throttle import ACCOUNT, ADDRESS, Limit, attempt, forget, network, refund
from questline_core.valkey import ONE_RETRY
from questline_sdk import TooManyRequests

LIMIT = Limit(name="test", free=3, longest_seconds=4)


@pytest.fixture
def subject(request, email):
    return request.node.name, email


async def waits(host, limit, subject, attempts):
    """The waiting times asked for, each attempt made when the wait before it is over."""
    found = []
    for _ in range(attempts):
        await attempt(host.redis, limit, *subject)
        try:
            await attempt(host.redis, limit, *subject)
        except TooManyRequests as error:
            found.append(error.retry_after)
        else:
            found.append(0)
        await host.redis.hdel(limit.key(*subject), "blocked_until")
    return found


async def test_the_first_attempts_are_free_then_each_waits_twice_as_long(host, subject):
    for _ in range(LIMIT.free - 1):
        await attempt(host.redis, LIMIT, *subject)
    assert await waits(host, LIMIT, subject, 4) == [1, 2, 4, 4]


async def test_attempts_made_at_once_gain_nothing(host, subject):
    outcomes = await asyncio.gather(*(attempt(host.redis, LIMIT, *subject) for _ in range(20)), return_exceptions=True)
    assert outcomes.count(None) == LIMIT.free


async def test_a_success_takes_only_its_own_attempt_back(host, subject):
    for _ in range(2):
        await attempt(host.redis, LIMIT, *subject)
    for _ in range(5):
        await attempt(host.redis, LIMIT, *subject)
        await refund(host.redis, LIMIT, *subject)
    assert int(await host.redis.hget(LIMIT.key(*subject), "attempts")) == 2
    await refund(host.redis, LIMIT, "nobody at all", subject)
    assert not await host.redis.exists(LIMIT.key("nobody at all", subject))


async def test_what_is_forgotten_is_free_again(host, subject):
    for _ in range(LIMIT.free):
        await attempt(host.redis, LIMIT, *subject)
    await forget(host.redis, LIMIT, *subject)
    await attempt(host.redis, LIMIT, *subject)


async def test_counts_do_not_outlive_their_window(host, subject):
    await attempt(host.redis, LIMIT, *subject)
    assert 0 < await host.redis.ttl(LIMIT.key(*subject)) <= throttle.WINDOW_SECONDS


async def test_where_valkey_is_down_nobody_is_shut_out(subject, unused_tcp_port):
    async with redis.Redis(port=unused_tcp_port, retry=ONE_RETRY) as nobody:
        for _ in range(LIMIT.free + 2):
            await attempt(nobody, LIMIT, *subject)
        await refund(nobody, LIMIT, *subject)
        await forget(nobody, LIMIT, *subject)


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("/run/questline.sock", None),
        (None, None),
    ],
)
def test_neighbours_in_one_ipv6_network_count_as_one_and_this_machine_not_at_all(address, counted_as):
    assert network(address) == counted_as


async def test_guessing_at_one_account_is_slowed_down_wherever_it_comes_from(visitor, email):
    await (await visitor()).sign_up(email)
    for _ in range(ACCOUNT.free):
        assert (await (await visitor()).log_in(email, "not the password")).status_code == 401
    right = await (await visitor()).log_in(email)
    assert (right.status_code, right.json()["code"]) == (429, "too_many_requests")
    assert int(right.headers["retry-after"]) == 1


async def test_an_unknown_account_is_slowed_down_just_the_same(visitor, email):
    answers = [await (await visitor()).log_in(email, "not the password") for _ in range(ACCOUNT.free + 1)]
    assert [answer.status_code for answer in answers] == [401] * ACCOUNT.free + [429]


async def test_guessing_at_many_accounts_from_one_address_is_slowed_down(visitor, email):
    browser = await visitor(address="198.51.100.20")
    answers = [await browser.log_in(f"{number}-{email}", "not the password") for number in range(ADDRESS.free + 1)]
    assert [answer.status_code for answer in answers] == [401] * ADDRESS.free + [429]
    await (await visitor()).sign_up(email)
    assert (await browser.log_in(email)).status_code == 429
    assert (await (await visitor()).log_in(email)).status_code == 200


async def test_the_right_password_clears_the_accounts_failures(visitor, email):
    await (await visitor()).sign_up(email)
    for _ in range(2):
        for _ in range(ACCOUNT.free - 1):
            await (await visitor()).log_in(email, "not the password")
        assert (await (await visitor()).log_in(email)).status_code == 200


async def test_the_same_address_in_another_tenant_is_another_account(visitor, email, site):
    other = await site.new_tenant()
    await (await visitor(of=other)).sign_up(email)
    for _ in range(ACCOUNT.free):
        await (await visitor()).log_in(email, "not the password")
    assert (await (await visitor(of=other)).log_in(email)).status_code == 200


async def test_one_can_sign_in_while_valkey_is_down(visitor, email, host, unused_tcp_port, monkeypatch):
    await (await visitor()).sign_up(email)
    async with redis.Redis(port=unused_tcp_port, retry=ONE_RETRY) as nobody:
        monkeypatch.setattr(host, "redis", nobody)
        assert (await (await visitor()).log_in(email)).status_code == 200
