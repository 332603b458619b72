"""Lanes: the calls of a tenant that wait to be reserved or settled go to the database together.

Each reservation changes the same rows of budgets, which stay locked until the commit has reached the disk. One after
the other, calls of the same moment would each wait for the disks' answers to all before them; together they wait for
one. A process has at most one connection of a tenant at work here.
"""

import asyncio
import time
from contextvars import Context as Variables
from uuid import UUID

import msgspec
import structlog

from questline_ai import ledger
from questline_ai.ledger import NewCall, Outcome
from questline_sdk import Context
from questline_sdk.services import Transactions

log = structlog.get_logger()
TOGETHER = 100
PATIENCE = 0.05
"""Seconds after which settlements go first, though calls wait to be reserved."""
_lanes: dict[UUID, "Lane"] = {}
_working: set[asyncio.Task[None]] = set()


class _New(msgspec.Struct, eq=False):
    call: NewCall
    done: asyncio.Future[None]


class _End(msgspec.Struct, eq=False):
    call_id: UUID
    outcome: Outcome
    done: asyncio.Future[bool]
    since: float


class Lane:
    """What waits for one tenant; exists while something does."""

    def __init__(self, tenant_id: UUID, transactions: Transactions) -> None:
        self.loop = asyncio.get_running_loop()
        self._tenant_id = tenant_id
        self.news: list[_New] = []
        self.ends: list[_End] = []
        self._transactions = transactions

    async def work(self) -> None:
        """Write until nothing waits."""
        try:
            while self.news or self.ends:
                if self.news and not (self.ends and time.monotonic() - self.ends[0].since > PATIENCE):
                    news, self.news = self.news[:TOGETHER], self.news[TOGETHER:]
                    await self._reserve(news)
                else:
                    ends, self.ends = self.ends[:TOGETHER], self.ends[TOGETHER:]
                    await self._settle(ends)
        finally:
            if _lanes.get(self._tenant_id) is self:
                del _lanes[self._tenant_id]
            for new in self.news:  # the process is leaving
                new.done.cancel()
            for end in self.ends:
                end.done.cancel()

    async def _reserve(self, news: list[_New]) -> None:
        try:
            async with self._transactions.begin() as own:
                await ledger.reserve(own, [each.call for each in news])
        except Exception as error:  # noqa: BLE001  given to who waits for it
            if len(news) > 1:  # perhaps not all of them together, but some of them
                for each in news:
                    await self._reserve([each])
                return
            for each in news:
                _fail(each.done, error)
        else:
            for each in news:
                if not each.done.done():
                    each.done.set_result(None)

    async def _settle(self, ends: list[_End]) -> None:
        try:
            async with self._transactions.begin() as own:
                counted = await ledger.settle(own, {each.call_id: each.outcome for each in ends})
        except Exception as error:
            if len(ends) > 1:
                for each in ends:
                    await self._settle([each])
                return
            # The reservations stand, and the sweep will end them.
            log.exception("a call of AI could not be settled", call_ids=[str(each.call_id) for each in ends])
            for each in ends:
                _fail(each.done, error)
        else:
            for each in ends:
                if not each.done.done():
                    each.done.set_result(each.call_id in counted)


async def reserve(ctx: Context, call: NewCall) -> None:
    """Reserve a call with those that wait; raises `BudgetExceeded`. A cancelled caller's reservation is released."""
    lane = _lane(ctx)
    waiting = _New(call, lane.loop.create_future())
    lane.news.append(waiting)
    try:
        await asyncio.shield(waiting.done)
    except asyncio.CancelledError:
        if waiting in lane.news:
            lane.news.remove(waiting)
            waiting.done.cancel()
        else:
            waiting.done.add_done_callback(lambda done: _release(ctx, call.id, done))
        raise


async def settle(ctx: Context, call_id: UUID, outcome: Outcome) -> bool:
    """Settle a call with those that wait; goes on to its end even where the caller is cancelled meanwhile."""
    lane = _lane(ctx)
    waiting = _End(call_id, outcome, lane.loop.create_future(), time.monotonic())
    lane.ends.append(waiting)
    return await asyncio.shield(waiting.done)


async def settled() -> None:
    """Wait until nothing is under way."""
    while _working:
        await asyncio.gather(*_working)


def _lane(ctx: Context) -> Lane:
    lane = _lanes.get(ctx.tenant_id)
    if lane is None or lane.loop is not asyncio.get_running_loop():
        lane = _lanes[ctx.tenant_id] = Lane(ctx.tenant_id, ctx.service(Transactions))
        # In no caller's variables: what is written belongs to many.
        task = asyncio.create_task(lane.work(), context=Variables())
        _working.add(task)
        task.add_done_callback(_working.discard)
    return lane


def _release(ctx: Context, call_id: UUID, done: asyncio.Future[None]) -> None:
    if done.cancelled() or done.exception() is not None:
        return
    lane = _lane(ctx)
    lane.ends.append(_End(call_id, Outcome(status="cancelled"), lane.loop.create_future(), time.monotonic()))


def _fail(done: "asyncio.Future[None] | asyncio.Future[bool]", error: Exception) -> None:
    if not done.done():
        done.set_exception(error)
        done.exception()  # whoever still waits for it gets it; nobody may be left
