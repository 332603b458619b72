"""The bank as its callers find it, and a buyer at its page."""

import msgspec
import pytest_asyncio

from questline_payments_sandbox.books import Books, Order, name_from
from questline_payments_sandbox.messages import MESSAGES
from questline_payments_sandbox.provider import EMPTY, GOOD, settled
from questline_sdk.payment_messages import HEADER, PaymentMessage, signature
from questline_sdk.payments import PaymentProviders
from questline_sdk.testing.payments import PaymentCounter


class Counter(PaymentCounter):
    over_http = False

    def __init__(self, provider, ctx, visitor):
        self.provider, self.ctx, self.visitor = provider, ctx, visitor

    async def choose(self, checkout, choice):
        path = checkout.url[checkout.url.index("/api/") :]
        return await self.visitor.post(path, data={"choice": choice})

    async def pay(self, checkout):
        assert (await self.choose(checkout, "pay")).status_code == 303

    async def decline(self, checkout):
        assert (await self.choose(checkout, "decline")).status_code == 200

    async def expire(self, checkout):
        long_ago = self.ctx.now.replace(year=2020)
        await Books(self.ctx).change(checkout.id, lambda each: msgspec.structs.replace(each, created_at=long_ago))

    async def dispute(self, payment, *, won=False):
        answer = await self.visitor.post(
            f"/api/v1/p/payments_sandbox/bank/{payment.id}", data={"choice": "dispute_won" if won else "dispute"}
        )
        assert answer.status_code == 200

    async def message(self, payment, *, at, forged=False):
        message = PaymentMessage(id="sb_evt_1", type="payment.paid", created=int(at.timestamp()), payment=payment.id)
        body = msgspec.json.encode(message)
        secret = b"guessed" if forged else await MESSAGES.secret(self.ctx)
        return {HEADER: signature(secret, int(at.timestamp()), body)}, body

    async def foreign_message(self, *, at):
        body = b'{"id":"sb_evt_2","type":"bank.closed","created":1790000000}'
        return {HEADER: signature(await MESSAGES.secret(self.ctx), int(at.timestamp()), body)}, body

    async def seed(self, count):
        books = Books(self.ctx)
        for number in range(count):
            order = Order(
                id=name_from("order", number),
                asked="",
                reference=f"seeded-{number}",
                amount=100,
                currency="EUR",
                titles=[],
                created_at=self.ctx.now,
                customer_id="c",
            )
            await books.open(order)
            await books.change(order.id, lambda each: settled(each, self.ctx.now, method_id=GOOD))

    async def failing_method(self):
        return "sb_customer_1", EMPTY


@pytest_asyncio.fixture(loop_scope="session")
async def counter(ctx, anonymous):
    provider = (await ctx.service(PaymentProviders).all())["payments_sandbox"]
    return Counter(provider, ctx, anonymous)
