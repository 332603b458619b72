"""From the offer to the lesson, and what takes the lesson away again."""

import asyncio

import pytest

API = "/api/v1/p/payments"
BANK = "payments_sandbox"


async def test_a_course_that_is_sold_is_read_by_who_paid(shop):
    assert await shop.enrol() == "payment_required"
    assert not await shop.reads()
    access = (await shop.buyer.get(f"{API}/courses/{shop.course['id']}/access")).json()
    assert (access["for_sale"], access["entitled"]) == (True, False)
    assert [each["courses"][0]["slug"] for each in access["offers"]] == ["tea"]
    order = await shop.order()
    assert (order["state"], order["total"], order["exponent"]) == ("open", 5000, 2)
    await shop.press(order, "pay")
    order = await shop.check(order)
    assert (order["state"], order["paid"], order["refundable"]) == ("paid", 5000, 5000)
    assert await shop.reads()
    assert (await shop.buyer.get(f"{API}/courses/{shop.course['id']}/access")).json()["entitled"]
    assert [each["event"] for each in order["timeline"]] == ["ordered", "paid", "changed"]
    assert (await shop.ask()).json()["code"] == "already_owned"


async def test_buyers_are_offered_providers_that_are_set_up(shop):
    async def offered():
        return {each["name"] for each in (await shop.buyer.get(f"{API}/providers")).json()["items"]}

    assert await offered() == {BANK}
    account = {"account_holder": "Tea Ltd", "instructions": "Ask us for the account."}
    saved = await shop.admin.put("/api/v1/plugins/payments_manual/settings", json=account)
    assert saved.status_code == 200, saved.text
    assert await offered() == {BANK, "payments_manual"}


async def test_a_free_course_is_left_alone(shop):
    course = {"slug": "water", "id": await shop.publish("water")}
    assert await shop.enrol(course=course) == 201
    assert await shop.reads(course=course)
    access = (await shop.buyer.get(f"{API}/courses/{course['id']}/access")).json()
    assert access == {"for_sale": False, "entitled": True, "offers": []}


@pytest.mark.parametrize("choice", ["pay", "twice", "challenge"])
async def test_the_message_pays_the_order_once(shop, choice):
    order = await shop.order()
    await shop.press(order, choice)
    if choice == "challenge":
        await shop.press(order, "approve")
    await shop.site.drain()
    assert (await shop.shown(order))["paid"] == 5000
    assert (await shop.balances())[f"cash:{BANK}", "EUR"] == 5000
    assert await shop.reads()
    messages = (await shop.admin.get(f"{API}/messages")).json()["items"]
    assert {each["state"] for each in messages} == {"done"}
    assert max(each["times"] for each in messages) == (2 if choice == "twice" else 1)


async def test_the_message_may_come_before_or_after_the_return_page(shop):
    first, second = await shop.order(), await shop.order()
    await shop.press(first, "pay")
    await shop.site.drain()
    assert (await shop.check(first))["paid"] == 5000
    await shop.press(second, "pay")
    assert (await shop.check(second))["state"] == "paid"
    await shop.site.drain()
    assert (await shop.balances())[f"cash:{BANK}", "EUR"] == 10000


async def test_tabs_with_one_key_order_once(shop):
    answers = await asyncio.gather(*(shop.ask(key="one-key-for-all") for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len({answer.json()["checkout_url"] for answer in answers}) == 1
    other = await shop.ask(key="one-key-for-all", billing={"country": "FR"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")


async def test_two_tabs_that_pay_two_orders_have_the_course_until_both_are_refunded(shop):
    first, second = await shop.order(), await shop.order()
    for order in (first, second):
        await shop.press(order, "pay")
    await shop.site.drain()
    assert (await shop.refund(first)).status_code == 201
    assert (await shop.shown(second))["state"] == "paid"
    assert await shop.reads()
    assert (await shop.refund(second)).status_code == 201
    assert not await shop.reads()
    assert await shop.enrol() == "payment_required"


async def test_refunds_at_once_never_give_more_than_was_paid(shop):
    order = await shop.paid()
    answers = await asyncio.gather(*(shop.refund(order, amount=2000) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [201, 201, 409, 409, 409, 409]
    await shop.site.drain()
    found = await shop.shown(order)
    assert (found["state"], found["refunded"], found["refundable"]) == ("partly_refunded", 4000, 1000)
    assert await shop.reads()
    assert (await shop.balances())[f"cash:{BANK}", "EUR"] == 1000


async def test_a_refund_with_the_same_key_is_one_refund(shop):
    order = await shop.paid()
    answers = await asyncio.gather(*(shop.refund(order, key="refund-key-1", amount=2000) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert (await shop.shown(order))["refunded"] == 2000
    other = await shop.refund(order, key="refund-key-1", amount=1000)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")


async def test_a_refund_of_a_line_takes_what_that_line_opened(shop):
    coffee = {"slug": "coffee", "id": await shop.publish("coffee")}
    price = await shop.sell(coffee["id"], amount=3000)
    order = await shop.paid(prices=[shop.price, price])
    assert await shop.reads()
    assert await shop.reads(course=coffee)
    line = next(each for each in order["lines"] if each["price_id"] == price["id"])
    answer = await shop.refund(order, lines=[{"line_id": line["id"], "amount": 3000}])
    assert answer.status_code == 201, answer.text
    assert (answer.json()["state"], answer.json()["refunded"]) == ("partly_refunded", 3000)
    assert await shop.reads()
    assert not await shop.reads(course=coffee)
    again = await shop.refund(order, lines=[{"line_id": line["id"], "amount": 1}])
    assert again.json()["code"] == "refund_too_large"


async def test_what_somebody_had_before_they_bought_it_stays(shop):
    course = {"slug": "milk", "id": await shop.publish("milk")}
    assert await shop.enrol(course=course) == 201
    order = await shop.paid(prices=[await shop.sell(course["id"])])
    assert (await shop.refund(order)).json()["state"] == "refunded"
    assert await shop.reads(course=course)


@pytest.mark.parametrize(("choice", "state", "reads"), [("dispute", "disputed", False), ("dispute_won", "paid", True)])
async def test_a_dispute_takes_what_it_holds(shop, choice, state, reads):
    order = await shop.paid()
    await shop.press(await shop.order_page(order), "dispute")
    await shop.site.drain()
    assert not await shop.reads()
    if choice != "dispute":
        await shop.press(await shop.order_page(order), choice)
        await shop.site.drain()
    assert (await shop.shown(order))["state"] == state
    assert await shop.reads() is reads


async def test_a_cancelled_order_that_is_paid_all_the_same_is_booked(shop):
    order = await shop.order()
    answer = await shop.buyer.post(f"{API}/orders/{order['id']}/cancel")
    assert answer.json()["state"] == "cancelled"
    again = await shop.buyer.post(f"{API}/orders/{order['id']}/cancel")
    assert (again.status_code, again.json()["code"]) == (409, "not_open")
    await shop.press(order, "pay")
    await shop.site.drain()
    assert (await shop.shown(order))["state"] == "paid"
    assert await shop.reads()


async def test_a_declined_card_leaves_the_order_open(shop):
    order = await shop.order()
    await shop.press(order, "decline")
    await shop.site.drain()
    assert (await shop.check(order))["state"] == "open"
    await shop.press(order, "pay")
    assert (await shop.check(order))["state"] == "paid"


async def test_others_do_not_see_an_order(shop, as_user):
    order = await shop.order()
    other = await as_user("learner")
    for answer in (
        await other.get(f"{API}/orders/{order['id']}"),
        await other.post(f"{API}/orders/{order['id']}/check"),
        await other.post(f"{API}/orders/{order['id']}/cancel"),
    ):
        assert answer.status_code == 404
    assert (await other.get(f"{API}/me/orders")).json()["items"] == []
    assert (await other.get(f"{API}/orders")).status_code == 403
    assert [each["id"] for each in (await shop.buyer.get(f"{API}/me/orders")).json()["items"]] == [order["id"]]
