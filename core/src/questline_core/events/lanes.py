"""Lanes: event messages of one plugin and tenant that wait together are applied in one transaction.

A message costs a transaction's begin, its delivery note and its commit besides what its handler does; under load those
are most of it. What waits while one transaction runs goes into the next, so an idle lane adds no delay. Where one
message of a transaction fails, nothing of it is kept and each is run on its own, as if it had come alone.
"""

import asyncio
from itertools import groupby
from uuid import UUID

import msgspec
from sqlalchemy import text

from questline_core.context import HostContext
from questline_core.events.delivery import Work, apply, run_message
from questline_core.events.queue import Message
from questline_core.host import Host

TOGETHER = 30
"""Messages in one transaction at most: what one failure may make run twice."""

NOTE = text(
    "INSERT INTO core.delivery (message_id, handler) "
    "SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:handlers AS text[])) "
    "ON CONFLICT DO NOTHING RETURNING message_id, handler"
)
"""One statement for any number of messages, so that it is prepared once."""


class Waiting(msgspec.Struct, frozen=True):
    """A message in a lane, and where its outcome goes."""

    message: Message
    work: Work
    payload: bytes
    outcome: "asyncio.Future[str]"


class SeparateError(Exception):
    """These messages cannot be applied together."""


class Lanes:
    """The lanes of one worker, each for as long as something waits in it."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._waiting: dict[tuple[str, UUID], list[Waiting]] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def run(self, message: Message, work: Work, payload: bytes) -> str:
        """Apply a message's effects once, together with its neighbours; returns as `run_message`."""
        waiting = Waiting(message, work, payload, asyncio.get_running_loop().create_future())
        key = (message.plugin_id, message.tenant_id)
        lane = self._waiting.get(key)
        if lane is None:
            self._waiting[key] = [waiting]
            task = asyncio.create_task(self._serve(key))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        else:
            lane.append(waiting)
        return await waiting.outcome

    async def _serve(self, key: tuple[str, UUID]) -> None:
        lane = self._waiting[key]
        while lane:
            together, lane[:] = lane[:TOGETHER], lane[TOGETHER:]
            if len(together) == 1:
                await self._run_alone(together[0])
                continue
            try:
                outcomes = await self._apply(together)
            except Exception:  # noqa: BLE001  each tells its own error when it is run alone
                await asyncio.gather(*(self._run_alone(each) for each in together))
            else:
                for each, outcome in zip(together, outcomes, strict=True):
                    if not each.outcome.done():
                        each.outcome.set_result(outcome)
        del self._waiting[key]

    async def _apply(self, together: list[Waiting]) -> list[str]:
        first = together[0].message
        if first.plugin_id not in await self._host.enablement.of(first.tenant_id):
            raise SeparateError
        await self._host.tenants.open(first.tenant_id)
        async with HostContext(self._host, first.tenant_id) as ctx:
            notes = {
                "ids": [each.message.id for each in together],
                "handlers": [each.message.handler for each in together],
            }
            new = {(row.message_id, row.handler) for row in await ctx.session.execute(NOTE, notes)}
            outcomes, fresh = [], []
            for each in together:
                note = (each.message.id, each.message.handler)
                outcomes.append("done" if note in new else "repeated")
                if note in new:
                    new.discard(note)
                    fresh.append(each)
            for _, run in groupby(fresh, key=lambda each: each.message.handler):
                neighbours = list(run)
                await apply(ctx, neighbours[0].work, [each.message for each in neighbours])
            return outcomes

    async def _run_alone(self, waiting: Waiting) -> None:
        try:
            outcome = await run_message(self._host, waiting.message, waiting.work, waiting.payload)
        except Exception as error:  # noqa: BLE001  handed to who waits
            if not waiting.outcome.done():
                waiting.outcome.set_exception(error)
        else:
            if not waiting.outcome.done():
                waiting.outcome.set_result(outcome)
