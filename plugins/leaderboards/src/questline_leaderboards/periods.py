"""The boards of a tenant at a moment: of all time, of this month and of this ISO week, both in UTC."""

import datetime as dt
from typing import Literal

import msgspec

from questline_sdk.calendar import end_of, start_of

Period = Literal["all", "month", "week"]


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """One board: `name` tells this month's from last month's; `starts_at` inclusive, `ends_at` exclusive."""

    period: Period
    name: str
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None


def board_at(period: Period, now: dt.datetime) -> Board:
    """The board that is current at a moment."""
    if period == "all":
        return Board(period="all", name="all")
    starts_at = start_of(period, now)
    name = f"month:{starts_at:%Y-%m}" if period == "month" else f"week:{starts_at:%G-W%V}"
    return Board(period=period, name=name, starts_at=starts_at, ends_at=end_of(period, now))


def boards_at(now: dt.datetime) -> list[Board]:
    """Every board that is current at a moment."""
    return [board_at("all", now), board_at("month", now), board_at("week", now)]
