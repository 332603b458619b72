"""The conformance suite of payment providers: what every adapter promises those who call it.

An adapter's tests derive a class and give it a `counter`: the provider, and a stand-in for its service over which the
suite plays the buyer, the bank and the broken network.

    from questline_sdk.testing.payments import PaymentCounter, PaymentProviderConformance


    class TestProvider(PaymentProviderConformance):
        @pytest_asyncio.fixture(loop_scope="session")
        async def counter(self, ctx): ...
"""

import asyncio
import datetime as dt
import logging

import msgspec
import pytest

from questline_sdk import Context
from questline_sdk.payments import (
    ChargeRequest,
    Money,
    PaymentError,
    PaymentNotFound,
    PaymentOutcomeUnknown,
    PaymentState,
    RefundRequest,
    WebhookRefused,
)
from questline_sdk.testing.local_service import Fault
from questline_sdk.testing.payment_counter import (
    PAGES,
    Message,
    PaymentCounter,
    charge_of,
    check_error,
    needs_http,
    needs_saved_methods,
    order,
    paid,
)

__all__ = ["PAGES", "Message", "PaymentCounter", "PaymentProviderConformance", "order", "paid"]


@pytest.mark.asyncio(loop_scope="session")
class PaymentProviderConformance:
    """The suite as tests; derive a class whose name begins with `Test` and give it the fixture `counter`."""

    async def test_an_order_is_open_and_then_paid(self, counter: PaymentCounter, ctx: Context) -> None:
        """Before, and after."""
        assert await counter.provider.is_ready(ctx)
        request = order()
        checkout = await counter.provider.start_checkout(ctx, request)
        assert checkout.url.startswith(("http://", "https://"))
        before = await counter.provider.find_payment(ctx, checkout.id)
        assert (before.state, before.reference, before.money) == (PaymentState.OPEN, "order-1", request.total)
        await counter.pay(checkout)
        after = await counter.provider.find_payment(ctx, checkout.id)
        assert (after.state, after.reference, after.money) == (PaymentState.PAID, "order-1", request.total)
        assert (after.refunded, after.disputed) == (0, 0)
        assert await counter.provider.find_payment(ctx, after.id) == after

    async def test_a_declined_card_fails_and_another_pays(self, counter: PaymentCounter, ctx: Context) -> None:
        """At the same page."""
        checkout = await counter.provider.start_checkout(ctx, order())
        await counter.decline(checkout)
        failed = await counter.provider.find_payment(ctx, checkout.id)
        assert failed.state is PaymentState.FAILED
        assert failed.failure
        await counter.pay(checkout)
        after = await counter.provider.find_payment(ctx, failed.id)
        assert (after.state, after.failure) == (PaymentState.PAID, "")

    async def test_an_unpaid_page_expires(self, counter: PaymentCounter, ctx: Context) -> None:
        """For good."""
        checkout = await counter.provider.start_checkout(ctx, order())
        await counter.expire(checkout)
        assert (await counter.provider.find_payment(ctx, checkout.id)).state is PaymentState.EXPIRED

    async def test_the_same_key_opens_one_checkout(self, counter: PaymentCounter, ctx: Context) -> None:
        """Again and at once."""
        first = await counter.provider.start_checkout(ctx, order())
        again = [await counter.provider.start_checkout(ctx, order())]
        if counter.over_http:
            again += await asyncio.gather(*(counter.provider.start_checkout(ctx, order()) for _ in range(3)))
        assert {each.id for each in again} == {first.id}

    async def test_a_key_is_good_for_one_order(self, counter: PaymentCounter, ctx: Context) -> None:
        """Another amount under it is refused."""
        await counter.provider.start_checkout(ctx, order())
        with pytest.raises(PaymentError) as caught:
            await counter.provider.start_checkout(ctx, order(amount=1))
        assert not isinstance(caught.value, PaymentOutcomeUnknown)

    async def test_unknown_payments_are_not_found(self, counter: PaymentCounter, ctx: Context) -> None:
        """And ids that would lead elsewhere neither."""
        known = await counter.provider.start_checkout(ctx, order())
        for wrong in (known.id[:-4] + "zzzz", "nothing", "../customers", "a?b=c#d", ""):
            with pytest.raises(PaymentNotFound):
                await counter.provider.find_payment(ctx, wrong)

    async def test_every_currency_keeps_its_exponent(self, counter: PaymentCounter, ctx: Context) -> None:
        """Yen have no cents, and dinars a thousand fils."""
        for currency, amount in counter.currencies.items():
            found = await paid(counter, ctx, order(f"order-{currency}", amount=amount, currency=currency))
            assert found.money == Money(amount=amount, currency=currency)
            back = Money(amount=amount // 20 * 10 or amount, currency=currency)
            request = RefundRequest(payment_id=found.id, money=back, idempotency_key=f"refund-{currency}")
            await counter.provider.refund(ctx, request)
            assert (await counter.provider.find_payment(ctx, found.id)).refunded == back.amount

    async def test_what_the_service_cannot_take_is_refused(self, counter: PaymentCounter, ctx: Context) -> None:
        """Before anything is asked of it."""
        for currency, amount in {**counter.unsupported, "EUR": 0, "XXQ": 100}.items():
            with pytest.raises(PaymentError) as caught:
                await counter.provider.start_checkout(ctx, order(amount=amount, currency=currency))
            assert not isinstance(caught.value, PaymentOutcomeUnknown)

    async def test_money_goes_back_in_parts_and_never_too_much(self, counter: PaymentCounter, ctx: Context) -> None:
        """And the same key gives it once."""
        payment = await paid(counter, ctx)

        async def give_back(amount: int, key: str, currency: str = "EUR") -> str:
            money = Money(amount=amount, currency=currency)
            request = RefundRequest(payment_id=payment.id, money=money, idempotency_key=key, reason="as agreed")
            refund = await counter.provider.refund(ctx, request)
            assert (refund.money, refund.payment_id) == (money, payment.id)
            return refund.id

        first = await give_back(1000, "r1")
        assert await give_back(1000, "r1") == first
        assert await give_back(2000, "r2") != first
        for amount, currency in ((2000, "EUR"), (1000, "USD")):
            with pytest.raises(PaymentError) as caught:
                await give_back(amount, f"r-{amount}-{currency}", currency)
            assert not isinstance(caught.value, PaymentOutcomeUnknown)
        assert (await counter.provider.find_payment(ctx, payment.id)).refunded == 3000
        await give_back(1999, "r3")
        after = await counter.provider.find_payment(ctx, payment.id)
        assert (after.refunded, after.state) == (4999, PaymentState.PAID)

    async def test_what_is_not_paid_is_not_given_back(self, counter: PaymentCounter, ctx: Context) -> None:
        """By the checkout's id."""
        checkout = await counter.provider.start_checkout(ctx, order())
        money = Money(amount=100, currency="EUR")
        with pytest.raises(PaymentError):
            await counter.provider.refund(
                ctx, RefundRequest(payment_id=checkout.id, money=money, idempotency_key="early")
            )

    async def test_a_dispute_holds_money_back(self, counter: PaymentCounter, ctx: Context) -> None:
        """Until it is won."""
        if not counter.disputes:
            pytest.skip("nothing is disputed here")
        payment = await paid(counter, ctx)
        await counter.dispute(payment)
        assert (await counter.provider.find_payment(ctx, payment.id)).disputed == payment.money.amount
        await counter.dispute(payment, won=True)
        assert (await counter.provider.find_payment(ctx, payment.id)).disputed == 0

    async def test_a_saved_method_is_charged_once(self, counter: PaymentCounter, ctx: Context) -> None:
        """Without the buyer, and under one key only once."""
        needs_saved_methods(counter)
        payment = await paid(counter, ctx, order(save_method=True))
        request = charge_of(payment)
        first, again = [await counter.provider.charge(ctx, request) for _ in range(2)]
        assert (first.state, first.reference, first.money) == (PaymentState.PAID, "renewal-1", request.money)
        assert again.id == first.id != payment.id
        assert (await counter.provider.find_payment(ctx, first.id)).state is PaymentState.PAID
        other = msgspec.structs.replace(request, money=Money(amount=1000, currency="EUR"))
        with pytest.raises(PaymentError):
            await counter.provider.charge(ctx, other)

    async def test_a_declined_charge_is_an_answer(self, counter: PaymentCounter, ctx: Context) -> None:
        """That says why."""
        needs_saved_methods(counter)
        customer, method = await counter.failing_method()
        failed = await counter.provider.charge(
            ctx,
            ChargeRequest(
                reference="renewal-2",
                idempotency_key="renewal-2/charge",
                money=Money(amount=900, currency="EUR"),
                customer_id=customer,
                method_id=method,
                title="Renewal",
            ),
        )
        assert (failed.state, failed.reference) == (PaymentState.FAILED, "renewal-2")
        assert failed.failure

    async def test_every_payment_is_listed_once(self, counter: PaymentCounter, ctx: Context) -> None:
        """Over all pages."""
        await counter.seed(PAGES)
        since = ctx.now - dt.timedelta(hours=1)
        listed = [each async for each in counter.provider.payments_since(ctx, since)]
        assert len(listed) == len({each.id for each in listed}) == PAGES
        assert {each.state for each in listed} == {PaymentState.PAID}
        later = ctx.now + dt.timedelta(hours=1)
        assert [each async for each in counter.provider.payments_since(ctx, later)] == []

    async def test_the_list_says_what_the_payment_says(self, counter: PaymentCounter, ctx: Context) -> None:
        """Refunds and all."""
        payment = await paid(counter, ctx)
        money = Money(amount=999, currency="EUR")
        await counter.provider.refund(ctx, RefundRequest(payment_id=payment.id, money=money, idempotency_key="r"))
        found = await counter.provider.find_payment(ctx, payment.id)
        since = ctx.now - dt.timedelta(hours=1)
        assert [each async for each in counter.provider.payments_since(ctx, since)] == [found]

    async def test_a_webhook_names_the_payment(self, counter: PaymentCounter, ctx: Context) -> None:
        """And comes with the same id again."""
        payment = await paid(counter, ctx)
        headers, body = await counter.message(payment, at=ctx.now)
        event = await counter.provider.read_webhook(ctx, headers, body)
        assert event.payment_id
        assert (await counter.provider.find_payment(ctx, event.payment_id)).id == payment.id
        again = await counter.provider.read_webhook(ctx, headers, body)
        assert (again.id, again.payment_id) == (event.id, event.payment_id)

    async def test_a_webhook_about_something_else_names_none(self, counter: PaymentCounter, ctx: Context) -> None:
        """But is no mistake."""
        headers, body = await counter.foreign_message(at=ctx.now)
        assert (await counter.provider.read_webhook(ctx, headers, body)).payment_id is None

    async def test_forged_webhooks_are_refused(self, counter: PaymentCounter, ctx: Context) -> None:
        """Another secret, another body, no signature."""
        payment = await paid(counter, ctx)
        good, body = await counter.message(payment, at=ctx.now)
        forged, _ = await counter.message(payment, at=ctx.now, forged=True)
        odd = dict.fromkeys(good, "t=\u00fc,v1=\u00fc")
        altered = body[:-1] + b', "added": 1}'
        for headers, sent in ((forged, body), (good, altered), (good, b"{}"), ({}, body), (odd, body)):
            with pytest.raises(WebhookRefused):
                await counter.provider.read_webhook(ctx, headers, sent)

    async def test_old_webhooks_are_refused(self, counter: PaymentCounter, ctx: Context) -> None:
        """And ones from the future; a clock that is a little off is not."""
        payment = await paid(counter, ctx)
        for away in (-2 * counter.oldest, dt.timedelta(hours=1)):
            headers, body = await counter.message(payment, at=ctx.now + away)
            with pytest.raises(WebhookRefused):
                await counter.provider.read_webhook(ctx, headers, body)
        for seconds in (-120, 60):
            headers, body = await counter.message(payment, at=ctx.now + dt.timedelta(seconds=seconds))
            assert (await counter.provider.read_webhook(ctx, headers, body)).payment_id

    @pytest.mark.parametrize("fault", list(Fault))
    async def test_a_read_that_fails_says_so(self, counter: PaymentCounter, ctx: Context, fault: Fault) -> None:
        """And the next one works."""
        needs_http(counter)
        payment = await paid(counter, ctx)
        await counter.break_next(fault)
        with pytest.raises(PaymentError) as caught:
            await counter.provider.find_payment(ctx, payment.id)
        check_error(counter, fault, caught.value)
        assert (await counter.provider.find_payment(ctx, payment.id)).state is PaymentState.PAID

    @pytest.mark.parametrize("fault", list(Fault))
    async def test_a_checkout_that_fails_is_opened_once(
        self,
        counter: PaymentCounter,
        ctx: Context,
        fault: Fault,
        caplog: pytest.LogCaptureFixture,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """By asking again."""
        needs_http(counter)
        caplog.set_level(logging.DEBUG)
        await counter.break_next(fault, write=True)
        with pytest.raises(PaymentError) as caught:
            await counter.provider.start_checkout(ctx, order())
        check_error(counter, fault, caught.value)
        first = await counter.provider.start_checkout(ctx, order())
        assert (await counter.provider.start_checkout(ctx, order())).id == first.id
        printed = capsys.readouterr()
        written = caplog.text + printed.out + printed.err
        assert not [word for word in counter.secrets if word in written]

    @pytest.mark.parametrize("fault", [Fault.SILENT, Fault.CUT, Fault.MALFORMED, Fault.BROKEN])
    async def test_a_refund_without_an_answer_is_given_once(
        self, counter: PaymentCounter, ctx: Context, fault: Fault
    ) -> None:
        """By asking again with its key."""
        needs_http(counter)
        payment = await paid(counter, ctx)
        request = RefundRequest(payment_id=payment.id, money=Money(amount=1500, currency="EUR"), idempotency_key="r1")
        await counter.break_next(fault, write=True)
        with pytest.raises(PaymentOutcomeUnknown):
            await counter.provider.refund(ctx, request)
        refund = await counter.provider.refund(ctx, request)
        assert refund.money == request.money
        assert (await counter.provider.find_payment(ctx, payment.id)).refunded == 1500

    @pytest.mark.parametrize("fault", [Fault.SILENT, Fault.CUT, Fault.MALFORMED])
    async def test_a_charge_without_an_answer_is_made_once(
        self, counter: PaymentCounter, ctx: Context, fault: Fault
    ) -> None:
        """The buyer paid, and the site did not hear of it."""
        needs_http(counter)
        needs_saved_methods(counter)
        payment = await paid(counter, ctx, order(save_method=True))
        await counter.break_next(fault, write=True)
        with pytest.raises(PaymentOutcomeUnknown):
            await counter.provider.charge(ctx, charge_of(payment))
        charged = await counter.provider.charge(ctx, charge_of(payment))
        assert charged.state is PaymentState.PAID
        since = ctx.now - dt.timedelta(hours=1)
        listed = [each.id async for each in counter.provider.payments_since(ctx, since)]
        assert sorted(listed) == sorted([payment.id, charged.id])
