"""Messages of payment providers that live in the site itself: signed like any other's, and delivered by a job.

Whoever keeps the orders takes them in through `PaymentWebhooks` and checks them by the provider's `read_webhook`, as it
does those that come over the network.
"""

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Mapping

import msgspec

from questline_sdk.context import Context
from questline_sdk.errors import NotFound
from questline_sdk.jobs import Job
from questline_sdk.payments import PaymentWebhooks, WebhookEvent, WebhookRefused

HEADER = "questline-payment-signature"
WINDOW = dt.timedelta(minutes=5)
LONGEST_STAMP = 12


class PaymentMessage(msgspec.Struct, frozen=True, kw_only=True):
    """What is said: something happened to a payment."""

    id: str
    type: str
    created: int
    payment: str | None = None


class PaymentMessages:
    """The messages of one provider; register `job` and answer `read_webhook` with `read`.

    Example:
        MESSAGES = PaymentMessages("payments_manual")
        await MESSAGES.send(ctx, f"{payment_id}-paid", "payment.paid", payment_id)
    """

    def __init__(self, plugin_id: str) -> None:
        self._plugin_id = plugin_id
        self.job = Job(name="deliver", function=self._deliver, args=PaymentMessage)

    async def send(
        self,
        ctx: Context,
        message_id: str,
        kind: str,
        payment_id: str,
        *,
        later: dt.timedelta | None = None,
        times: int = 1,
    ) -> None:
        """Queue a message with this transaction; the same id says the same thing again."""
        message = PaymentMessage(id=message_id, type=kind, created=int(ctx.now.timestamp()), payment=payment_id)
        for _ in range(times):
            await ctx.enqueue(self.job, message, delay=later)

    async def read(self, ctx: Context, headers: Mapping[str, str], body: bytes) -> WebhookEvent:
        """Check a message and read it; raises `WebhookRefused`."""
        given = headers.get(HEADER, "")
        stamp = given.partition(",")[0].removeprefix("t=")
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= LONGEST_STAMP):
            raise WebhookRefused("The webhook has no signature.")
        wanted = signature(await self.secret(ctx), int(stamp), body)
        if not hmac.compare_digest(wanted.encode(), given.encode("utf-8", "replace")):
            raise WebhookRefused("The webhook's signature is wrong.")
        if abs(ctx.now.timestamp() - int(stamp)) > WINDOW.total_seconds():
            raise WebhookRefused("The webhook is too old, or a clock is wrong.")
        try:
            message = msgspec.json.decode(body, type=PaymentMessage)
            occurred_at = dt.datetime.fromtimestamp(message.created, dt.UTC)
        except (msgspec.DecodeError, ValueError, OverflowError) as error:
            raise WebhookRefused("The webhook's body is not understood.") from error
        return WebhookEvent(id=message.id, type=message.type, occurred_at=occurred_at, payment_id=message.payment)

    async def secret(self, ctx: Context) -> bytes:
        """What the tenant's messages are signed with: made when first asked for, and never shown."""
        key = ctx.redis_key(self._plugin_id, "secret")
        found: bytes | str | None = await ctx.redis.get(key)
        if found is None:
            await ctx.redis.set(key, secrets.token_hex(32), nx=True)
            found = await ctx.redis.get(key)
        assert found is not None  # noqa: S101  it was there, or was just set
        return found if isinstance(found, bytes) else found.encode()

    async def _deliver(self, ctx: Context, message: PaymentMessage) -> None:
        body = msgspec.json.encode(message)
        headers = {HEADER: signature(await self.secret(ctx), int(ctx.now.timestamp()), body)}
        try:
            webhooks = ctx.service(PaymentWebhooks)
        except NotFound:  # nobody keeps orders here
            return
        await webhooks.receive(self._plugin_id, headers, body)


def signature(secret: bytes, stamp: int, body: bytes) -> str:
    """The value of the header for a body that is sent at this second."""
    return f"t={stamp},v1=" + hmac.new(secret, f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
