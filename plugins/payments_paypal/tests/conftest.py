"""PayPal as its callers find it, with the local server in its place."""

from contextlib import suppress

import pytest_asyncio
from plugins.payments_paypal.tests.service import CLIENT, SECRET, SIGNING, WEBHOOK, PayPalService, message

from questline_payments_paypal.webhooks import OLDEST
from questline_sdk.payments import PaymentNotFound, PaymentProviders
from questline_sdk.testing.local_service import Fault
from questline_sdk.testing.payments import PaymentCounter


class Counter(PaymentCounter):
    secrets = (SECRET, "A21AA")
    currencies = {"EUR": 4999, "JPY": 500, "HUF": 120000}
    unsupported = {"KWD": 12340, "HUF": 150}
    oldest = OLDEST

    def __init__(self, provider, ctx, service):
        self.provider, self.ctx, self.service = provider, ctx, service

    async def pay(self, checkout):
        self.service.approve(checkout.id)

    async def decline(self, checkout):
        self.service.approve(checkout.id, "declining")

    async def expire(self, checkout):
        self.service.orders[checkout.id]["status"] = "VOIDED"

    async def dispute(self, payment, *, won=False):
        status, outcome = ("RESOLVED", "RESOLVED_SELLER_FAVOUR") if won else ("UNDER_REVIEW", None)
        self.service.dispute(self.capture_of(payment)["id"], status, outcome)

    def capture_of(self, payment):
        return self.service.orders[payment.id]["purchase_units"][0]["payments"]["captures"][0]

    async def message(self, payment, *, at, forged=False):
        return message("PAYMENT.CAPTURE.COMPLETED", self.capture_of(payment), at, b"guessed" if forged else SIGNING)

    async def foreign_message(self, *, at):
        return message("BILLING.PLAN.CREATED", {"id": "P-1"}, at)

    async def break_next(self, fault, *, write=False):
        # A token that is refused is asked for again, once.
        self.service.break_next(fault, write=write, times=2 if fault is Fault.UNAUTHORIZED else 1)

    async def seed(self, count):
        for number in range(count):
            amount = {"currency_code": "EUR", "value": "1.00"}
            unit = {"amount": amount, "custom_id": f"seeded-{number}"}
            self.service.settle(self.service.open({"intent": "CAPTURE", "purchase_units": [unit]}))


@pytest_asyncio.fixture(loop_scope="session")
async def service(ctx):
    async with PayPalService().running() as running:
        running.clock = ctx.now
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def configure(as_user):
    admin = await as_user("admin")

    async def set_up(**values):
        account = {"client_id": CLIENT, "client_secret": SECRET, "webhook_id": WEBHOOK, "timeout_seconds": 1}
        answer = await admin.put("/api/v1/plugins/payments_paypal/settings", json={**account, **values})
        assert answer.status_code == 200, answer.text
        return await admin.get("/api/v1/plugins/payments_paypal/settings")

    return set_up


@pytest_asyncio.fixture(loop_scope="session")
async def provider(configure, service, ctx):
    await configure(api_base=service.url)
    found = (await ctx.service(PaymentProviders).all())["payments_paypal"]
    with suppress(PaymentNotFound):
        await found.find_payment(ctx, "0")  # takes a token, so that faults hit what is asked with it
    return found


@pytest_asyncio.fixture(loop_scope="session")
async def counter(provider, service, ctx):
    return Counter(provider, ctx, service)
