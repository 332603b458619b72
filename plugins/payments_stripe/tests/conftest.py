"""Stripe as its callers find it, with the local server in its place."""

import pytest_asyncio
from plugins.payments_stripe.tests.service import DECLINING, KEY, WEBHOOK_SECRET, StripeService, signed

from questline_sdk.payments import PaymentProviders
from questline_sdk.testing.payments import PaymentCounter


class Counter(PaymentCounter):
    secrets = (KEY, WEBHOOK_SECRET)
    currencies = {"EUR": 4999, "JPY": 500, "KWD": 12340, "ISK": 1500, "UGX": 9000, "MGA": 500000}
    unsupported = {"KWD": 12345, "MGA": 550}

    def __init__(self, provider, ctx, service):
        self.provider, self.ctx, self.service = provider, ctx, service

    async def pay(self, checkout):
        self.service.pay(checkout.id)

    async def decline(self, checkout):
        self.service.pay(checkout.id, failure="Your card was declined.")

    async def expire(self, checkout):
        self.service.sessions[checkout.id] |= {"status": "expired", "url": None}

    async def dispute(self, payment, *, won=False):
        self.service.dispute(payment.id, "won" if won else "needs_response")

    async def message(self, payment, *, at, forged=False):
        subject = {"id": payment.id, "object": "payment_intent"}
        return self.event("payment_intent.succeeded", subject, at, "whsec_guessed" if forged else WEBHOOK_SECRET)

    async def foreign_message(self, *, at):
        return self.event("payout.paid", {"id": "po_1", "object": "payout"}, at)

    def event(self, kind, subject, at, secret=WEBHOOK_SECRET):
        about = {"id": "evt_1", "object": "event", "type": kind, "created": int(at.timestamp())}
        return signed({**about, "data": {"object": subject}}, at, secret)

    async def break_next(self, fault, *, write=False):
        self.service.break_next(fault, write=write)

    async def seed(self, count):
        for number in range(count):
            about = {"questline_reference": f"seeded-{number}"}
            self.service.intent(100, "eur", about, customer=None, method="pm_card_visa")
        self.service.intent(100, "eur", {}, customer=None, method="pm_card_visa")

    async def failing_method(self):
        return "cus_1", DECLINING


@pytest_asyncio.fixture(loop_scope="session")
async def service():
    async with StripeService().running() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def configure(as_user):
    admin = await as_user("admin")

    async def set_up(**values):
        given = {"secret_key": KEY, "webhook_secret": WEBHOOK_SECRET, "timeout_seconds": 1, **values}
        answer = await admin.put("/api/v1/plugins/payments_stripe/settings", json=given)
        assert answer.status_code == 200, answer.text
        return await admin.get("/api/v1/plugins/payments_stripe/settings")

    return set_up


@pytest_asyncio.fixture(loop_scope="session")
async def provider(configure, service, ctx):
    await configure(api_base=service.url)
    return (await ctx.service(PaymentProviders).all())["payments_stripe"]


@pytest_asyncio.fixture(loop_scope="session")
async def counter(provider, service, ctx):
    return Counter(provider, ctx, service)
