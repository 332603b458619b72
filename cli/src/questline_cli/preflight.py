"""Looks, before anything is started, whether the services that the settings name answer."""

from urllib.parse import urlsplit

import asyncpg
import redis.asyncio as redis
from redis.exceptions import RedisError

from questline_core.services import ServiceError
from questline_core.settings import Settings

SECONDS = 5


async def require_services(settings: Settings) -> None:
    """Connect to PostgreSQL and Valkey once; raises `ServiceError` naming the one that does not answer."""
    await _postgres(settings.require("database_url"))
    await _valkey(settings.require("redis_url"))


async def _postgres(url: str) -> None:
    try:
        connection = await asyncpg.connect(url, timeout=SECONDS)
        await connection.close()
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise _refusal("PostgreSQL", url, error) from error


async def _valkey(url: str) -> None:
    try:
        async with redis.Redis.from_url(url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS) as client:
            await client.ping()
    except (OSError, ValueError, RedisError) as error:
        raise _refusal("Valkey", url, error) from error


def _refusal(name: str, url: str, error: Exception) -> ServiceError:
    place = urlsplit(url).netloc.rpartition("@")[2] or url.partition("?")[0]
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return ServiceError(f"{name} at {place} does not answer: {reason}")
