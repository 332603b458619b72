"""What is sent and read has names that Stripe's SDK, made from its published API, knows; so has the local server."""

import datetime as dt
import re
import sys
from urllib.parse import parse_qsl

import msgspec
import pytest
import stripe
from plugins.payments_stripe.tests.service import StripeService, unflatten

from questline_payments_stripe import requests, shapes, webhooks
from questline_sdk.payments import Money, RefundRequest
from questline_sdk.testing.payment_counter import charge_of
from questline_sdk.testing.payments import order, paid


def names_of(kind):
    """The parameters of a dictionary of the SDK, and by name those that are dictionaries themselves."""
    module = sys.modules[kind.__module__]
    found = {}
    for base in (*kind.__orig_bases__, kind):
        for name, hint in getattr(base, "__annotations__", {}).items():
            inner = re.findall(rf"\b{re.escape(kind.__name__)}\w+", str(hint))
            found[name] = getattr(module, inner[0]) if inner else None
    return found


def check(value, kind, where=""):
    known = names_of(kind)
    for name, inner in value.items():
        assert name in known, f"{where}{name}"
        for each in inner if isinstance(inner, list) else [inner]:
            if isinstance(each, dict) and known[name] is not None:
                check(each, known[name], f"{where}{name}.")


@pytest.mark.parametrize("more", [{}, {"save_method": True}, {"customer_id": "cus_1"}])
@pytest.mark.parametrize("tax", [True, False])
def test_a_checkout_is_asked_for_in_stripes_words(more, tax):
    from stripe.params.checkout import SessionCreateParams

    check(requests.session_params(order(**more), collect_tax_ids=tax), SessionCreateParams)


async def test_everything_else_is_asked_for_in_stripes_words(counter, ctx):
    """Read from what the local server was sent."""
    from stripe import params

    payment = await paid(counter, ctx, order(save_method=True))
    await counter.dispute(payment)
    await counter.provider.charge(ctx, charge_of(payment))
    money = Money(amount=100, currency="EUR")
    await counter.provider.refund(ctx, RefundRequest(payment_id=payment.id, money=money, idempotency_key="r1"))
    await counter.provider.portal(ctx, payment.customer_id, "https://learn.example")
    listed = [each.reference async for each in counter.provider.payments_since(ctx, ctx.now - dt.timedelta(hours=1))]
    assert sorted(listed) == ["order-1", "renewal-1"]
    seen = set()
    for asked in counter.service.asked:
        kind = {
            ("POST", "/v1/payment_intents"): params.PaymentIntentCreateParams,
            ("GET", "/v1/payment_intents"): params.PaymentIntentListParams,
            ("POST", "/v1/refunds"): params.RefundCreateParams,
            ("GET", "/v1/disputes"): params.DisputeListParams,
            ("POST", "/v1/billing_portal/sessions"): params.billing_portal.SessionCreateParams,
        }.get((asked.method, asked.path))
        if kind is not None:
            form = parse_qsl(asked.body.decode()) if asked.method == "POST" else asked.query.items()
            check(unflatten(form), kind)
            seen.add(kind)
    assert len(seen) == 5


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        (shapes.Charge, stripe.Charge),
        (shapes.PaymentIntent, stripe.PaymentIntent),
        (shapes.Session, stripe.checkout.Session),
        (shapes.Dispute, stripe.Dispute),
        (shapes.Failure, stripe.PaymentIntent.LastPaymentError),
        (webhooks.Event, stripe.Event),
    ],
)
def test_only_fields_that_stripe_has_are_read(own, theirs):
    known = {name for kind in theirs.__mro__ for name in getattr(kind, "__annotations__", {})}
    assert {field.name for field in msgspec.structs.fields(own)} - {"id"} <= known


def test_the_local_server_answers_with_fields_that_stripe_has():
    service = StripeService()
    intent = service.intent(100, "eur", {}, customer=None, method="pm_1", failure="no")
    assert intent.keys() <= {"id", "object"} | stripe.PaymentIntent.__annotations__.keys()
    assert intent["latest_charge"].keys() <= {"id", "object"} | stripe.Charge.__annotations__.keys()
