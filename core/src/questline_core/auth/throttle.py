"""Log-in throttling: after some free attempts each further one must wait, twice as long every time.

Attempts are counted in Valkey before the password is looked at, so many at once gain nothing; a success takes its
count back. Where Valkey does not answer, people can still sign in: it is logged, and the passwords' cost remains.
"""

import asyncio
import hashlib
import ipaddress
import math
from collections.abc import Awaitable
from typing import Any

import msgspec
import structlog
from redis.exceptions import RedisError

from questline_sdk import TooManyRequests

WINDOW_SECONDS = 3600
ANSWER_SECONDS = 1.0
IPV6_PREFIX = 64
log = structlog.get_logger()

ATTEMPT = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local blocked = tonumber(redis.call('HGET', KEYS[1], 'blocked_until') or '0')
if blocked > now then return blocked - now end
local over = redis.call('HINCRBY', KEYS[1], 'attempts', 1) - tonumber(ARGV[1])
if over >= 0 then
  local delay = math.min(2 ^ over, tonumber(ARGV[2])) * 1000
  redis.call('HSET', KEYS[1], 'blocked_until', string.format('%.0f', now + delay))
end
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 0
"""
"""Counts one attempt, or returns how many milliseconds to wait. One key, so that it also runs on a cluster."""

REFUND = """
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('HINCRBY', KEYS[1], 'attempts', -1)
  redis.call('HDEL', KEYS[1], 'blocked_until')
end
"""


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """How many attempts are free within an hour, and the longest wait after that in seconds."""

    name: str
    free: int
    longest_seconds: int

    def key(self, *subject: object) -> str:
        """The Valkey key that counts attempts of one subject, which is kept as a hash only."""
        digest = hashlib.sha256("\0".join(map(str, subject)).encode()).hexdigest()[:32]
        return f"questline:throttle:{self.name}:{digest}"


ACCOUNT = Limit(name="account", free=5, longest_seconds=60)
"""Per account; the longest wait is short because anybody can make it grow for somebody else."""

ADDRESS = Limit(name="address", free=20, longest_seconds=900)
"""Per network address, over all tenants; a whole class may sit behind one."""

SIGN_UP = Limit(name="sign-up", free=60, longest_seconds=900)
"""New accounts per network address, successful or not."""

MAILS = Limit(name="mails", free=3, longest_seconds=900)
"""Links asked for one mailbox, whether there is an account or not."""

MAILS_FROM = Limit(name="mails-from", free=30, longest_seconds=900)
"""Links asked for from one network address."""

CODE = Limit(name="code", free=5, longest_seconds=300)
"""Second factors and proofs of one account: six digits must not be guessed."""

PROVIDER = Limit(name="provider", free=100, longest_seconds=300)
"""Returns from sign-in providers per network address: each has the server ask the provider."""


async def attempt(redis: Any, limit: Limit, *subject: object) -> None:
    """Count an attempt; raises `TooManyRequests` while the subject has to wait. A subject of None is not limited."""
    if None in subject:
        return
    script = redis.eval(ATTEMPT, 1, limit.key(*subject), limit.free, limit.longest_seconds, WINDOW_SECONDS)
    wait = await _fail_open(script) or 0
    if wait > 0:
        seconds = math.ceil(wait / 1000)
        raise TooManyRequests(f"Too many attempts; try again in {seconds} s.", retry_after=seconds)


async def refund(redis: Any, limit: Limit, *subject: object) -> None:
    """Take a successful attempt back: earlier failures stay counted."""
    await _fail_open(redis.eval(REFUND, 1, limit.key(*subject)))


async def forget(redis: Any, limit: Limit, *subject: object) -> None:
    """Forget the subject's attempts."""
    await _fail_open(redis.delete(limit.key(*subject)))


def network(address: str | None) -> str | None:
    """What counts as one address: an IPv4 address, or the /64 that an IPv6 customer has to itself.

    None for the machine's own: that is a laptop, or a proxy through which everybody comes, and must not shut all out.
    """
    try:
        parsed = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if parsed.is_loopback:
        return None
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(parsed)


async def _fail_open(answer: Awaitable[Any]) -> Any:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            return await answer
    except (RedisError, OSError, TimeoutError) as error:
        log.warning("log-in throttling is off: Valkey does not answer", error=str(error) or type(error).__name__)
        return None
