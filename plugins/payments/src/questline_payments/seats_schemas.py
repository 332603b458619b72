"""What the API takes and gives of seats."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from questline_payments.schemas import Buyer, CourseRef

MOST_AT_ONCE = 200
SeatState = Literal["invited", "taken", "revoked"]
Email = Annotated[
    str,
    Meta(
        max_length=254,
        pattern=r"^[^\s@\x00]{1,64}@[^\s@.\x00]+(\.[^\s@.\x00]+)+$",
        description="An e-mail address.",
    ),
]


class SeatsView(msgspec.Struct, frozen=True, kw_only=True):
    """Seats that were bought together: how many there are, and how many are given, taken and free."""

    id: UUID
    order_id: UUID
    order_number: str
    subscription_id: UUID | None
    title: str
    courses: list[CourseRef]
    seats: int
    invited: int
    taken: int
    free: int
    mine: bool
    buyer: Buyer | None
    created_at: dt.datetime


class SeatPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Who has a seat; without an id where the reader must not know who it is."""

    id: UUID | None
    display_name: str


class SeatView(msgspec.Struct, frozen=True, kw_only=True):
    """A seat that was given to somebody; `seated` says whether there is one for it now."""

    id: UUID
    email: str | None
    person: SeatPerson | None
    by_code: bool
    state: SeatState
    seated: bool
    assigned_at: dt.datetime
    taken_at: dt.datetime | None
    ended_at: dt.datetime | None
    expires_at: dt.datetime | None


class SeatsInput(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to get a seat."""

    emails: Annotated[list[Annotated[str, Meta(max_length=254)]], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class ReassignInput(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to get the seat instead."""

    email: Email


class SeatInvitation(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an address; `path` leads to the seat on a site that sends no mail."""

    email: str
    outcome: Literal["invited", "has_seat"]
    path: str | None


class SeatInvitations(msgspec.Struct, frozen=True, kw_only=True):
    """What became of each address."""

    items: list[SeatInvitation]


class SeatCodeInput(msgspec.Struct, frozen=True, kw_only=True):
    """A code that is to take so many seats at most, for so long."""

    max_uses: Annotated[int, Meta(ge=1, le=1000)]
    days: Annotated[int, Meta(ge=1, le=365)] = 30


class SeatCodeView(msgspec.Struct, frozen=True, kw_only=True):
    """A code, of which the last letters are known."""

    id: UUID
    hint: str
    state: Literal["active", "used_up", "expired", "revoked"]
    max_uses: int
    uses: int
    expires_at: dt.datetime
    created_at: dt.datetime


class NewSeatCode(SeatCodeView, frozen=True, kw_only=True):
    """A code that was just made: the only time that it is shown."""

    code: str


class RedeemInput(msgspec.Struct, frozen=True, kw_only=True):
    """The code of an invitation, or one that was handed on."""

    code: Annotated[str, Meta(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]


class Redeemed(msgspec.Struct, frozen=True, kw_only=True):
    """The seat that somebody has now, and what it opens."""

    title: str
    courses: list[CourseRef]
