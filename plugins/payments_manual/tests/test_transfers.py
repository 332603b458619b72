"""What buyers see and admins do."""

import asyncio
from uuid import uuid4

import pytest
from plugins.payments_manual.tests.conftest import ACCOUNT

from questline_sdk.payments import Money, PaymentError, PaymentProviders, PaymentRefused, RefundRequest
from questline_sdk.testing.payments import order

API = "/api/v1/p/payments_manual"


@pytest.fixture
def opened(provider, ctx):
    async def open_one(reference="order-1", **more):
        checkout = await provider.start_checkout(ctx, order(reference, **more))
        await ctx.session.commit()
        return checkout

    return open_one


async def test_the_page_says_where_to_send_the_money(opened, anonymous):
    checkout = await opened(locale="de-AT", amount=123456)
    assert checkout.url.startswith("https://learn.example/api/v1/p/payments_manual/transfers/")
    answer = await anonymous.get(checkout.url[len("https://learn.example") :])
    assert answer.headers["content-type"].startswith("text/html")
    for seen in ("DE89 3704 0044 0532 0130 00", "Acme Academy GmbH", "1.234,56 EUR", "Verwendungszweck"):
        assert seen in answer.text
    assert "ada@example.org" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_what_is_sold_is_written_and_not_run(provider, ctx, opened, anonymous):
    line = type(order().lines[0])(title="<script>alert(1)</script>", quantity=1, total=order().total)
    checkout = await opened(lines=[line])
    answer = await anonymous.get(checkout.url[len("https://learn.example") :])
    assert "<script" not in answer.text


async def test_an_admin_confirms_once_and_it_is_in_the_audit_log(opened, admin, drain):
    checkout = await opened()
    for _ in range(2):
        answer = await admin.post(f"{API}/transfers/{checkout.id}/payment")
        assert answer.json()["paid_at"]
    await drain()
    entries = (await admin.get("/api/v1/audit?action=payments_manual.transfer.paid")).json()["items"]
    assert len(entries) == 1
    assert (await admin.post(f"{API}/transfers/{checkout.id}/cancellation")).json()["code"] == "paid"


async def test_a_cancelled_transfer_cannot_be_confirmed(opened, admin, anonymous):
    checkout = await opened()
    assert (await admin.post(f"{API}/transfers/{checkout.id}/cancellation")).json()["cancelled_at"]
    assert (await admin.post(f"{API}/transfers/{checkout.id}/payment")).json()["code"] == "cancelled"
    page = await anonymous.get(checkout.url[len("https://learn.example") :])
    assert "was cancelled" in page.text
    assert "DE89" not in page.text


async def test_transfers_are_listed_in_pages_by_what_became_of_them(opened, admin):
    ids = [(await opened(f"order-{number}")).id for number in range(5)]
    await admin.post(f"{API}/transfers/{ids[0]}/payment")
    await admin.post(f"{API}/transfers/{ids[1]}/cancellation")
    seen, cursor = [], None
    while True:
        query = {"only": "open", "limit": 2, **({"cursor": cursor} if cursor else {})}
        page = (await admin.get(f"{API}/transfers", params=query)).json()
        seen += [each["id"] for each in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(ids[2:])
    for only, wanted in (("paid", ids[0]), ("cancelled", ids[1])):
        (found,) = (await admin.get(f"{API}/transfers", params={"only": only})).json()["items"]
        assert found["id"] == wanted


async def test_a_refund_is_settled_when_an_admin_sent_it(opened, provider, ctx, admin):
    checkout = await opened()
    await admin.post(f"{API}/transfers/{checkout.id}/payment")
    money = Money(amount=1000, currency="EUR")
    request = RefundRequest(payment_id=checkout.id, money=money, idempotency_key="r1")
    assert (await provider.refund(ctx, request)).settled is False
    await ctx.session.commit()
    (shown,) = (await admin.get(f"{API}/transfers/{checkout.id}/refunds")).json()
    assert (await admin.post(f"{API}/refunds/{shown['id']}/settlement")).json()["settled_at"]
    assert (await provider.find_payment(ctx, checkout.id)).refunded == 1000
    assert (await admin.post(f"{API}/refunds/{uuid4()}/settlement")).status_code == 404


async def test_refunds_at_once_never_give_back_more_than_was_paid(opened, site, tenant, admin):
    checkout = await opened()
    await admin.post(f"{API}/transfers/{checkout.id}/payment")

    async def give_back(number):
        money = Money(amount=2000, currency="EUR")
        request = RefundRequest(payment_id=checkout.id, money=money, idempotency_key=f"r{number}")
        async with site.context(tenant.id) as own:
            return await (await own.service(PaymentProviders).all())["payments_manual"].refund(own, request)

    done = await asyncio.gather(*(give_back(number) for number in range(6)), return_exceptions=True)
    assert len([each for each in done if not isinstance(each, PaymentError)]) == 2
    assert len((await admin.get(f"{API}/transfers/{checkout.id}/refunds")).json()) == 2


async def test_two_tabs_open_one_transfer(site, tenant, admin):
    async def open_one():
        async with site.context(tenant.id) as own:
            provider = (await own.service(PaymentProviders).all())["payments_manual"]
            return (await provider.start_checkout(own, order())).id

    assert len(set(await asyncio.gather(*(open_one() for _ in range(4))))) == 1


async def test_without_an_account_nobody_pays(ctx):
    provider = (await ctx.service(PaymentProviders).all())["payments_manual"]
    with pytest.raises(PaymentRefused, match="no bank account"):
        await provider.start_checkout(ctx, order())


@pytest.mark.parametrize("iban", ["DE89 3704 0044 0532 0130 01", "nonsense", "de89370400440532013000"])
async def test_a_mistyped_iban_is_refused(as_user, iban):
    answer = await (await as_user("admin")).put(
        "/api/v1/plugins/payments_manual/settings", json={**ACCOUNT, "iban": iban}
    )
    assert answer.status_code == 422
    assert "iban" in answer.text
