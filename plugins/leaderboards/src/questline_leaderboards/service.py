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
from questline_leaderboards.store import BoardKeys, BoardStore, Place, Reading
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


async def refresh(ctx: Context, user_id: UUID, *, entry_id: UUID | None = None) -> None:
    """Bring a user's places up to the ledger and their preference. Repeating it changes nothing.

    Updates of one user wait for each other, so the last to write has read everything committed before it. The
    browsers of the tenant are told at most once a second (see `Changed` for what follows from that).
    """
    locked = await ctx.session.execute(queries.LOCK_AND_READ, {"name": lock_name(ctx, user_id), "user_id": user_id})
    boards = boards_at(ctx.now)
    totals = [None] * len(boards) if locked.one().opted_out else await totals_on(ctx, user_id, boards)
    standings, first = await BoardStore(ctx.redis).place_and_ask(
        [keys_of(ctx, board) for board in boards],
        user_id,
        totals,
        changed=ctx.redis_key("leaderboards", "changed"),
        every_ms=CHANGED_EVERY_MS,
    )
    if first:
        ctx.send_live("leaderboards.changed", Changed(periods=[board.period for board in boards]))
    places = [
        MovedPlace(period=board.period, rank=standing.rank, points=total.total, total=standing.total)
        for board, total, standing in zip(boards, totals, standings, strict=True)
        if total is not None and standing is not None
    ]
    if entry_id is not None and places:
        ctx.send_live("leaderboards.moved", Moved(entry_id=entry_id, places=places), user_id=user_id)


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
            _line(place, user_id, cards.get(place.user_id), chosen.get(place.user_id))
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


def _line(place: Place, viewer: UUID, card: UserCard | None, chosen: PreferenceRow | None) -> PlaceView:
    pseudonym = chosen.pseudonym if chosen else None
    secret = pseudonym is not None and place.user_id != viewer
    return PlaceView(
        rank=place.rank,
        user_id=None if secret else place.user_id,
        name=pseudonym or (card.display_name if card else ""),
        avatar_url=None if pseudonym or card is None else card.avatar_url,
        points=place.points,
        is_me=place.user_id == viewer,
        pseudonymous=pseudonym is not None,
    )
