"""Group commit: what many requests write at one moment is written in one transaction, and each waits for its part."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar
from uuid import UUID
from weakref import WeakKeyDictionary

from questline_sdk import Context
from questline_sdk.services import Transactions

T = TypeVar("T")
R = TypeVar("R")
MOST = 100


class Lane(Generic[T, R]):
    """What waits to be written for one tenant."""

    def __init__(self) -> None:
        self.waiting: list[tuple[T, asyncio.Future[R]]] = []
        self.task: asyncio.Task[None] | None = None


class GroupCommit(Generic[T, R]):
    """Writes what comes in while the transaction before commits, all at once.

    Nobody waits for company: the first is written at once, and those who come meanwhile after it.
    """

    def __init__(self, write: Callable[[Context, Sequence[T]], Awaitable[Sequence[R]]]) -> None:
        self._write = write
        self._lanes: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[UUID, Lane[T, R]]] = WeakKeyDictionary()

    async def put(self, ctx: Context, item: T) -> R:
        """Write an item; returns, or raises, when it is committed."""
        loop = asyncio.get_running_loop()
        lanes = self._lanes.setdefault(loop, {})
        lane = lanes.setdefault(ctx.tenant_id, Lane())
        outcome: asyncio.Future[R] = loop.create_future()
        lane.waiting.append((item, outcome))
        if lane.task is None:
            lane.task = loop.create_task(self._run(ctx.service(Transactions), lanes, ctx.tenant_id))
        return await outcome

    async def _run(self, transactions: Transactions, lanes: dict[UUID, Lane[T, R]], tenant_id: UUID) -> None:
        lane = lanes[tenant_id]
        try:
            while lane.waiting:
                batch, lane.waiting = lane.waiting[:MOST], lane.waiting[MOST:]
                await self._commit(transactions, batch)
        finally:
            for _, outcome in lane.waiting:
                outcome.cancel()
            del lanes[tenant_id]

    async def _commit(self, transactions: Transactions, batch: list[tuple[T, "asyncio.Future[R]"]]) -> None:
        try:
            async with transactions.begin() as own:
                results = await self._write(own, [item for item, _ in batch])
        except Exception as error:  # noqa: BLE001  each gets its own, where they were together
            if len(batch) > 1:
                for each in batch:
                    await self._commit(transactions, [each])
            elif not batch[0][1].done():
                batch[0][1].set_exception(error)
            return
        for (_, outcome), result in zip(batch, results, strict=True):
            if not outcome.done():
                outcome.set_result(result)
