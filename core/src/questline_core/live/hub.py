"""The live stream's switchboard: Valkey pub/sub in, one bounded queue per open browser tab out."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import msgspec
import redis.asyncio as redis
import structlog
from redis.exceptions import RedisError

from questline_core.observability.metrics import LIVE_CONNECTIONS
from questline_core.valkey import connect

CHANNEL = "questline:live"
QUEUE_SIZE = 200
RETRY_SECONDS = 0.5
log = structlog.get_logger()


class LiveMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message for a user's open tabs, or for everybody's of the tenant."""

    tenant_id: UUID
    topic: str
    data: Any
    user_id: UUID | None = None


DECODER = msgspec.json.Decoder(LiveMessage)


class Subscriber:
    """One open stream. Where the reader is too slow, the oldest messages give way: they only say what to fetch."""

    def __init__(self, user_id: UUID) -> None:
        self.user_id = user_id
        self.queue: asyncio.Queue[LiveMessage | None] = asyncio.Queue(QUEUE_SIZE)
        """What to send; None ends the stream."""

    def offer(self, message: LiveMessage) -> None:
        """Queue a message if it is for this user."""
        if message.user_id not in (None, self.user_id):
            return
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(message)

    def end(self) -> None:
        """End the stream; what waits is left to the fetch that follows its loss."""
        if self.queue.full():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class LiveHub:
    """Sends messages to every process and hands those that arrive to the streams of their tenant."""

    def __init__(self, redis_url: str) -> None:
        self._publisher = connect(redis_url, answer_within=2, connect_within=1)
        self._redis_url = redis_url
        self._subscribers: defaultdict[UUID, set[Subscriber]] = defaultdict(set)
        self._closed = False

    async def send(self, messages: list[LiveMessage]) -> None:
        """Publish messages; where Valkey is down they are lost, and the pages catch up when they next read."""
        try:
            pipeline = self._publisher.pipeline(transaction=False)
            for message in messages:
                pipeline.publish(CHANNEL, msgspec.json.encode(message))
            await pipeline.execute()
        except (RedisError, OSError) as error:
            log.warning("live messages lost", count=len(messages), error=str(error))

    @asynccontextmanager
    async def subscribe(self, tenant_id: UUID, user_id: UUID) -> AsyncIterator[Subscriber]:
        """Receive a user's messages for as long as the block lasts."""
        subscriber = Subscriber(user_id)
        self._subscribers[tenant_id].add(subscriber)
        if self._closed:
            subscriber.end()
        LIVE_CONNECTIONS.inc()
        try:
            yield subscriber
        finally:
            LIVE_CONNECTIONS.dec()
            self._subscribers[tenant_id].discard(subscriber)
            if not self._subscribers[tenant_id]:
                del self._subscribers[tenant_id]

    def end(self, tenant_id: UUID) -> None:
        """End the streams of a tenant."""
        for subscriber in tuple(self._subscribers.get(tenant_id, ())):
            subscriber.end()

    def close(self) -> None:
        """End every stream, as this process is about to; the browsers open theirs again on another."""
        self._closed = True
        for subscribers in tuple(self._subscribers.values()):
            for subscriber in tuple(subscribers):
                subscriber.end()

    async def run(self) -> None:
        """Pass on what arrives, for ever; reconnect when Valkey comes back."""
        try:
            while True:
                with suppress(RedisError, OSError):
                    await self._receive()
                await asyncio.sleep(RETRY_SECONDS)
        finally:
            await self._publisher.aclose()

    async def _receive(self) -> None:
        client = redis.Redis.from_url(self._redis_url, socket_timeout=None, health_check_interval=10)
        async with client, client.pubsub(ignore_subscribe_messages=True) as channel:
            await channel.subscribe(CHANNEL)
            async for raw in channel.listen():
                self._pass_on(raw["data"])

    def _pass_on(self, data: bytes) -> None:
        try:
            message = DECODER.decode(data)
        except msgspec.DecodeError as error:
            log.warning("live message not understood", error=str(error))
            return
        for subscriber in tuple(self._subscribers.get(message.tenant_id, ())):
            subscriber.offer(message)
