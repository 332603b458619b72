"""What was paid beside a sold order is given back by a job, queued in the transaction that books it."""

from uuid import UUID

import msgspec

from questline_sdk import Context, Job


class PaidTwice(msgspec.Struct, frozen=True, kw_only=True):
    """An order that may have been paid twice."""

    order_id: UUID


async def _give_back(ctx: Context, args: PaidTwice) -> None:
    from questline_payments import refunds

    await refunds.give_back(ctx, args.order_id)


GIVE_BACK = Job(name="give_back", function=_give_back, args=PaidTwice)
