"""The boards in Valkey: exact places, updated and read in one round trip each."""

import datetime as dt
import enum
import hashlib
import struct
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from redis.exceptions import NoScriptError

from questline_leaderboards import scripts
from questline_points.api import UserTotal

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)
GRACE = dt.timedelta(days=2)
"""How long a board stays after its period has ended."""
AT_ONCE = 1000
"""Places added in one script, so that nobody else waits long for the server."""
LEFTOVER_MS = 600_000
"""How long the halves of a board stay whose builder has died."""


class BoardKeys(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of one board; they share a hash tag, so that a cluster keeps them together."""

    order: str
    places: str
    building: str
    missed: str
    new_order: str
    new_places: str
    ends_at: dt.datetime | None = None

    @property
    def expires_at(self) -> str:
        """When Valkey may forget the board, in ms since 1970; empty for never."""
        return "" if self.ends_at is None else str((self.ends_at + GRACE - EPOCH) // dt.timedelta(milliseconds=1))


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a board."""

    rank: int
    user_id: UUID
    points: int


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a read finds: the board's size, its top, and the places around one user, who is among them if ranked."""

    total: int
    top: list[Place]
    around: list[Place]
    rank: int | None


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where an update left a user."""

    rank: int
    total: int


Totals = Mapping[UUID, Sequence[UserTotal | None]]
"""What users have on each of some boards, in the boards' order."""
Standings = Mapping[UUID, Sequence[Standing | None]]
"""Where an update left them."""


def member_of(total: UserTotal) -> bytes:
    """The user's member in the sorted set: when they reached their total (8 bytes, us since 1970), then their id.

    The score is the negative total, so ascending order is: most points first; among equals, who was there first; in
    the very same microsecond, the smaller id. Valkey orders members of equal score by their bytes, so nothing is
    squeezed into the score: it is an integer that a double holds exactly up to 2**53 points, and the time keeps
    PostgreSQL's own resolution. `ORDER BY total DESC, reached_at, user_id` is the same order.
    """
    return struct.pack(">Q", (total.reached_at - EPOCH) // MICROSECOND) + total.user_id.bytes


class Finish(enum.IntEnum):
    """What came of putting a built board in service."""

    DONE = 1
    MOVED = 0
    """Somebody has moved since; take them over and try again."""
    LOST = -1
    """Another process builds this board by now."""


class BoardStore:
    """Runs the scripts, loading those that the server does not know."""

    def __init__(self, redis: Any) -> None:
        self.redis = redis

    async def place(self, boards: Sequence[BoardKeys], totals: Totals) -> Standings:
        """Set users' totals on each board (None removes them); None where a board has to be built first."""
        return _standings(totals, await self.run_all(_placing(boards, totals)))

    async def place_and_ask(
        self, boards: Sequence[BoardKeys], totals: Totals, *, changed: str, every_ms: int
    ) -> tuple[Standings, bool]:
        """Like `place`, and say whether this change is the first since `every_ms` to be announced."""
        *answers, first = await self.run_all([*_placing(boards, totals), (scripts.ANNOUNCE, (changed,), (every_ms,))])
        return _standings(totals, answers), bool(first)

    async def read(self, keys: BoardKeys, user_id: UUID, *, top: int, around: int) -> Reading | None:
        """Read the top and the places around a user; None where the board has to be built first."""
        answer = await self.run(scripts.READ, (keys.order, keys.places), (user_id.bytes, top, around))
        if answer is None:
            return None
        total, leaders, rank, first, neighbours = answer
        return Reading(total=total, top=_places(leaders, 1), around=_places(neighbours, first), rank=rank or None)

    async def add(self, new: tuple[str, str], totals: Sequence[UserTotal]) -> None:
        """Add places to the two halves of a board that is being built."""
        for start in range(0, len(totals), AT_ONCE):
            part = totals[start : start + AT_ONCE]
            records = b"".join(struct.pack("<d", score_of(total)) + member_of(total) for total in part)
            await self.run(scripts.ADD_NEW, new, (records, LEFTOVER_MS))

    async def finish(self, keys: BoardKeys, new: tuple[str, str], token: str) -> "Finish":
        """Put a built board in service, if the lock still holds this token and nobody has moved since."""
        everything = (keys.order, keys.places, keys.building, keys.missed, *new)
        return Finish(await self.run(scripts.FINISH, everything, (token, keys.expires_at)))

    async def forget(self, boards: Sequence[BoardKeys]) -> None:
        """Drop boards; the next read builds them again."""
        for keys in boards:
            await self.redis.delete(keys.order, keys.places, keys.building)

    async def run(self, script: str, keys: Sequence[str], arguments: Sequence[Any]) -> Any:
        """Run one script."""
        return (await self.run_all([(script, keys, arguments)]))[0]

    async def run_all(self, calls: Sequence[tuple[str, Sequence[str], Sequence[Any]]]) -> list[Any]:
        """Run scripts in one round trip; all of them can be repeated, so an unknown one is loaded and all run again."""
        try:
            return await self._send(calls)
        except NoScriptError:
            for script in {script for script, _, _ in calls}:
                await self.redis.script_load(script)
            return await self._send(calls)

    async def _send(self, calls: Sequence[tuple[str, Sequence[str], Sequence[Any]]]) -> list[Any]:
        pipeline = self.redis.pipeline(transaction=False)
        for script, keys, arguments in calls:
            pipeline.evalsha(_digest(script), len(keys), *keys, *arguments)
        answers: list[Any] = await pipeline.execute()
        return answers


def score_of(total: UserTotal) -> int:
    """The score of a total: negative, so that the set's own order is the board's."""
    return -total.total


def _placing(boards: Sequence[BoardKeys], totals: Totals) -> list[tuple[str, Sequence[str], Sequence[Any]]]:
    return [
        (scripts.PLACE, (keys.order, keys.places, keys.building, keys.missed), _arguments(user_id, total, keys))
        for user_id, own in totals.items()
        for keys, total in zip(boards, own, strict=True)
    ]


def _standings(totals: Totals, answers: Sequence[Any]) -> Standings:
    rest = iter(answers)
    return {user_id: [_standing(next(rest)) for _ in own] for user_id, own in totals.items()}


def _standing(answer: Any) -> Standing | None:
    return None if answer is None else Standing(rank=answer[0], total=answer[1])


def _arguments(user_id: UUID, total: UserTotal | None, keys: BoardKeys) -> tuple[Any, ...]:
    if total is None:
        return (user_id.bytes, "", "", keys.expires_at)
    return (user_id.bytes, score_of(total), member_of(total), keys.expires_at)


def _places(flat: Sequence[bytes], first: int) -> list[Place]:
    return [
        Place(rank=first + place, user_id=UUID(bytes=flat[at][8:]), points=-int(float(flat[at + 1])))
        for place, at in enumerate(range(0, len(flat), 2))
    ]


_DIGESTS: dict[str, str] = {}


def _digest(script: str) -> str:
    digest = _DIGESTS.get(script)
    if digest is None:
        digest = _DIGESTS[script] = hashlib.sha1(script.encode(), usedforsecurity=False).hexdigest()
    return digest
