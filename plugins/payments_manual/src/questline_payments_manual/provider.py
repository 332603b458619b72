"""The adapter: bank transfers as payments."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlsplit

from iso4217 import Currency
from sqlalchemy import select

from questline_payments_manual import books
from questline_payments_manual.books import MESSAGES, PLUGIN
from questline_payments_manual.models import Transfer
from questline_payments_manual.settings import ManualSettings
from questline_sdk import Context
from questline_sdk.payments import (
    Checkout,
    CheckoutRequest,
    Money,
    PaymentError,
    PaymentProvider,
    PaymentRefused,
    PaymentState,
    ProviderPayment,
    ProviderRefund,
    RefundRequest,
    WebhookEvent,
)

BATCH = 100


class ManualProvider(PaymentProvider):
    """Payments by bank transfer."""

    name = PLUGIN
    title = "Bank transfer"

    async def is_ready(self, ctx: Context) -> bool:
        """Say whether there is an account to send money to."""
        return (await ctx.settings(ManualSettings)).is_ready

    async def start_checkout(self, ctx: Context, request: CheckoutRequest) -> Checkout:
        """Open a page that says where to send the money."""
        settings = await ctx.settings(ManualSettings)
        if not settings.is_ready:
            raise PaymentRefused("There is no bank account; set it in the plugin's settings.")
        money = request.total
        if money.amount <= 0:
            raise PaymentError("There is nothing to pay.")
        if money.currency not in settings.currencies or money.currency not in Currency.__members__:
            raise PaymentError(f"The bank account does not take {money.currency[:10]}.")
        transfer = await books.open_transfer(ctx, request)
        here = urlsplit(request.return_url)
        url = f"{here.scheme}://{here.netloc}/api/v1/p/{PLUGIN}/transfers/{transfer.id}/page"
        return Checkout(id=str(transfer.id), url=url)

    async def read_webhook(self, ctx: Context, headers: Mapping[str, str], body: bytes) -> WebhookEvent:
        """Check and read one of our own messages."""
        return await MESSAGES.read(ctx, headers, body)

    async def find_payment(self, ctx: Context, payment_id: str) -> ProviderPayment:
        """Look into the books."""
        transfer = await books.find(ctx, payment_id)
        return _payment(transfer, (await books.refunded(ctx, [transfer.id])).get(transfer.id, 0))

    async def refund(self, ctx: Context, request: RefundRequest) -> ProviderRefund:
        """Ask an admin to send money back."""
        refund = await books.give_back(ctx, request)
        return ProviderRefund(
            id=str(refund.id),
            payment_id=request.payment_id,
            money=request.money,
            settled=refund.settled_at is not None,
        )

    async def payments_since(self, ctx: Context, since: dt.datetime) -> AsyncIterator[ProviderPayment]:
        """The transfers that were opened since, oldest first."""
        after: tuple[dt.datetime, str] | None = None
        while True:
            statement = select(Transfer).where(Transfer.created_at >= since)
            if after is not None:
                place = (Transfer.created_at > after[0]) | (
                    (Transfer.created_at == after[0]) & (Transfer.id > after[1])
                )
                statement = statement.where(place)
            statement = statement.order_by(Transfer.created_at, Transfer.id).limit(BATCH)
            found = list(await ctx.session.scalars(statement))
            given = await books.refunded(ctx, [each.id for each in found])
            for each in found:
                yield _payment(each, given.get(each.id, 0))
            if len(found) < BATCH:
                return
            after = (found[-1].created_at, str(found[-1].id))


def _payment(transfer: Transfer, refunded: int) -> ProviderPayment:
    state = PaymentState.PAID if transfer.paid_at else PaymentState.OPEN
    return ProviderPayment(
        id=str(transfer.id),
        reference=transfer.reference,
        state=PaymentState.EXPIRED if transfer.cancelled_at else state,
        money=Money(amount=transfer.amount, currency=transfer.currency),
        created_at=transfer.created_at,
        refunded=refunded,
    )
