"""The boards of a tenant: keeping them equal to the ledger, and showing them."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import ClassVar
from uuid import UUID

from questline_leaderboards import queries
from questline_leaderboards.builder import Builder, totals_on
from questline_leaderboards.periods import Board, Period, board_at, boards_at
from questline_leaderboards.queries import PreferenceRow
from questline_leaderboards.schemas import BoardView, Changed, Moved, MovedPlace, OwnPlace, PlaceView
from questline_leaderboards.settings import LeaderboardsSettings
from questline_leaderboards.store import BoardKeys, BoardStore, Place, Reading, Totals
from questline_sdk import Context, QuestlineError
from questline_sdk.services import UserCard, UserDirectory

BUILD_WAIT_SECONDS = 8.0
"""How long a reader waits for another process that builds the board."""
BUILD_POLL_SECONDS = 0.05
CHANGED_EVERY_MS = 1000


class BoardNotReadyError(QuestlineError):
    """Another process is building the board and has not finished."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "Unavailable"
    default_code: ClassVar[str] = "board_not_ready"


def keys_of(ctx: Context, board: Board) -> BoardKeys:
    """Where a board lies in Valkey."""
    tag = f"{{{ctx.tenant_id}/{board.name}}}"

    def key(name: str) -> str:
        return ctx.redis_key("leaderboards", tag, name)

    return BoardKeys(
        order=key("order"),
        places=key("places"),
        building=key("building"),
        missed=key("missed"),
        new_order=key("new-order"),
        new_places=key("new-places"),
        ends_at=board.ends_at,
    )


def lock_name(ctx: Context, user_id: UUID) -> str:
    """What updates of one user's places and preference wait for."""
    return f"leaderboards/{ctx.tenant_id}/{user_id}"


async def refresh(ctx: Context, entries: Mapping[UUID, Sequence[UUID]]) -> None:
    """Bring users' places up to the ledger and their preferences. Repeating it changes nothing.

    Each user is told where the ledger entries given with them led to. Updates of one user wait for each other, so the
    last to write has read everything committed before it. The browsers of the tenant are told at most once a second
    (see `Changed` for what follows from that).
    """
    boards = boards_at(ctx.now)
    totals = await _totals(ctx, sorted(entries), boards)
    standings, first = await BoardStore(ctx.redis).place_and_ask(
        [keys_of(ctx, board) for board in boards],
        totals,
        changed=ctx.redis_key("leaderboards", "changed"),
        every_ms=CHANGED_EVERY_MS,
    )
    if first:
        ctx.send_live("leaderboards.changed", Changed(periods=[board.period for board in boards]))
    for user_id, entry_ids in entries.items():
        places = [
            MovedPlace(period=board.period, rank=standing.rank, points=total.total, total=standing.total)
            for board, total, standing in zip(boards, totals[user_id], standings[user_id], strict=True)
            if total is not None and standing is not None
        ]
        for entry_id in entry_ids if places else ():
            ctx.send_live("leaderboards.moved", Moved(entry_id=entry_id, places=places), user_id=user_id)


async def _totals(ctx: Context, user_ids: Sequence[UUID], boards: Sequence[Board]) -> Totals:
    """What users have on each board; locks them first, in one order, so that two updates never wait for each other."""
    names = {lock_name(ctx, user_id): user_id for user_id in user_ids}
    locked = await ctx.session.execute(queries.LOCK_AND_READ, {"names": list(names), "user_ids": list(names.values())})
    hidden = {row.user_id for row in locked if row.opted_out}
    shown = [user_id for user_id in user_ids if user_id not in hidden]
    found = await totals_on(ctx, shown, boards) if shown else {}
    return {user_id: found.get(user_id, [None] * len(boards)) for user_id in user_ids}


async def forget_boards(ctx: Context) -> None:
    """Drop the boards, which may have missed awards; the next read builds them."""
    await BoardStore(ctx.redis).forget([keys_of(ctx, board) for board in boards_at(ctx.now)])


async def board_view(ctx: Context, period: Period, user_id: UUID, *, around: bool) -> BoardView:
    """A board as a user sees it; built first where it is missing. Raises `BoardNotReadyError`."""
    board = board_at(period, ctx.now)
    settings = await ctx.settings(LeaderboardsSettings)
    reading = await _read(ctx, board, user_id, top=settings.top, neighbours=settings.neighbours)
    own = next((place for place in reading.around if place.user_id == user_id), None)
    around_places = reading.around if around else []
    ids = list({place.user_id for place in (*reading.top, *around_places)})
    cards: Mapping[UUID, UserCard] = await ctx.service(UserDirectory).cards(ids) if ids else {}
    chosen = {row.user_id: row for row in await ctx.fetch(queries.PREFERENCES, user_ids=ids)} if ids else {}

    def show(places: Sequence[Place]) -> list[PlaceView]:
        # Someone who has just left is still on the board for a moment, but never shown on it.
        return [
            _line(
                place, user_id, cards[place.user_id], _pseudonym(place, cards, chosen, everybody=settings.pseudonymous)
            )
            for place in places
            if place.user_id in cards and not (place.user_id in chosen and chosen[place.user_id].opted_out)
        ]

    hidden = user_id in chosen and chosen[user_id].opted_out
    return BoardView(
        period=period,
        starts_at=board.starts_at,
        ends_at=board.ends_at,
        total=reading.total,
        top=show(reading.top),
        me=OwnPlace(rank=own.rank, points=own.points) if own and not hidden else None,
        around=show(around_places),
    )


async def _read(ctx: Context, board: Board, user_id: UUID, *, top: int, neighbours: int) -> Reading:
    store, keys = BoardStore(ctx.redis), keys_of(ctx, board)
    deadline = time.monotonic() + BUILD_WAIT_SECONDS
    while True:
        reading = await store.read(keys, user_id, top=top, around=neighbours)
        if reading is not None:
            return reading
        if await Builder(ctx, store, board, keys).build():
            continue
        if time.monotonic() > deadline:
            raise BoardNotReadyError("The leaderboard is being counted; try again in a moment.", retry_after=2)
        await asyncio.sleep(BUILD_POLL_SECONDS)


def _pseudonym(
    place: Place, cards: Mapping[UUID, UserCard], chosen: Mapping[UUID, PreferenceRow], *, everybody: bool
) -> str | None:
    own = chosen[place.user_id].pseudonym if place.user_id in chosen else None
    return own or (cards[place.user_id].pseudonym if everybody else None)


def _line(place: Place, viewer: UUID, card: UserCard, name: str | None) -> PlaceView:
    made_up = name is not None or card.hidden
    return PlaceView(
        rank=place.rank,
        user_id=None if made_up and place.user_id != viewer else place.user_id,
        name=name or card.display_name,
        avatar_url=None if name else card.avatar_url,
        points=place.points,
        is_me=place.user_id == viewer,
        pseudonymous=made_up,
    )
