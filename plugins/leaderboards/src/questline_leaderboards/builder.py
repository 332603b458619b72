"""Building a board from the ledger, in one process at a time, while points go on being awarded.

The builder takes a lock and reads one snapshot of the ledger into keys beside the board's. Whoever moves meanwhile
is noted in `missed` by the update itself; those are read again until none is left at the moment of the swap. A builder
that dies leaves no board, only a lock that runs out, so the next reader builds.
"""

import secrets
from collections.abc import Sequence
from uuid import UUID

from questline_leaderboards import queries, scripts
from questline_leaderboards.periods import Board
from questline_leaderboards.store import BoardKeys, BoardStore, Finish, Totals, member_of, score_of
from questline_points.api import PointsLedger
from questline_sdk import Context

LOCK_MS = 30_000


class LockLostError(Exception):
    """Another process builds this board by now."""


class Builder:
    """Builds one board once."""

    def __init__(self, ctx: Context, store: BoardStore, board: Board, keys: BoardKeys) -> None:
        self._ctx = ctx
        self._store = store
        self._redis = store.redis
        self._board = board
        token = secrets.token_hex(8)
        self._token = token
        self._keys = keys
        self._new = (f"{keys.new_order}:{token}", f"{keys.new_places}:{token}")
        self._ledger = ctx.service(PointsLedger)

    async def build(self) -> bool:
        """Build the board; False where another process is at it."""
        if not await self._redis.set(self._keys.building, self._token, nx=True, px=LOCK_MS):
            return False
        try:
            await self._redis.delete(self._keys.missed, *self._new)
            await self._copy_ledger()
            await self._catch_up()
        except LockLostError:
            return False
        finally:
            await self._store.run(scripts.RELEASE, (self._keys.building,), (self._token,))
            await self._redis.delete(*self._new)
        return True

    async def _copy_ledger(self) -> None:
        hidden = frozenset((await self._ctx.session.scalars(queries.OPTED_OUT)).all())
        async for totals in self._ledger.totals(self._board.starts_at):
            await self._store.add(self._new, [total for total in totals if total.user_id not in hidden])
            if not await self._store.run(scripts.KEEP, (self._keys.building,), (self._token, LOCK_MS)):
                raise LockLostError

    async def _catch_up(self) -> None:
        while True:
            for user in await self._store.run(scripts.TAKE_MISSED, (self._keys.missed,), ()):
                await self._read_again(UUID(bytes=user))
            outcome = await self._store.finish(self._keys, self._new, self._token)
            if outcome is Finish.DONE:
                return
            if outcome is Finish.LOST:
                raise LockLostError

    async def _read_again(self, user_id: UUID) -> None:
        hidden = await self._ctx.session.scalar(queries.IS_OPTED_OUT, {"user_id": user_id})
        (total,) = [None] if hidden else (await totals_on(self._ctx, [user_id], [self._board]))[user_id]
        arguments = (user_id.bytes, "", "") if total is None else (user_id.bytes, score_of(total), member_of(total))
        await self._store.run(scripts.PUT_NEW, self._new, arguments)


async def totals_on(ctx: Context, user_ids: Sequence[UUID], boards: Sequence[Board]) -> Totals:
    """Users' totals on each board; None where they have no points or are gone."""
    found = await ctx.service(PointsLedger).totals_of(user_ids, [board.starts_at for board in boards])
    return {
        user_id: [total if total is not None and total.total > 0 else None for total in totals]
        for user_id, totals in found.items()
    }
