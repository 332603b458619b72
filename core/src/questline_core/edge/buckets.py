"""Token buckets in Valkey: one script call a request takes from all of its buckets, or from none.

A bucket is kept as the time at which it will be full again (the generic cell rate algorithm, ITU-T I.371, annex A).
A process that sees many requests of one bucket takes several tokens at once and hands them out itself for a second, so
that busy clients do not cost a round trip each; what it does not need goes back with its next call. Tokens are always
taken before they are used, so no number of processes lets more pass than the bucket holds.
"""

import asyncio
import math
import time
from typing import Any

import msgspec
import structlog
from redis.exceptions import RedisError

from questline_core.edge.rates import Rate, Subject

TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local kept = redis.call('MGET', unpack(KEYS))
local full_at, granted = {}, {}
for i = 1, #KEYS do
  local window, step = tonumber(ARGV[4 * i - 3]), tonumber(ARGV[4 * i - 2])
  local wanted, back = tonumber(ARGV[4 * i - 1]), tonumber(ARGV[4 * i])
  full_at[i] = math.max((tonumber(kept[i]) or 0) - back * step, now)
  granted[i] = math.min(wanted, math.floor((now + window - full_at[i]) / step + 0.0001))
  if granted[i] < 1 then
    return {0, i, math.ceil(full_at[i] + step - now - window)}
  end
end
local answer = {1}
for i = 1, #KEYS do
  local window, step = tonumber(ARGV[4 * i - 3]), tonumber(ARGV[4 * i - 2])
  full_at[i] = full_at[i] + granted[i] * step
  local left = full_at[i] - now
  redis.call('SET', KEYS[i], string.format('%.3f', full_at[i]), 'PX', math.ceil(left) + 1)
  answer[#answer + 1] = granted[i]
  answer[#answer + 1] = math.floor((window - left) / step + 0.0001)
end
return answer
"""
"""Answers 1 and for each bucket the tokens taken and left, or 0, which bucket is empty and for how long."""

LEASE_SECONDS = 1.0
LARGEST_LEASE = 64
SHARE = 20
"""One process takes at most this part of a bucket at once."""
ANSWER_SECONDS = 1.0
PAUSE_SECONDS = 1.0
"""How long nobody asks again after Valkey has not answered."""
KEPT_LEASES = 20_000
log = structlog.get_logger()


class Bucket(msgspec.Struct, frozen=True):
    """One bucket that a request takes a token from."""

    name: Subject
    key: str
    rate: Rate
    shared: bool
    """Whether a process may take tokens ahead."""


class EmptyError(Exception):
    """A bucket has no token; `seconds` until it has one."""

    def __init__(self, bucket: Bucket, seconds: float) -> None:
        super().__init__(bucket.name)
        self.bucket, self.seconds = bucket, seconds


class DownError(Exception):
    """Valkey does not answer."""


class Lease(msgspec.Struct):
    """Tokens of one bucket that this process has taken."""

    tokens: int = 0
    until: float = 0.0
    left: int = 0
    """What the bucket held when they were taken."""
    size: int = 1
    empty_until: float = 0.0


class Buckets:
    """The buckets as one process sees them."""

    def __init__(self, redis: Any) -> None:
        self._take = redis.register_script(TAKE)
        self._leases: dict[str, Lease] = {}
        self._down_until = 0.0

    async def take(self, buckets: list[Bucket]) -> list[int]:
        """Take a token from each; returns what each has left. Raises `EmptyError` or `DownError`."""
        now = time.monotonic()
        leases = [self._lease(bucket) for bucket in buckets]
        for bucket, lease in zip(buckets, leases, strict=True):
            if lease.empty_until > now:
                raise EmptyError(bucket, lease.empty_until - now)
        lacking = [number for number, lease in enumerate(leases) if not lease.tokens or lease.until <= now]
        held = [lease for number, lease in enumerate(leases) if number not in lacking]
        for lease in held:
            lease.tokens -= 1
        if lacking:
            try:
                await self._refill(buckets, leases, lacking, now)
            except BaseException:
                for lease in held:
                    lease.tokens += 1
                raise
        return [lease.left + lease.tokens for lease in leases]

    async def _refill(self, buckets: list[Bucket], leases: list[Lease], lacking: list[int], now: float) -> None:
        if self._down_until > now:
            raise DownError
        arguments: list[Any] = []
        for number in lacking:
            bucket, lease = buckets[number], leases[number]
            lease.size = _next_size(bucket, lease, now)
            step = bucket.rate.milliseconds
            arguments += [bucket.rate.window * 1000, step, lease.size, lease.tokens]
            lease.tokens = 0
        answer = await self._call([buckets[number].key for number in lacking], arguments)
        if not answer[0]:
            empty = lacking[answer[1] - 1]
            seconds = max(answer[2], 1) / 1000
            leases[empty].empty_until = now + min(seconds, LEASE_SECONDS)
            raise EmptyError(buckets[empty], seconds)
        for place, number in enumerate(lacking):
            lease = leases[number]
            lease.tokens += answer[1 + 2 * place] - 1
            lease.left = answer[2 + 2 * place]
            lease.until = now + LEASE_SECONDS

    async def _call(self, keys: list[str], arguments: list[Any]) -> list[int]:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer: list[int] = await self._take(keys, arguments)
        except (RedisError, OSError, TimeoutError) as error:
            self._down_until = time.monotonic() + PAUSE_SECONDS
            log.warning("rates are not limited: Valkey does not answer", error=str(error) or type(error).__name__)
            raise DownError from error
        return answer

    def _lease(self, bucket: Bucket) -> Lease:
        lease = self._leases.get(bucket.key)
        if lease is None:
            if len(self._leases) >= KEPT_LEASES:
                now = time.monotonic()
                self._leases = {key: each for key, each in self._leases.items() if each.until > now}
            lease = self._leases[bucket.key] = Lease()
        return lease


def _next_size(bucket: Bucket, lease: Lease, now: float) -> int:
    """Twice as many as last time where those were gone within their second, else one."""
    if not bucket.shared or now >= lease.until:
        return 1
    return min(lease.size * 2, LARGEST_LEASE, max(1, bucket.rate.quota // SHARE))


def whole_seconds(seconds: float) -> int:
    """What `Retry-After` says: whole seconds, at least one."""
    return max(1, math.ceil(seconds))
