"""The tables of seats: what was bought for others, who has it, and the codes to take it with."""

import datetime as dt
from uuid import UUID

from sqlalchemy import LargeBinary, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from questline_payments.models import BOUGHT, Base
from questline_sdk.db import TenantMixin, not_personal, personal

INVITED = personal(
    category="contact",
    purpose="invites somebody to a seat, and tells the buyer who has it",
    retention="until 90 days after the seat was taken back, or the account is erased",
)


class SeatPool(TenantMixin, Base):
    """The seats of an order's line, or of a subscription; how many there are follows from the ledger."""

    __tablename__ = "seat_pool"

    user_id: Mapped[UUID | None]
    order_id: Mapped[UUID]
    line_id: Mapped[UUID]
    subscription_id: Mapped[UUID | None]
    title: Mapped[str] = mapped_column(info=not_personal("the title of a product"))
    course_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    seats: Mapped[int]
    created_at: Mapped[dt.datetime]


class SeatCode(TenantMixin, Base):
    """A code that takes seats, of which the database knows a hash and the last letters."""

    __tablename__ = "seat_code"

    pool_id: Mapped[UUID]
    code_hash: Mapped[bytes] = mapped_column(LargeBinary, info=not_personal("a hash of a code, made by the buyer"))
    hint: Mapped[str] = mapped_column(info=not_personal("the last letters of a code, made by the buyer"))
    max_uses: Mapped[int]
    uses: Mapped[int]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]


class Seat(TenantMixin, Base):
    """A seat that was given to somebody; `seated` says whether there is one for it in the pool now."""

    __tablename__ = "seat"

    pool_id: Mapped[UUID]
    email: Mapped[str | None] = mapped_column(info=INVITED)
    user_id: Mapped[UUID | None]
    code_id: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(info=BOUGHT)
    seated: Mapped[bool]
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary, info=not_personal("a hash of an invitation's code"))
    assigned_at: Mapped[dt.datetime]
    taken_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
