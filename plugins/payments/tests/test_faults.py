"""What goes wrong between the site and a provider; the books balance after each, and nothing is lost or doubled."""

import asyncio
import random
import secrets
import signal
import sys
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from questline_payments import processing, refunds, settle
from questline_payments.models import Refund
from questline_payments.schedules import Nothing, look_after
from questline_payments_sandbox.books import Books
from questline_payments_sandbox.messages import MESSAGES
from questline_payments_sandbox.provider import SandboxProvider, settled
from questline_sdk.payments import Money, PaymentError, PaymentOutcomeUnknown, PaymentState, ProviderPayment

API = "/api/v1/p/payments"
BANK = "payments_sandbox"
UNBALANCED = """
INSERT INTO payments.posting (entry_id, order_id, kind, account, amount, currency, occurred_at)
SELECT uuidv7(), order_id, kind, account, 1, currency, occurred_at FROM payments.posting LIMIT 1
"""
LATE = "UPDATE payments.purchase SET expires_at = now() - interval '1 day'"


async def book(shop, order, payment_id, *, amount=5000, currency="EUR", **more):
    """Book what a provider would say of a payment."""
    async with shop.site.context(shop.tenant.id) as ctx:
        payment = ProviderPayment(
            id=payment_id,
            reference=order["id"],
            state=PaymentState.PAID,
            money=Money(amount=amount, currency=currency),
            created_at=ctx.now,
            **more,
        )
        return await settle.apply(ctx, BANK, payment)


async def at_the_bank(shop, order):
    url = (await shop.order_page(order))["checkout_url"]
    async with shop.site.context(shop.tenant.id) as ctx:
        return await Books(ctx).find(url.rpartition("/")[2])


async def send_refunds(shop):
    """What the job does, after its pause."""
    async with shop.site.context(shop.tenant.id) as ctx:
        waiting = list(await ctx.session.scalars(select(Refund.id).where(Refund.state == "requested")))
        for refund_id in waiting:
            await refunds.send(ctx, refund_id)
    return len(waiting)


async def test_a_second_payment_is_given_back_without_touching_the_first(shop):
    order = await shop.order()
    for payment in ("first", "second", "second"):
        await book(shop, order, payment)
    found = await shop.shown(order)
    assert (found["state"], found["paid"], found["surplus"], found["refundable"]) == ("paid", 10000, 5000, 5000)
    await book(shop, order, "second", refunded=5000)
    found = await shop.shown(order)
    assert (found["state"], found["surplus"], found["refundable"]) == ("paid", 0, 5000)
    assert found["refunds"][0]["surplus"]
    assert await shop.reads()
    await book(shop, order, "first", refunded=5000)
    assert (await shop.shown(order))["state"] == "refunded"
    assert not await shop.reads()


async def pay_again(shop, order):
    """What a buyer does at the bank with another page for the same order; the id of that payment."""
    async with shop.site.context(shop.tenant.id) as ctx:
        books = Books(ctx)
        first = await books.find((await shop.order_page(order))["checkout_url"].rpartition("/")[2])
        other = msgspec.structs.replace(first, id=f"sb_order_{secrets.token_hex(12)}", payment_id=None, paid_at=None)
        await books.open(other)
        paid = await books.change(other.id, lambda found: settled(found, ctx.now))
    return first.payment_id, paid.payment_id


async def tell(shop, *payment_ids):
    """The bank's messages of payments, each of them twice."""
    async with shop.site.context(shop.tenant.id) as ctx:
        for payment_id in payment_ids:
            await MESSAGES.send(ctx, f"again-{payment_id}", "payment.paid", payment_id, times=2)
    await shop.site.drain()


async def test_a_second_payment_of_a_paid_order_goes_back_by_itself_once(shop):
    order = await shop.paid()
    first, second = await pay_again(shop, order)
    await tell(shop, second)
    await tell(shop, first, second)
    found = await shop.shown(order)
    assert (found["state"], found["paid"], found["refunded"], found["surplus"]) == ("paid", 10000, 5000, 0)
    assert [(each["state"], each["surplus"], each["amount"]) for each in found["refunds"]] == [("done", True, 5000)]
    assert found["refundable"] == 5000
    async with shop.site.context(shop.tenant.id) as ctx:
        books = Books(ctx)
        assert [(await books.find(each)).refunded for each in (first, second)] == [0, 5000]
    assert (await shop.balances())[f"cash:{BANK}", "EUR"] == 5000
    assert await shop.reads()
    assert [each["kind"] for each in found["documents"]] == ["invoice"]


async def test_a_second_payment_that_the_bank_keeps_is_left_to_an_admin(shop, monkeypatch):
    order = await shop.paid()

    async def refuse(self, ctx, request):
        raise PaymentError("The account is closed.")

    sent = SandboxProvider.refund
    monkeypatch.setattr(SandboxProvider, "refund", refuse)
    _, second = await pay_again(shop, order)
    await tell(shop, second)
    monkeypatch.setattr(SandboxProvider, "refund", sent)
    await tell(shop, second)
    found = await shop.shown(order)
    assert (found["state"], found["surplus"], [each["state"] for each in found["refunds"]]) == (
        "paid",
        5000,
        ["failed"],
    )
    answer = await shop.refund(order, surplus=True)
    assert answer.status_code == 201, answer.text
    assert (await shop.shown(order))["surplus"] == 0
    assert (await shop.balances())[f"cash:{BANK}", "EUR"] == 5000


async def test_a_batch_that_breaks_is_tried_again_at_once(shop, monkeypatch):
    order = await shop.order()
    await shop.press(order, "pay")
    marked, broken = processing._mark, []

    async def breaks_once(ctx, messages, outcomes):
        if not broken:
            broken.append(True)
            await ctx.session.execute(text("SELECT 1 / 0"))
        await marked(ctx, messages, outcomes)

    monkeypatch.setattr(processing, "_mark", breaks_once)
    await shop.site.drain()
    assert broken
    assert (await shop.shown(order))["paid"] == 5000
    messages = (await shop.admin.get(f"{API}/messages")).json()["items"]
    assert [each["state"] for each in messages] == ["done"]


async def test_a_checkout_that_fails_leaves_the_cart_as_it_was(shop, monkeypatch):
    path = f"{API}/me/cart"
    lines = [{"price_id": shop.price["id"], "quantity": 1}]
    await shop.buyer.put(path, json={"lines": lines, "billing": {"country": "DE"}})
    begun = SandboxProvider.start_checkout

    async def broken(self, ctx, request):
        raise PaymentError("The bank is closed.")

    async def ask(key):
        asked = {"provider": BANK}
        return await shop.buyer.post(f"{API}/orders", json=asked, headers={"idempotency-key": key})

    async def in_cart():
        return [each["price_id"] for each in (await shop.buyer.get(path)).json()["lines"]]

    monkeypatch.setattr(SandboxProvider, "start_checkout", broken)
    assert (await ask("closed-bank")).status_code >= 400
    assert await in_cart() == [shop.price["id"]]
    monkeypatch.setattr(SandboxProvider, "start_checkout", begun)
    order = (await ask("closed-bank")).json()
    assert order["checkout_url"]
    assert await in_cart() == []
    assert len((await shop.buyer.get(f"{API}/me/orders")).json()["items"]) == 1
    await shop.press(order, "pay")
    assert (await shop.check(order))["state"] == "paid"


async def test_a_dispute_of_a_second_payment_takes_nothing_away(shop):
    order = await shop.order()
    await book(shop, order, "first")
    await book(shop, order, "second", disputed=5000)
    assert (await shop.shown(order))["state"] == "paid"
    assert await shop.reads()


@pytest.mark.parametrize(("amount", "currency"), [(5000, "USD"), (4999, "EUR")])
async def test_money_that_does_not_fit_sells_nothing_until_it_does(shop, amount, currency):
    order = await shop.order()
    await book(shop, order, "odd", amount=amount, currency=currency)
    found = await shop.shown(order)
    assert (found["state"], found["surplus"]) == ("review", amount)
    assert not await shop.reads()
    await book(shop, order, "right")
    assert (await shop.shown(order))["state"] == "paid"
    assert await shop.reads()


async def test_a_refund_that_fails_at_the_bank_gives_the_course_back(shop):
    order = await shop.order()
    await book(shop, order, "first", refunded=5000)
    assert (await shop.shown(order))["state"] == "refunded"
    assert not await shop.reads()
    await book(shop, order, "first", refunded=0)
    assert (await shop.shown(order))["state"] == "paid"
    assert await shop.reads()


@pytest.mark.parametrize("seed", range(6))
async def test_facts_in_any_order_end_in_the_same_books(shop, seed):
    chance = random.Random(seed)
    orders = [await shop.order(), await shop.order()]
    steps = []
    for order in orders:
        refunded = chance.choice([0, 1234, 5000])
        for payment in ("a", "b")[: chance.randint(1, 2)]:
            facts = [{}, {"refunded": refunded}, {"refunded": refunded, "disputed": chance.choice([0, 500])}]
            steps.append([(order, f"{order['id']}-{payment}", fact) for fact in facts])
    last = [each[-1] for each in steps]
    flat = [step for each in steps for step in each] * 2
    chance.shuffle(flat)
    for order, payment, fact in flat + last:
        await book(shop, order, payment, **fact)
        await shop.balances()
    books = await shop.balances()
    kept = sum(5000 - fact.get("refunded", 0) - fact.get("disputed", 0) for _, _, fact in last)
    assert books[f"cash:{BANK}", "EUR"] == kept
    for order, payment, fact in last:
        assert not await book(shop, order, payment, **fact)
    assert await shop.balances() == books


async def test_the_ledger_cannot_be_changed_or_unbalanced(shop):
    await shop.paid()
    for statement in (
        "UPDATE payments.posting SET amount = amount + 1",
        "DELETE FROM payments.posting",
        "UPDATE payments.order_event SET detail = 'x'",
        "DELETE FROM payments.document",
        UNBALANCED,
    ):
        with pytest.raises(DBAPIError):
            async with shop.site.context(shop.tenant.id) as ctx:
                await ctx.session.execute(text(statement))


async def test_an_unknown_outcome_of_a_refund_is_asked_again_and_made_once(shop, monkeypatch):
    order = await shop.paid()
    sent = SandboxProvider.refund

    async def silent(self, ctx, request):
        async with shop.site.context(shop.tenant.id) as own:
            await sent(self, own, request)
        raise PaymentOutcomeUnknown("The bank did not answer.")

    monkeypatch.setattr(SandboxProvider, "refund", silent)
    answer = await shop.refund(order, key="lost-answer", amount=2000)
    assert answer.status_code == 201, answer.text
    assert [each["state"] for each in answer.json()["refunds"]] == ["requested"]
    assert (await shop.refund(order, amount=4000)).json()["code"] == "refund_too_large"
    monkeypatch.setattr(SandboxProvider, "refund", sent)
    assert await send_refunds(shop) == 1
    await shop.site.drain()
    assert (await shop.shown(order))["refunded"] == 2000
    assert (await at_the_bank(shop, order)).refunded == 2000


async def test_an_unknown_outcome_of_a_checkout_is_one_page(shop, monkeypatch):
    begun = SandboxProvider.start_checkout

    async def silent(self, ctx, request):
        await begun(self, ctx, request)
        raise PaymentOutcomeUnknown("The bank did not answer.")

    monkeypatch.setattr(SandboxProvider, "start_checkout", silent)
    answer = await shop.ask(key="lost-page")
    assert (answer.status_code, answer.json()["code"]) == (503, "payment_outcome_unknown")
    monkeypatch.setattr(SandboxProvider, "start_checkout", begun)
    order = await shop.order(key="lost-page")
    assert len((await shop.buyer.get(f"{API}/me/orders")).json()["items"]) == 1
    await shop.press(order, "pay")
    assert (await shop.check(order))["state"] == "paid"


async def test_a_return_page_without_a_message_and_a_buyer_who_never_comes_back(shop):
    order = await shop.order()
    await shop.press(order, "pay")
    async with shop.site.context(shop.tenant.id) as ctx:
        await ctx.session.execute(text(LATE))
    left = await shop.order()
    async with shop.site.context(shop.tenant.id) as ctx:
        await ctx.session.execute(
            text("UPDATE payments.purchase SET expires_at = now() - interval '1 day' WHERE id = :id"),
            {"id": left["id"]},
        )
    async with shop.site.context(shop.tenant.id) as ctx:
        await look_after(ctx, Nothing())
    assert (await shop.shown(order))["state"] == "paid"
    assert (await shop.shown(left))["state"] == "expired"
    await shop.press(left, "pay")
    await shop.site.drain()
    assert (await shop.shown(left))["state"] == "paid"


async def test_killed_between_the_provider_and_the_commit(shop):
    order = await shop.paid()
    settings = shop.site.host.settings
    asked = {
        "settings": {
            name: str(getattr(settings, name))
            for name in ("home", "environment", "database_url", "owner_database_url", "redis_url", "secret_key")
        },
        "tenant": str(shop.tenant.id),
        "order": order["id"],
    }
    script = Path(__file__).with_name("refund_and_die.py")
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await process.communicate(msgspec.json.encode(asked))
    assert process.returncode == -signal.SIGKILL, errors.decode()[-2000:]
    assert (await at_the_bank(shop, order)).refunded == 2000
    found = await shop.shown(order)
    assert (found["refunded"], [each["state"] for each in found["refunds"]]) == (0, ["requested"])
    assert await send_refunds(shop) == 1
    await shop.site.drain()
    assert (await at_the_bank(shop, order)).refunded == 2000
    found = await shop.shown(order)
    assert (found["state"], found["refunded"]) == ("partly_refunded", 2000)
    assert UUID(found["id"])
