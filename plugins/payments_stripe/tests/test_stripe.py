"""What is Stripe's own: its messages, what a session is asked for; and Stripe itself where there is a key."""

import hashlib
import hmac
import os

import pytest
from plugins.payments_stripe.tests.service import KEY, WEBHOOK_SECRET, signed

from questline_sdk.payments import (
    CheckoutLine,
    Money,
    PaymentError,
    PaymentOutcomeUnknown,
    PaymentProviders,
    PaymentRefused,
    PaymentState,
    WebhookRefused,
)
from questline_sdk.testing.payments import order, paid


@pytest.mark.parametrize(
    ("kind", "subject", "payment_id"),
    [
        ("checkout.session.completed", {"object": "checkout.session", "id": "cs_1", "payment_intent": "pi_1"}, "pi_1"),
        ("checkout.session.expired", {"object": "checkout.session", "id": "cs_1", "payment_intent": None}, "cs_1"),
        ("payment_intent.payment_failed", {"object": "payment_intent", "id": "pi_1"}, "pi_1"),
        ("charge.refunded", {"object": "charge", "id": "ch_1", "payment_intent": "pi_1"}, "pi_1"),
        ("refund.failed", {"object": "refund", "id": "re_1", "payment_intent": "pi_1"}, "pi_1"),
        ("charge.dispute.created", {"object": "dispute", "id": "du_1", "payment_intent": "pi_1"}, "pi_1"),
        ("charge.refunded", {"object": "charge", "id": "ch_1", "payment_intent": None}, None),
        ("customer.created", {"object": "customer", "id": "cus_1"}, None),
        ("balance.available", {"object": "balance"}, None),
    ],
)
async def test_a_message_leads_to_its_payment(counter, ctx, kind, subject, payment_id):
    headers, body = counter.event(kind, subject, ctx.now)
    event = await counter.provider.read_webhook(ctx, headers, body)
    assert (event.type, event.payment_id) == (kind, payment_id)


async def test_a_rolled_secret_is_good_while_stripe_signs_with_both(counter, ctx):
    subject = {"object": "payment_intent", "id": "pi_1"}
    headers, body = counter.event("payment_intent.succeeded", subject, ctx.now)
    other, _ = counter.event("payment_intent.succeeded", subject, ctx.now, "whsec_former")
    both = other["stripe-signature"] + "," + headers["stripe-signature"].partition(",")[2]
    assert (await counter.provider.read_webhook(ctx, {"stripe-signature": both}, body)).payment_id == "pi_1"


@pytest.mark.parametrize("body", [b"[]", b"{}", b"\xff", b'{"id": 1, "type": "x", "created": 1}', b"not json"])
async def test_a_signed_message_of_another_shape_is_refused(counter, ctx, body):
    stamp = int(ctx.now.timestamp())
    digest = hmac.new(counter.secrets[1].encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    with pytest.raises(WebhookRefused):
        await counter.provider.read_webhook(ctx, {"stripe-signature": f"t={stamp},v1={digest}"}, body)


async def test_without_an_account_nothing_is_asked_or_believed(ctx):
    provider = (await ctx.service(PaymentProviders).all())["payments_stripe"]
    with pytest.raises(PaymentRefused, match="secret key"):
        await provider.start_checkout(ctx, order())
    with pytest.raises(WebhookRefused):
        await provider.read_webhook(ctx, *signed({"id": "evt_1", "type": "x", "created": 1}, ctx.now, ""))


async def test_keys_are_never_returned(configure, service):
    answer = await configure(api_base=service.url)
    assert KEY not in answer.text
    assert WEBHOOK_SECRET not in answer.text


async def test_keys_go_over_tls_only(as_user):
    admin = await as_user("admin")
    answer = await admin.put("/api/v1/plugins/payments_stripe/settings", json={"api_base": "http://stripe.example"})
    assert answer.status_code == 422


def lines(*amounts, quantity=1):
    return [
        CheckoutLine(title=f"Course {place}", quantity=quantity, total=Money(amount=amount, currency="EUR"))
        for place, amount in enumerate(amounts)
    ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (lines(4000, 999), [("Course 0", "4000"), ("Course 1", "999")]),
        (lines(4999, quantity=3), [("3 \u00d7 Course 0", "4999")]),
        (lines(6000, -1001), [("Course 0, Course 1", "4999")]),
        (lines(4000), [("Course 0", "4999")]),
        (lines(4999, 0), [("Course 0, Course 1", "4999")]),
    ],
)
async def test_the_page_shows_the_lines_and_asks_for_the_total(provider, service, ctx, given, shown):
    checkout = await provider.start_checkout(ctx, order(lines=given))
    asked = service.sessions[checkout.id]["asked"]["line_items"]
    seen = [(each["price_data"]["product_data"]["name"], each["price_data"]["unit_amount"]) for each in asked]
    assert seen == shown
    assert service.sessions[checkout.id]["amount_total"] == 4999


@pytest.mark.parametrize(
    ("locale", "wanted"), [("de-AT", "de"), ("pt-BR", "pt-BR"), ("fr-ca", "fr-CA"), ("tlh", "auto"), ("en", "en")]
)
async def test_the_page_speaks_the_buyers_language(provider, service, ctx, locale, wanted):
    checkout = await provider.start_checkout(ctx, order(locale=locale))
    assert service.sessions[checkout.id]["asked"]["locale"] == wanted


async def test_a_known_customer_and_tax_ids(provider, configure, service, ctx):
    await configure(api_base=service.url, collect_tax_ids=True)
    checkout = await provider.start_checkout(ctx, order(customer_id="cus_9"))
    asked = service.sessions[checkout.id]["asked"]
    assert (asked["customer"], asked["tax_id_collection"]) == ("cus_9", {"enabled": "true"})
    assert "customer_email" not in asked


async def test_a_buyer_manages_cards_on_stripes_page(provider, ctx):
    assert await provider.portal(ctx, "cus_9", "https://learn.example") == "https://billing.stripe.example/cus_9"


async def test_an_inquiry_holds_nothing_and_a_lost_dispute_keeps_it(counter, service, ctx):
    payment = await paid(counter, ctx)
    for status, held in (("warning_needs_response", 0), ("under_review", 4999), ("lost", 4999), ("won", 0)):
        service.dispute(payment.id, status)
        assert (await counter.provider.find_payment(ctx, payment.id)).disputed == held


async def test_nothing_answers(provider, configure, ctx):
    await configure(api_base="http://127.0.0.1:9")
    with pytest.raises(PaymentOutcomeUnknown):
        await provider.start_checkout(ctx, order())


async def test_a_private_address_is_not_reached(provider, configure, ctx):
    await configure(api_base="https://10.0.0.1")
    with pytest.raises(PaymentError):
        await provider.start_checkout(ctx, order())


@pytest.mark.skipif("STRIPE_TEST_KEY" not in os.environ, reason="asks Stripe itself only where STRIPE_TEST_KEY is set")
async def test_stripe_itself_opens_a_checkout_and_charges(configure, ctx):
    key = os.environ["STRIPE_TEST_KEY"]
    assert "_test_" in key
    await configure(secret_key=key, timeout_seconds=30)
    provider = (await ctx.service(PaymentProviders).all())["payments_stripe"]
    request = order(f"live-{ctx.now.timestamp()}", save_method=True)
    checkout = await provider.start_checkout(ctx, request)
    assert checkout == await provider.start_checkout(ctx, request)
    found = await provider.find_payment(ctx, checkout.id)
    assert (found.state, found.money) == (PaymentState.OPEN, request.total)
