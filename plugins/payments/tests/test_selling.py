"""What admins sell: prices, coupons and tax, and what a cart comes to."""

import asyncio

import pytest

API = "/api/v1/p/payments"


async def coupon(shop, code="SPRING", **data):
    answer = await shop.admin.post(f"{API}/coupons", json={"code": code, **data})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def cart(shop, buyer=None, **data):
    answer = await (buyer or shop.buyer).put(f"{API}/me/cart", json={"lines": [{"price_id": shop.price["id"]}], **data})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def tax(shop, *rates):
    items = [{"country": country, "customer_type": kind, "percent": percent} for country, kind, percent in rates]
    answer = await shop.admin.put(f"{API}/tax-rates", json={"items": items})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(("inclusive", "amounts"), [(True, (5000, 500, 718, 4500)), (False, (5000, 500, 855, 5355))])
async def test_discount_and_tax_are_shown_and_sold_as_shown(shop, inclusive, amounts):
    assert (await tax(shop, ("DE", "person", "19.00")))["items"][0]["percent"] == "19.00"
    await coupon(shop, percent=10)
    shop.price = await shop.sell(shop.course["id"], tax_inclusive=inclusive)
    shown = await cart(shop, promotion_code="spring", billing={"country": "DE"})
    assert tuple(shown[name] for name in ("subtotal", "discount", "tax", "total")) == amounts
    answer = await shop.buyer.post(
        f"{API}/orders", json={"provider": "payments_sandbox"}, headers={"idempotency-key": "from-the-cart"}
    )
    order = answer.json()
    assert tuple(order[name] for name in ("subtotal", "discount", "tax", "total")) == amounts
    assert (await shop.buyer.get(f"{API}/me/cart")).json()["lines"] == []
    await shop.press(order, "pay")
    assert (await shop.check(order))["state"] == "paid"
    books = await shop.balances()
    assert (-books["tax", "EUR"], books["discounts", "EUR"]) == (amounts[2], amounts[1])
    await shop.refund(order)
    assert set((await shop.balances()).values()) == {0}
    documents = (await shop.shown(order))["documents"]
    assert [(each["kind"], each["number"], each["total"]) for each in documents] == [
        ("invoice", "INV-000001", amounts[3]),
        ("credit_note", "CN-000001", -amounts[3]),
    ]
    page = (await shop.buyer.get(f"{API}/documents/{documents[1]['id']}")).json()
    assert (page["lines"][0]["total"], page["lines"][0]["tax"]) == (-amounts[3], -amounts[2])


async def test_a_company_elsewhere_in_the_union_owes_the_tax_itself(shop):
    answer = await shop.admin.put("/api/v1/plugins/payments/settings", json={"country": "DE"})
    assert answer.status_code == 200, answer.text
    await tax(shop, ("DE", "person", "19.00"), ("FR", "company", "20.00"))
    assert (await cart(shop))["tax"] == 798
    assert (await cart(shop, billing={"country": "FR", "customer_type": "company"}))["tax"] == 833
    company = {"country": "FR", "customer_type": "company", "vat_id": "fr 40 303265045"}
    shown = await cart(shop, billing=company)
    assert (shown["tax"], shown["billing"]["vat_id"]) == (0, "FR40303265045")
    for wrong in ({"vat_id": "FR1"}, {"customer_type": "person"}):
        answer = await shop.buyer.put(f"{API}/me/cart", json={"lines": [], "billing": {**company, **wrong}})
        assert answer.status_code == 422


async def test_the_last_use_of_a_coupon_goes_to_one_of_two_buyers(shop, as_user):
    await coupon(shop, percent=50, max_uses=1)
    buyers = [await as_user("learner") for _ in range(4)]
    answers = await asyncio.gather(*(shop.ask(buyer=buyer, promotion_code="SPRING") for buyer in buyers))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"coupon_used_up"}
    winner = next(n for n, answer in enumerate(answers) if answer.status_code == 201)
    await buyers[winner].post(f"{API}/orders/{answers[winner].json()['id']}/cancel")
    assert (await shop.ask(promotion_code="SPRING")).status_code == 201


async def test_a_coupon_for_everything_sells_without_a_provider(shop):
    await coupon(shop, percent=100)
    order = await shop.order(promotion_code="SPRING")
    assert (order["state"], order["total"], order["checkout_url"], order["provider"]) == ("paid", 0, None, None)
    assert await shop.reads()
    assert (await shop.refund(order)).json()["code"] == "not_paid"


async def test_what_is_in_the_way_of_a_cart_is_said(shop):
    other = await shop.sell(shop.course["id"], currency="JPY", amount=700)
    assert other["exponent"] == 0
    for data, code in (
        ({"promotion_code": "NOSUCH"}, "coupon_unknown"),
        ({"lines": [{"price_id": shop.price["id"]}, {"price_id": other["id"]}]}, "mixed_prices"),
    ):
        assert (await cart(shop, **data))["problem"]["code"] == code
    await coupon(shop, amount=700, currency="JPY")
    assert (await cart(shop, promotion_code="SPRING"))["problem"]["code"] == "coupon_not_for_this"
    await shop.admin.put(f"{API}/prices/{shop.price['id']}", json={"active": False})
    assert (await cart(shop))["problem"]["code"] == "not_offered"
    assert (await shop.ask()).json()["code"] == "not_offered"


async def test_a_write_is_done_once_for_its_key(shop):
    data = {"kind": "course", "title": "Twice", "course_ids": [shop.course["id"]]}
    headers = {"idempotency-key": "the-same-key"}
    answers = await asyncio.gather(*(shop.admin.post(f"{API}/products", json=data, headers=headers) for _ in range(3)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    answer = await shop.admin.post(f"{API}/products", json={**data, "title": "Other"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_conflict")
    for wrong in ({"currency": "XAU", "amount": 5}, {"currency": "EUX", "amount": 5}):
        answer = await shop.admin.post(f"{API}/products/{shop.price['product_id']}/prices", json=wrong)
        assert answer.status_code == 422


async def test_revenue_is_what_the_ledger_says(shop):
    order = await shop.paid()
    await shop.refund(order, amount=2000)
    (month,) = (await shop.admin.get(f"{API}/revenue")).json()["items"]
    assert (month["gross"], month["refunds"], month["net"], month["orders"]) == (5000, 2000, 3000, 1)
    csv = await shop.admin.get(f"{API}/revenue.csv")
    assert csv.text.splitlines()[1].split(",")[1:] == [
        "EUR",
        "50.00",
        "0.00",
        "20.00",
        "0.00",
        "30.00",
        "1",
        "0.00",
        "0",
    ]
    entries = (await shop.admin.get(f"{API}/ledger", params={"order_id": order["id"]})).json()["items"]
    assert [each["kind"] for each in entries].count("sale") == 1
    assert all(sum(posting["amount"] for posting in each["postings"]) == 0 for each in entries)
