"""Arithmetic in minor units: no cent is made or lost."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questline_payments import ledger
from questline_payments.money import allot, exponent, shown, taxed
from questline_sdk import Invalid
from questline_sdk.payments import Money, PaymentState, ProviderPayment

AMOUNTS = st.integers(min_value=0, max_value=10**12)


@given(amount=AMOUNTS, weights=st.lists(AMOUNTS, min_size=1, max_size=12))
def test_parts_sum_to_the_whole(amount, weights):
    parts = allot(amount, dict(enumerate(weights)))
    assert sum(parts.values()) == (amount if sum(weights) else 0)
    assert all(part >= 0 for part in parts.values())
    if amount <= sum(weights):
        assert all(parts[number] <= weight for number, weight in enumerate(weights))


@given(amount=AMOUNTS, points=st.integers(min_value=0, max_value=10_000))
def test_tax_that_is_in_a_price_is_what_would_be_added_to_the_rest(amount, points):
    within = taxed(amount, points, inclusive=True)
    assert 0 <= within <= amount
    assert abs(taxed(amount - within, points, inclusive=False) - within) <= 1


@given(
    total=AMOUNTS,
    kept=st.integers(min_value=0, max_value=10_000),
    tax=st.integers(min_value=0, max_value=10_000),
    discount=AMOUNTS,
)
def test_what_is_posted_for_a_line_balances_what_was_paid_for_it(total, kept, tax, discount):
    line = SimpleNamespace(total=total, tax=total * tax // 10_000, discount=discount)
    part = total * kept // 10_000
    assert sum(ledger.parts(line, part).values()) == -part
    if total:
        assert set(ledger.parts(line, 0).values()) == {0}


@given(
    facts=st.lists(st.tuples(AMOUNTS, AMOUNTS, st.sampled_from(PaymentState)), min_size=1, max_size=8),
)
def test_what_is_missing_is_posted_once_whatever_was_posted_before(facts):
    held = {}
    for refunded, disputed, state in facts:
        payment = ProviderPayment(
            id="p",
            reference="r",
            state=state,
            money=Money(amount=5000, currency="EUR"),
            created_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            refunded=refunded,
            disputed=disputed,
        )
        for kind, amount in ledger.missing(payment, held).items():
            held[kind] = held.get(kind, 0) + amount
        assert ledger.missing(payment, held) == {}
        assert (held.get("refunded", 0), held.get("disputed", 0)) == (refunded, disputed)
    assert held.get("paid", 0) == (5000 if any(state == PaymentState.PAID for _, _, state in facts) else 0)


def test_an_entry_that_does_not_balance_is_not_written():
    with pytest.raises(ValueError, match="does not sum to zero"):
        ledger.post(SimpleNamespace(), SimpleNamespace(), "sale", {"buyer": 1, "sales": -2})


def test_currencies_have_their_own_minor_units():
    assert [exponent(each) for each in ("EUR", "JPY", "KWD")] == [2, 0, 3]
    assert shown(1234, "KWD") == "1.234 KWD"
    for none in ("XAU", "EUX", "eur"):
        with pytest.raises(Invalid):
            exponent(none)
