"""What other plugins may use of points: `ctx.service(PointsLedger)`."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Protocol
from uuid import UUID

import msgspec


class UserTotal(msgspec.Struct, frozen=True, kw_only=True):
    """What a user has earned in a span of time; `reached_at` (UTC) is the time of the entry that made it this much."""

    user_id: UUID
    total: int
    reached_at: dt.datetime


class PointsLedger(Protocol):
    """Totals over the ledger, as committed when the statement runs."""

    def totals(self, since: dt.datetime | None, *, batch: int = 5000) -> AsyncIterator[Sequence[UserTotal]]:
        """Every user's total since a moment (None: of all time), in batches, without those who have none.

        The batches are one snapshot of the ledger, read in one statement.
        """
        ...

    async def totals_of(
        self, user_ids: Sequence[UUID], since: Sequence[dt.datetime | None]
    ) -> Mapping[UUID, Sequence[UserTotal | None]]:
        """Each of these users' totals since each of these moments (None: of all time), in one statement."""
        ...
