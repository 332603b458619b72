"""Bank transfers as their callers find them, and the admin who confirms them."""

import msgspec
import pytest_asyncio
from sqlalchemy import insert

from questline_payments_manual.books import MESSAGES
from questline_payments_manual.models import Transfer
from questline_sdk.payment_messages import HEADER, PaymentMessage, signature
from questline_sdk.payments import PaymentProviders
from questline_sdk.testing.payments import PaymentCounter

ACCOUNT = {
    "account_holder": "Acme Academy GmbH",
    "iban": "DE89 3704 0044 0532 0130 00",
    "bic": "COBADEFFXXX",
    "currencies": ["EUR", "JPY", "KWD"],
}


class Counter(PaymentCounter):
    over_http = False
    disputes = False
    unsupported = {"USD": 100}

    def __init__(self, provider, ctx, admin):
        self.provider, self.ctx, self.admin = provider, ctx, admin

    async def tell(self, path):
        await self.ctx.session.commit()  # as the request that opened the checkout has by then
        answer = await self.admin.post(f"/api/v1/p/payments_manual/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def pay(self, checkout):
        await self.tell(f"transfers/{checkout.id}/payment")

    async def expire(self, checkout):
        await self.tell(f"transfers/{checkout.id}/cancellation")

    async def message(self, payment, *, at, forged=False):
        return await self.signed(payment.id, at, b"guessed" if forged else await MESSAGES.secret(self.ctx))

    async def foreign_message(self, *, at):
        return await self.signed(None, at, await MESSAGES.secret(self.ctx))

    async def signed(self, payment_id, at, secret):
        stamp = int(at.timestamp())
        body = msgspec.json.encode(PaymentMessage(id="m1", type="payment.paid", created=stamp, payment=payment_id))
        return {HEADER: signature(secret, stamp, body)}, body

    async def seed(self, count):
        about = {"asked": "", "amount": 100, "currency": "EUR", "titles": [], "locale": "en", "return_url": ""}
        times = {"created_at": self.ctx.now, "paid_at": self.ctx.now}
        rows = [{"key": f"k{n}", "purpose": f"p{n}", "reference": f"r{n}", **about, **times} for n in range(count)]
        await self.ctx.session.execute(insert(Transfer), rows)


@pytest_asyncio.fixture(loop_scope="session")
async def admin(as_user):
    signed_in = await as_user("admin")
    answer = await signed_in.put("/api/v1/plugins/payments_manual/settings", json=ACCOUNT)
    assert answer.status_code == 200, answer.text
    return signed_in


@pytest_asyncio.fixture(loop_scope="session")
async def provider(ctx, admin):
    return (await ctx.service(PaymentProviders).all())["payments_manual"]


@pytest_asyncio.fixture(loop_scope="session")
async def counter(provider, ctx, admin):
    return Counter(provider, ctx, admin)
