"""What happens to seats, for others to hear."""

from uuid import UUID

from questline_sdk import EventData


class SeatsChanged(EventData, frozen=True, kw_only=True):
    """A buyer has more or fewer seats than before."""

    event_type = "payments.seats.changed.v1"
    pool_id: UUID
    order_id: UUID
    user_id: UUID | None
    before: int
    after: int


class SeatChanged(EventData, frozen=True, kw_only=True):
    """A seat was given (`invited`), accepted (`taken`), taken back (`revoked`), lost (`unseated`) or found (`seated`).

    `user_id` is who has it, and empty as long as nobody has accepted the invitation.
    """

    event_type = "payments.seat.changed.v1"
    seat_id: UUID
    pool_id: UUID
    user_id: UUID | None
    before: str
    after: str


class SeatCodeChanged(EventData, frozen=True, kw_only=True):
    """A code that takes seats was made (`active`), or is good no more (`revoked`)."""

    event_type = "payments.seat_code.changed.v1"
    code_id: UUID
    pool_id: UUID
    before: str
    after: str


EVENTS = (SeatsChanged, SeatChanged, SeatCodeChanged)
