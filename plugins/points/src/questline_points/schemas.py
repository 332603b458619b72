"""What the API of points takes and answers."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from questline_points.settings import Level
from questline_sdk.conditions import Condition

Amount = Annotated[int, Meta(ge=1, le=1_000_000)]


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """Where a user stands; `today` and `week` count from midnight and from Monday in their time zone."""

    balance: int
    level: Level
    next_level: Level | None
    today: int
    week: int


class Levels(msgspec.Struct, frozen=True, kw_only=True):
    """Every level, lowest first."""

    levels: tuple[Level, ...]


class EntryView(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a user's ledger."""

    id: UUID
    amount: int
    reason: str
    rule: str
    occurred_at: dt.datetime
    balance_after: int


class Cap(msgspec.Struct, frozen=True, kw_only=True):
    """The most a rule awards one user in a day, week or month of their time zone, or ever."""

    per: Literal["day", "week", "month", "ever"]
    amount: Amount


class RuleInput(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as an administrator writes it."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    event: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+\.v[0-9]+$", max_length=120)]
    amount: Amount
    condition: Condition | None = None
    cap: Cap | None = None
    cooldown_seconds: Annotated[int, Meta(ge=1, le=31_536_000)] | None = None
    enabled: bool = True


class RuleView(msgspec.Struct, frozen=True, kw_only=True):
    """A rule as it is kept."""

    id: UUID
    name: str
    event: str
    amount: int
    condition: Condition | None
    cap: Cap | None
    cooldown_seconds: int | None
    enabled: bool


class EventTypeView(msgspec.Struct, frozen=True, kw_only=True):
    """An event type and the fields of its data that a condition may compare."""

    type: str
    fields: list[str]


class EventTypes(msgspec.Struct, frozen=True, kw_only=True):
    """The event types to choose from; others may be named, too."""

    event_types: list[EventTypeView]
