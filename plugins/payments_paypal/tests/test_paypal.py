"""What is PayPal's own: its messages, approval and capture, tokens; and PayPal itself where there is an account."""

import asyncio
import datetime as dt
import os

import pytest
from plugins.payments_paypal.tests.service import SECRET, message

from questline_sdk.payments import (
    PaymentOutcomeUnknown,
    PaymentProviders,
    PaymentRefused,
    PaymentState,
    WebhookRefused,
)
from questline_sdk.testing.local_service import Fault
from questline_sdk.testing.payments import order, paid

UP = [{"rel": "up", "href": "https://api.paypal.com/v2/payments/captures/3C1"}]


@pytest.mark.parametrize(
    ("kind", "resource", "payment_id"),
    [
        ("CHECKOUT.ORDER.APPROVED", {"id": "5O1"}, "5O1"),
        ("PAYMENT.CAPTURE.COMPLETED", {"supplementary_data": {"related_ids": {"order_id": "5O1"}}}, "5O1"),
        ("PAYMENT.CAPTURE.DENIED", {"id": "3C1"}, "capture:3C1"),
        ("PAYMENT.CAPTURE.REFUNDED", {"id": "1R1", "links": UP}, "capture:3C1"),
        ("CUSTOMER.DISPUTE.CREATED", {"disputed_transactions": [{"seller_transaction_id": "3C1"}]}, "capture:3C1"),
        ("CUSTOMER.DISPUTE.CREATED", {}, None),
        ("BILLING.SUBSCRIPTION.CREATED", {"id": "I-1"}, None),
    ],
)
async def test_a_message_leads_to_its_payment(provider, ctx, kind, resource, payment_id):
    headers, body = message(kind, resource, ctx.now)
    event = await provider.read_webhook(ctx, headers, body)
    assert (event.id, event.type, event.payment_id) == ("WH-1", kind, payment_id)


async def test_a_message_may_name_the_capture_only(counter, ctx):
    payment = await paid(counter, ctx)
    found = await counter.provider.find_payment(ctx, f"capture:{counter.capture_of(payment)['id']}")
    assert found == payment


@pytest.mark.parametrize("body", [b"[]", b"{}", b"\xff", b'{"id": "x"}, "webhook_id": "other"', b"not json"])
async def test_a_message_of_another_shape_is_refused_without_asking(provider, service, ctx, body):
    headers, _ = message("BILLING.PLAN.CREATED", {}, ctx.now)
    before = len(service.asked)
    with pytest.raises(WebhookRefused):
        await provider.read_webhook(ctx, headers, body)
    assert len(service.asked) == before


async def test_a_message_that_cannot_be_checked_now_is_asked_for_again(provider, service, ctx):
    headers, body = message("BILLING.PLAN.CREATED", {}, ctx.now)
    service.break_next(Fault.UNAVAILABLE)
    with pytest.raises(PaymentOutcomeUnknown):
        await provider.read_webhook(ctx, headers, body)
    assert (await provider.read_webhook(ctx, headers, body)).id == "WH-1"


async def test_a_message_that_is_sent_again_the_next_day_is_good(provider, ctx):
    headers, body = message("BILLING.PLAN.CREATED", {}, ctx.now - dt.timedelta(days=2))
    assert (await provider.read_webhook(ctx, headers, body)).id == "WH-1"


async def test_what_is_approved_is_captured_once(counter, service, ctx):
    checkout = await counter.provider.start_checkout(ctx, order())
    service.approve(checkout.id)
    found = await asyncio.gather(*(counter.provider.find_payment(ctx, checkout.id) for _ in range(4)))
    assert {each.state for each in found} == {PaymentState.PAID}
    assert len(service.captures) == 1


@pytest.mark.parametrize("fault", [Fault.SILENT, Fault.CUT, Fault.MALFORMED])
async def test_a_capture_without_an_answer_is_made_once(counter, service, ctx, fault):
    checkout = await counter.provider.start_checkout(ctx, order())
    service.approve(checkout.id)
    service.break_next(fault, write=True)
    with pytest.raises(PaymentOutcomeUnknown):
        await counter.provider.find_payment(ctx, checkout.id)
    assert (await counter.provider.find_payment(ctx, checkout.id)).state is PaymentState.PAID
    assert len(service.captures) == 1


async def test_a_capture_that_waits_is_open(counter, service, ctx):
    payment = await paid(counter, ctx)
    counter.capture_of(payment)["status"] = "PENDING"
    assert (await counter.provider.find_payment(ctx, payment.id)).state is PaymentState.OPEN


async def test_a_refund_that_failed_later_does_not_count(counter, service, ctx):
    payment = await paid(counter, ctx)
    amount = {"currency_code": "EUR", "value": "10.00"}
    refunds = service.orders[payment.id]["purchase_units"][0]["payments"]["refunds"]
    refunds += [
        {"id": "1R1", "status": "FAILED", "amount": amount},
        {"id": "1R2", "status": "PENDING", "amount": amount},
    ]
    assert (await counter.provider.find_payment(ctx, payment.id)).refunded == 1000


@pytest.mark.parametrize(
    ("outcome", "held"), [("RESOLVED_BUYER_FAVOUR", 4999), ("ACCEPTED", 4999), ("CANCELED_BY_BUYER", 0)]
)
async def test_a_resolved_dispute_keeps_what_was_lost(counter, service, ctx, outcome, held):
    payment = await paid(counter, ctx)
    service.dispute(counter.capture_of(payment)["id"], "RESOLVED", outcome)
    assert (await counter.provider.find_payment(ctx, payment.id)).disputed == held


async def test_a_token_that_ended_early_is_renewed(counter, service, ctx):
    checkout = await counter.provider.start_checkout(ctx, order())
    service.tokens.clear()
    assert (await counter.provider.find_payment(ctx, checkout.id)).state is PaymentState.OPEN


async def test_the_page_is_asked_for_as_the_order_is(provider, configure, service, ctx):
    await configure(api_base=service.url, brand_name="Acme Academy")
    checkout = await provider.start_checkout(ctx, order(locale="de-DE"))
    assert checkout.url == f"https://www.paypal.example/checkoutnow?token={checkout.id}"
    asked = service.orders[checkout.id]["asked"]
    assert asked["purchase_units"][0]["amount"] == {"currency_code": "EUR", "value": "49.99"}
    page = asked["payment_source"]["paypal"]["experience_context"]
    assert (page["locale"], page["brand_name"], page["user_action"]) == ("de-DE", "Acme Academy", "PAY_NOW")


async def test_months_are_asked_for_in_windows(counter, service, ctx):
    await counter.seed(3)
    service.page_size = 2
    listed = [each async for each in counter.provider.payments_since(ctx, ctx.now - dt.timedelta(days=70))]
    assert len(listed) == 3
    asked = [each for each in service.asked if each.path == "/v1/reporting/transactions"]
    assert len(asked) == 4


async def test_without_an_account_nothing_is_asked_or_believed(ctx):
    provider = (await ctx.service(PaymentProviders).all())["payments_paypal"]
    with pytest.raises(PaymentRefused, match="no PayPal account"):
        await provider.start_checkout(ctx, order())
    with pytest.raises(WebhookRefused):
        await provider.read_webhook(ctx, *message("BILLING.PLAN.CREATED", {}, ctx.now))


async def test_the_secret_is_never_returned_and_goes_over_tls_only(configure, service, as_user):
    assert SECRET not in (await configure(api_base=service.url)).text
    admin = await as_user("admin")
    answer = await admin.put("/api/v1/plugins/payments_paypal/settings", json={"api_base": "http://paypal.example"})
    assert answer.status_code == 422


@pytest.mark.skipif(
    "PAYPAL_SANDBOX_SECRET" not in os.environ, reason="asks PayPal's sandbox only where PAYPAL_SANDBOX_SECRET is set"
)
async def test_paypal_itself_opens_an_order(configure, ctx):
    await configure(
        client_id=os.environ["PAYPAL_SANDBOX_CLIENT"],
        client_secret=os.environ["PAYPAL_SANDBOX_SECRET"],
        api_base="https://api-m.sandbox.paypal.com",
        timeout_seconds=30,
    )
    provider = (await ctx.service(PaymentProviders).all())["payments_paypal"]
    request = order(f"live-{ctx.now.timestamp()}")
    checkout = await provider.start_checkout(ctx, request)
    assert checkout == await provider.start_checkout(ctx, request)
    found = await provider.find_payment(ctx, checkout.id)
    assert (found.state, found.money) == (PaymentState.OPEN, request.total)
