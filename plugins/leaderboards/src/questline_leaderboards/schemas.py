"""What the API of leaderboards takes and answers."""

import datetime as dt
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from questline_leaderboards.periods import Period


class PlaceView(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a board; a pseudonymous user's id and picture are shown to nobody else."""

    rank: int
    user_id: UUID | None
    name: str
    avatar_url: str | None
    points: int
    is_me: bool
    pseudonymous: bool


class OwnPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where one stands oneself."""

    rank: int
    points: int


class BoardView(msgspec.Struct, frozen=True, kw_only=True):
    """A board as one user sees it; `me` is null for who has no points in the period or has opted out."""

    period: Period
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    total: int
    top: list[PlaceView]
    me: OwnPlace | None
    around: list[PlaceView]


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """How one appears on the boards."""

    opted_out: bool = False
    pseudonym: Annotated[str, Meta(min_length=2, max_length=30, pattern=r"^\S(.*\S)?$")] | None = None


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """Live message `leaderboards.moved` to a user: where an award has brought them."""

    entry_id: UUID
    places: list["MovedPlace"]


class MovedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A user's place on one board."""

    period: Period
    rank: int
    points: int
    total: int


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """Live message `leaderboards.changed` to a tenant: these boards have changed.

    Sent at most once a second; what changes in the second after it is not announced again, so read now and once
    more a second later.
    """

    periods: list[Period]
