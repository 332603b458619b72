"""Seats are given by mail or by code, never more than were bought, and go with the money."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import func, select, update

from questline_payments import privacy, renewals, seats_job
from questline_payments.models import Line, Subscription
from questline_payments.seats import paid_for
from questline_payments.seats_models import Seat, SeatCode, SeatPool

API = "/api/v1/p/payments"


def code_of(answer):
    return answer.status_code if answer.status_code < 300 else answer.json()["code"]


def test_a_seat_goes_once_its_whole_money_is_back():
    assert [paid_for(3, 3000, worth) for worth in (3000, 2999, 2001, 2000, 1, 0)] == [3, 3, 3, 2, 1, 0]
    assert [paid_for(3, 100, worth) for worth in (100, 67, 66, 34, 33)] == [3, 3, 2, 2, 1]
    assert paid_for(7, 0, 0) == 7


async def test_seats_are_bought_for_others_and_not_for_the_buyer(seats):
    order = await seats.buy(3)
    assert (order["total"], order["lines"][0]["quantity"]) == (3000, 3)
    found = await seats.pool()
    assert (found["title"], found["order_number"], found["mine"]) == ("Tea for teams", order["number"], True)
    assert [each["slug"] for each in found["courses"]] == ["tea"]
    assert await seats.counts() == (3, 0, 0, 3)
    assert not await seats.shop.reads()
    again = await seats.buy(1)
    assert len(await seats.pools()) == 2
    assert again["state"] == "paid"


async def test_an_invitation_opens_the_course_once_it_is_accepted(seats):
    await seats.buy(2)
    person = await seats.person()
    (code,) = await seats.invite(" Person@Firm.example ")
    assert await seats.counts() == (2, 1, 0, 1)
    assert not await seats.shop.reads(person)
    answer = await seats.redeem(person, code)
    assert (answer.json()["title"], answer.json()["courses"][0]["slug"]) == ("Tea for teams", "tea")
    assert await seats.shop.reads(person)
    assert await seats.counts() == (2, 0, 1, 1)
    (row,) = await seats.people()
    assert (row["email"], row["state"], row["seated"]) == ("person@firm.example", "taken", True)
    assert row["person"]["id"] == str(person.user_id)
    other = await seats.person()
    assert code_of(await seats.redeem(other, code)) == "seat_code_not_good"
    assert not await seats.shop.reads(other)


async def test_lines_that_are_no_addresses_are_named_and_nobody_is_invited(seats):
    await seats.buy(3)
    answer = await seats.post("people", emails=["ada@firm.example", "no address", "bob@firm"])
    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == ["emails.1", "emails.2"]
    assert await seats.counts() == (3, 0, 0, 3)
    answer = await seats.post("people", emails=["a@firm.example", "b@firm.example", "c@firm.example", "d@firm.example"])
    assert code_of(answer) == "no_seat"
    assert await seats.counts() == (3, 0, 0, 3)
    answer = await seats.post("people", emails=["a@firm.example", "A@firm.example"])
    assert [each["outcome"] for each in answer.json()["items"]] == ["invited"]
    answer = await seats.post("people", emails=["a@firm.example", "b@firm.example"])
    assert [each["outcome"] for each in answer.json()["items"]] == ["has_seat", "invited"]
    assert await seats.counts() == (3, 2, 0, 1)


async def test_a_seat_is_taken_back_at_once_and_given_to_another(seats):
    await seats.buy(1)
    (first,) = await seats.seated(1)
    assert await seats.shop.reads(first)
    seat = await seats.seat_of(first)
    answer = await seats.post(f"people/{seat['id']}/reassign", email="next@firm.example")
    assert answer.status_code == 200, answer.text
    assert not await seats.shop.reads(first)
    assert await seats.shop.enrol(first) == "payment_required"
    second = await seats.person()
    assert (await seats.redeem(second, answer.json()["path"].partition("code=")[2])).status_code == 200
    assert await seats.shop.reads(second)
    seat = await seats.seat_of(second)
    answer = await seats.post(f"people/{seat['id']}/revoke")
    assert (answer.status_code, answer.json()["free"]) == (200, 1)
    assert not await seats.shop.reads(second)
    assert code_of(await seats.post(f"people/{seat['id']}/revoke")) == "seat_revoked"
    assert [each["state"] for each in await seats.people(state="revoked")] == ["revoked", "revoked"]


async def test_a_new_link_makes_the_one_before_good_no_more(seats):
    await seats.buy(1)
    (old,) = await seats.invite("ada@firm.example")
    (seat,) = await seats.people()
    new = (await seats.post(f"people/{seat['id']}/mail")).json()["path"].partition("code=")[2]
    person = await seats.person()
    assert code_of(await seats.redeem(person, old)) == "seat_code_not_good"
    assert (await seats.redeem(person, new)).status_code == 200
    assert code_of(await seats.post(f"people/{seat['id']}/mail")) == "seat_taken"


async def test_a_code_takes_as_many_seats_as_it_may(seats):
    await seats.buy(5)
    made = await seats.code(max_uses=2)
    people = [await seats.person() for _ in range(3)]
    typed = made["code"].lower().replace("-", " ")
    assert [code_of(await seats.redeem(each, typed)) for each in people] == [200, 200, "seat_code_not_good"]
    assert code_of(await seats.redeem(people[0], typed)) == 200
    assert await seats.counts() == (5, 0, 2, 3)
    assert await seats.read_by(*people) == [True, True, False]
    answer = await seats.shop.buyer.get(f"{API}/seats/{(await seats.pool())['id']}/codes")
    (listed,) = answer.json()["items"]
    assert (listed["state"], listed["uses"], listed["hint"]) == ("used_up", 2, made["code"][-4:])
    assert made["code"] not in answer.text


async def test_a_code_that_was_revoked_or_has_expired_takes_no_seat(seats):
    await seats.buy(5)
    made, late = await seats.code(), await seats.code()
    person = await seats.person()
    assert (await seats.redeem(person, made["code"])).status_code == 200
    seat = await seats.seat_of(person)
    await seats.post(f"people/{seat['id']}/revoke")
    assert code_of(await seats.redeem(person, made["code"])) == "seat_code_not_good"
    assert (await seats.post(f"codes/{made['id']}/revoke")).json()["state"] == "revoked"
    async with seats.shop.site.context(seats.shop.tenant.id) as ctx:
        await ctx.session.execute(update(SeatCode).values(expires_at=ctx.now))
    other = await seats.person()
    refusals = [await seats.redeem(other, each) for each in (made["code"], late["code"], "AAAA-BBBB-CCCC-DDDD")]
    assert {code_of(each) for each in refusals} == {"seat_code_not_good"}
    assert len({each.json()["detail"] for each in refusals}) == 1
    assert refusals[0].json()["errors"][0]["field"] == "code"


async def test_people_at_once_take_no_more_seats_than_were_bought(seats):
    await seats.buy(3)
    made = await seats.code(max_uses=100)
    people = [await seats.person() for _ in range(8)]
    answers = await asyncio.gather(*(seats.redeem(each, made["code"]) for each in people))
    assert sorted(str(code_of(each)) for each in answers) == ["200"] * 3 + ["no_seat"] * 5
    assert await seats.counts() == (3, 0, 3, 0)
    assert (await seats.read_by(*people)).count(True) == 3


async def test_one_person_at_once_takes_one_seat(seats):
    await seats.buy(3)
    made, person = await seats.code(), await seats.person()
    answers = await asyncio.gather(*(seats.redeem(person, made["code"]) for _ in range(5)))
    assert {each.status_code for each in answers} == {200}
    assert await seats.counts() == (3, 0, 1, 2)


async def test_invitations_and_codes_at_once_share_the_seats(seats):
    await seats.buy(4)
    made = await seats.code()
    people = [await seats.person() for _ in range(4)]
    invite = [seats.post("people", emails=[f"p{place}@firm.example"]) for place in range(4)]
    await asyncio.gather(*invite, *(seats.redeem(each, made["code"]) for each in people))
    found = await seats.pool()
    assert (found["invited"] + found["taken"], found["free"]) == (4, 0)


async def test_a_refund_of_seats_takes_those_that_were_given_last(seats):
    order = await seats.buy(3)
    people = await seats.seated(2)
    await seats.invite("late@firm.example")
    line = order["lines"][0]["id"]
    assert (await seats.shop.refund(order, lines=[{"line_id": line, "amount": 999}])).status_code == 201
    assert (await seats.counts())[0] == 3
    assert (await seats.shop.refund(order, lines=[{"line_id": line, "amount": 1}])).status_code == 201
    assert (await seats.counts())[0] == 2
    assert await seats.read_by(*people) == [True, True]
    assert [each["seated"] for each in await seats.people(search="late")] == [False]
    assert (await seats.shop.refund(order, amount=1000)).status_code == 201
    assert await seats.read_by(*people) == [True, False]
    assert (await seats.seat_of(people[1]))["seated"] is False
    kept = await seats.seat_of(people[0])
    await seats.post(f"people/{kept['id']}/revoke")
    assert await seats.read_by(*people) == [False, True]
    assert (await seats.shop.refund(order)).status_code == 201
    assert await seats.read_by(*people) == [False, False]
    assert await seats.counts() == (0, 1, 1, 0)


@pytest.mark.parametrize("won", [False, True])
async def test_a_dispute_takes_all_seats_and_its_end_gives_them_back(seats, won):
    order = await seats.buy(2)
    people = await seats.seated(2)
    await seats.shop.press(await seats.shop.order_page(order), "dispute")
    await seats.shop.site.drain()
    assert await seats.read_by(*people) == [False, False]
    assert (await seats.counts())[0] == 0
    if won:
        await seats.shop.press(await seats.shop.order_page(order), "dispute_won")
        await seats.shop.site.drain()
    assert await seats.read_by(*people) == [won, won]


async def age(seats, days):
    span = dt.timedelta(days=days)
    async with seats.shop.site.context(seats.shop.tenant.id) as ctx:
        for table, names in (
            (Subscription, ("anchor", "period_start", "period_end", "next_at")),
            (Line, ("period_start", "period_end")),
        ):
            await ctx.session.execute(update(table).values(**{name: getattr(table, name) - span for name in names}))


async def tick(seats):
    async with seats.shop.site.context(seats.shop.tenant.id) as ctx:
        await renewals.due(ctx, renewals.Nothing())
    await seats.shop.site.drain()


async def test_seats_of_a_subscription_are_renewed_and_end_with_it(monthly):
    await monthly.buy(2)
    people = await monthly.seated(2)
    await age(monthly, 32)
    await tick(monthly)
    orders = (await monthly.shop.buyer.get(f"{API}/me/orders")).json()["items"]
    assert [each["total"] for each in orders] == [2000, 2000]
    assert len(await monthly.pools()) == 1
    assert await monthly.read_by(*people) == [True, True]
    again = await monthly.shop.ask(lines=[{"price_id": monthly.price["id"], "quantity": 5}])
    assert again.json()["code"] == "already_owned"
    found = (await monthly.shop.buyer.get(f"{API}/me/subscriptions")).json()["items"][0]
    await monthly.shop.buyer.post(f"{API}/subscriptions/{found['id']}/cancel", json={"at_end": True})
    assert await monthly.read_by(*people) == [True, True]
    await age(monthly, 32)
    await tick(monthly)
    assert await monthly.read_by(*people) == [False, False]
    assert (await monthly.counts())[0] == 0


async def test_who_holds_a_course_otherwise_keeps_it(seats):
    await seats.buy(1)
    (person,) = await seats.seated(1)
    first = await seats.seat_of(person)
    await seats.buy(1)
    code = (await seats.code())["code"]
    assert (await seats.redeem(person, code)).status_code == 200
    older = (await seats.pools())[1]["id"]
    answer = await seats.shop.buyer.post(f"{API}/seats/{older}/people/{first['id']}/revoke")
    assert answer.status_code == 200, answer.text
    assert await seats.shop.reads(person)


async def test_others_neither_see_nor_change_seats(seats):
    order = await seats.buy(2)
    await seats.invite("ada@firm.example")
    pool, (seat,) = await seats.pool(), await seats.people()
    stranger, root = await seats.person(), f"{API}/seats/{pool['id']}"
    answers = [await stranger.get(root), await stranger.get(f"{root}/people"), await stranger.get(f"{root}/codes")]
    for client in (stranger, seats.shop.admin):
        answers += [
            await client.post(f"{root}/people", json={"emails": ["eve@firm.example"]}),
            await client.post(f"{root}/codes", json={"max_uses": 1}),
            await client.post(f"{root}/people/{seat['id']}/revoke"),
            await client.post(f"{root}/people/{seat['id']}/mail"),
            await client.post(f"{root}/people/{seat['id']}/reassign", json={"email": "eve@firm.example"}),
        ]
    assert {each.status_code for each in answers} == {404}
    assert (await stranger.get(f"{API}/seats")).status_code == 403
    listed = (await seats.shop.admin.get(f"{API}/seats", params={"order_id": order["id"]})).json()["items"]
    assert [(each["id"], each["mine"]) for each in listed] == [(pool["id"], False)]
    assert listed[0]["buyer"]["id"] == str(seats.shop.buyer.user_id)
    shown = (await seats.shop.admin.get(f"{root}/people")).json()["items"]
    assert [each["email"] for each in shown] == ["ada@firm.example"]


async def test_people_are_listed_by_page_and_found_by_address(seats):
    await seats.buy(5)
    await seats.invite(*(f"person{place}@firm.example" for place in range(5)))
    root = f"{API}/seats/{(await seats.pool())['id']}/people"
    first = (await seats.shop.buyer.get(root, params={"limit": 3})).json()
    rest = (await seats.shop.buyer.get(root, params={"limit": 3, "cursor": first["next_cursor"]})).json()
    found = [each["email"] for each in (*first["items"], *rest["items"])]
    assert (len(found), len(set(found)), rest["next_cursor"]) == (5, 5, None)
    assert [each["email"] for each in await seats.people(search="PERSON3")] == ["person3@firm.example"]
    assert await seats.people(search="%") == []


async def test_invitations_nobody_accepts_give_their_seat_back(seats):
    await seats.buy(1)
    (code,) = await seats.invite("ada@firm.example")
    async with seats.shop.site.context(seats.shop.tenant.id) as ctx:
        await ctx.session.execute(update(Seat).values(assigned_at=ctx.now - dt.timedelta(days=15)))
    person = await seats.person()
    assert code_of(await seats.redeem(person, code)) == "seat_code_not_good"
    async with seats.shop.site.context(seats.shop.tenant.id) as ctx:
        await seats_job.look_after(ctx, seats_job.Nothing())
    assert await seats.counts() == (1, 0, 0, 1)
    async with seats.shop.site.context(seats.shop.tenant.id) as ctx:
        await ctx.session.execute(update(Seat).values(ended_at=ctx.now - dt.timedelta(days=91)))
        await seats_job.look_after(ctx, seats_job.Nothing())
    assert await seats.people() == []


async def test_who_is_erased_frees_their_seat_and_their_address_is_forgotten(seats):
    await seats.buy(2)
    (person,) = await seats.seated(1)
    async with seats.shop.site.context(seats.shop.tenant.id) as ctx:
        (kept,) = (await privacy.export(ctx, person.user_id))["seats"]
        assert kept["email"].endswith("@firm.example")
        await privacy.erase(ctx, person.user_id)
    assert await seats.counts() == (2, 0, 0, 2)
    assert await seats.people() == []


async def test_the_seats_of_a_buyer_who_is_erased_stay_with_who_has_them(monthly):
    await monthly.buy(2)
    (person,) = await monthly.seated(1)
    await monthly.invite("ada@firm.example")
    code = (await monthly.code())["code"]
    async with monthly.shop.site.context(monthly.shop.tenant.id) as ctx:
        await privacy.erase(ctx, monthly.shop.buyer.user_id)
        assert await ctx.session.scalar(select(SeatPool.user_id)) is None
        assert await ctx.session.scalar(select(func.count()).where(Seat.email.is_not(None))) == 0
        states = await ctx.session.scalars(select(Seat.state).order_by(Seat.state))
        assert list(states) == ["revoked", "taken"]
    assert await monthly.shop.reads(person)
    assert code_of(await monthly.redeem(await monthly.person(), code)) == "seat_code_not_good"
    await age(monthly, 32)
    await tick(monthly)
    assert not await monthly.shop.reads(person)


async def test_attempts_to_redeem_are_counted_like_attempts_to_log_in(seats):
    answer = await seats.redeem(seats.shop.buyer, "AAAA-BBBB-CCCC-DDDD")
    assert answer.status_code == 422
    routes = seats.shop.site.app.routes
    handler = next(
        each
        for route in routes
        if route.path.endswith("/payments/seats/redeem")
        for each in route.route_handlers
        if "POST" in each.http_methods
    )
    assert handler.opt["route_class"] == "auth"
