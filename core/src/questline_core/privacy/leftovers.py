"""What is removed after the database has forgotten a person: their blobs, and what Valkey holds of them."""

from collections.abc import Awaitable
from typing import Any, cast

import msgspec

from questline_core.context import HostContext
from questline_core.storage.counted import delete_blob

SCAN = 1000


class Leftovers(msgspec.Struct, frozen=True, kw_only=True):
    """What is still to be removed: blobs by key, and entries of Valkey that name one of the words."""

    blobs: list[str] = []
    words: list[str] = []


class Removed(msgspec.Struct, frozen=True, kw_only=True):
    """How much was removed."""

    blobs: int
    cached: int


async def remove_leftovers(ctx: HostContext, left: Leftovers) -> Removed:
    """Remove what is left; doing it again does no harm."""
    for key in left.blobs:
        await delete_blob(ctx, key)
    return Removed(blobs=len(left.blobs), cached=await _forget_cached(ctx, left.words))


async def _forget_cached(ctx: HostContext, words: list[str]) -> int:
    """Remove from Valkey the tenant's keys that name a person, and the entries in others that do."""
    redis, removed = ctx.host.redis, 0
    async for key in redis.scan_iter(match=f"questline:{ctx.tenant_id}:*", count=SCAN):
        name = key.decode() if isinstance(key, bytes) else str(key)
        if any(word in name for word in words):
            removed += int(await redis.delete(key))
        else:
            removed += await _forget_in(redis, key, words)
    return removed


async def _forget_in(redis: Any, key: Any, words: list[str]) -> int:
    kind = await redis.type(key)
    kind = kind.decode() if isinstance(kind, bytes) else kind
    if kind == "string":
        value = await redis.get(key)
        return int(await redis.delete(key)) if value is not None and _names(value, words) else 0
    if kind in {"zset", "hash", "set"}:
        scan = {"zset": redis.zscan_iter, "hash": redis.hscan_iter, "set": redis.sscan_iter}[kind]
        drop = {"zset": redis.zrem, "hash": redis.hdel, "set": redis.srem}[kind]
        found = [each async for each in scan(key, count=SCAN)]
        gone = [
            each[0] if kind != "set" else each
            for each in found
            if any(_names(part, words) for part in (each if kind != "set" else (each,)))
        ]
        return int(await cast("Awaitable[int]", drop(key, *gone))) if gone else 0
    if kind in {"list", "stream"}:
        text = repr(await (redis.lrange(key, 0, -1) if kind == "list" else redis.xrange(key)))
        return int(await redis.delete(key)) if any(word in text for word in words) else 0
    return 0


def _names(value: Any, words: list[str]) -> bool:
    shown = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return any(word in shown for word in words)
