"""Connections to Valkey: what has closed is opened again at once, and where Valkey is down nobody waits for it."""

import redis.asyncio as redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

ONE_RETRY = Retry(NoBackoff(), 1)
"""A connection that Valkey has closed is replaced at once; where Valkey is down, no answer waits for it."""


def connect(url: str, *, answer_within: float, connect_within: float) -> redis.Redis:
    """A client that tries twice and gives up after so many seconds."""
    return redis.Redis.from_url(
        url, socket_timeout=answer_within, socket_connect_timeout=connect_within, retry=ONE_RETRY
    )
