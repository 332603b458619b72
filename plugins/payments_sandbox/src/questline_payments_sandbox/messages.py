"""The bank's messages, sometimes late and sometimes twice."""

import datetime as dt

from questline_payments_sandbox.books import PLUGIN
from questline_sdk import Context
from questline_sdk.payment_messages import PaymentMessages

MESSAGES = PaymentMessages(PLUGIN)


async def send(
    ctx: Context, kind: str, payment_id: str, number: int, *, later: dt.timedelta | None = None, times: int = 1
) -> None:
    """Queue a message about a payment; `number` tells it from others of its kind."""
    message_id = f"sb_evt_{payment_id.removeprefix('sb_pay_')}_{kind}_{number}"
    await MESSAGES.send(ctx, message_id, f"payment.{kind}", payment_id, later=later, times=times)
