"""The adapter against localstripe: Payment Intents, refunds, and a webhook that localstripe signed and sent."""

import asyncio
import signal
import subprocess
import sys

import httpx
import pytest
import pytest_asyncio
from plugins.payments_stripe.tests.service import WEBHOOK_SECRET

from questline_sdk.payments import ChargeRequest, Money, PaymentNotFound, PaymentState, RefundRequest
from questline_sdk.testing.local_service import Answer, LocalService

RUN = """
import asyncio
from aiohttp import web
from localstripe import resources
from localstripe.server import app

resources.Store.dump_to_disk = lambda self: None


async def main():
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(site._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
"""
KEY = "sk_test_localstripe"


class Endpoint(LocalService):
    """Where localstripe sends its messages."""

    def __init__(self):
        super().__init__()
        self.heard = asyncio.Queue()

    async def answer(self, request):
        self.heard.put_nowait(request)
        return Answer({})


@pytest.fixture(scope="module")
def localstripe():
    with subprocess.Popen(
        [sys.executable, "-c", RUN], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.send_signal(signal.SIGKILL)


@pytest_asyncio.fixture(loop_scope="session")
async def stripe(localstripe):
    async with httpx.AsyncClient(base_url=localstripe, headers={"authorization": f"Bearer {KEY}"}) as client:
        yield client


@pytest_asyncio.fixture(loop_scope="session")
async def own(configure, localstripe, provider):
    await configure(api_base=localstripe, secret_key=KEY, timeout_seconds=10)
    return provider


@pytest_asyncio.fixture(loop_scope="session")
async def customer(stripe):
    """Makes a customer with a saved card."""

    async def make(number="4242424242424242"):
        found = (await stripe.post("/v1/customers", data={"email": "ada@example.org"})).json()
        card = {"card[number]": number, "card[exp_month]": "12", "card[exp_year]": "2040", "card[cvc]": "123"}
        method = (await stripe.post("/v1/payment_methods", data={"type": "card", **card})).json()
        attached = await stripe.post(f"/v1/payment_methods/{method['id']}/attach", data={"customer": found["id"]})
        assert attached.status_code == 200, attached.text
        return found["id"], method["id"]

    return make


def renewal(customer_id, method_id, *, amount=4999, currency="EUR"):
    return ChargeRequest(
        reference="renewal-1",
        idempotency_key="renewal-1/charge",
        money=Money(amount=amount, currency=currency),
        customer_id=customer_id,
        method_id=method_id,
        title="Renewal",
    )


@pytest.mark.parametrize(("amount", "currency"), [(4999, "EUR"), (500, "JPY"), (12340, "KWD"), (1500, "ISK")])
async def test_a_saved_card_is_charged_and_money_goes_back_in_parts(own, ctx, customer, amount, currency):
    charged = await own.charge(ctx, renewal(*await customer(), amount=amount, currency=currency))
    assert (charged.state, charged.reference) == (PaymentState.PAID, "renewal-1")
    assert charged.money == Money(amount=amount, currency=currency)
    for number in (1, 2):
        part = Money(amount=amount // 20 * 10, currency=currency)
        refund = await own.refund(
            ctx, RefundRequest(payment_id=charged.id, money=part, idempotency_key=f"r{number}", reason="as agreed")
        )
        assert (refund.settled, refund.money) == (True, part)
        assert (await own.find_payment(ctx, charged.id)).refunded == number * part.amount


async def test_a_declined_card_is_an_answer(own, ctx, customer):
    failed = await own.charge(ctx, renewal(*await customer("4000000000000341")))
    assert (failed.state, failed.reference) == (PaymentState.FAILED, "renewal-1")
    assert failed.failure == "Your card was declined."
    assert (await own.find_payment(ctx, failed.id)).state is PaymentState.FAILED


async def test_a_card_that_asks_for_the_buyer_fails_without_them(own, ctx, customer):
    failed = await own.charge(ctx, renewal(*await customer("4000002500003155")))
    assert failed.state is PaymentState.FAILED
    assert "confirm" in failed.failure


async def test_an_unknown_payment_is_not_found(own, ctx):
    with pytest.raises(PaymentNotFound):
        await own.find_payment(ctx, "pi_unknown")


async def test_a_message_that_localstripe_signed_is_believed(own, ctx, customer, stripe):
    async with Endpoint().running() as endpoint:
        hook = {"url": f"{endpoint.url}/hook", "secret": WEBHOOK_SECRET}
        assert (await stripe.post("/_config/webhooks/questline", data=hook)).status_code == 200
        charged = await own.charge(ctx, renewal(*await customer()))
        async with asyncio.timeout(30):
            while True:
                request = await endpoint.heard.get()
                event = await own.read_webhook(ctx, request.headers, request.body)
                if event.type == "payment_intent.succeeded" and event.payment_id == charged.id:
                    return
