"""A course is subscribed to, renewed once for each period, and taken away when it is not paid or is cancelled."""

import asyncio
import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from questline_payments import privacy, renewals
from questline_payments.models import Line, Order, Subscription, SubscriptionEvent
from questline_payments.periods import after_months
from questline_payments_sandbox.provider import SandboxProvider
from questline_sdk.payments import PaymentOutcomeUnknown

API = "/api/v1/p/payments"
CASH = ("cash:payments_sandbox", "EUR")


class Plan:
    """A monthly price, and the buyer's subscription to it."""

    def __init__(self, shop):
        self.shop = shop

    async def subscribe(self, choice="pay"):
        order = await self.shop.order(prices=[self.price])
        await self.shop.press(order, choice)
        assert (await self.shop.check(order))["state"] == "paid"
        await self.shop.site.drain()
        return order

    async def mine(self):
        answer = await self.shop.buyer.get(f"{API}/me/subscriptions")
        assert answer.status_code == 200, answer.text
        return answer.json()["items"][0]

    async def act(self, what, **data):
        found = await self.mine()
        return await self.shop.buyer.post(f"{API}/subscriptions/{found['id']}/{what}", json=data)

    async def age(self, days):
        """Let so much time have passed for the subscription and its periods."""
        span = dt.timedelta(days=days)
        async with self.shop.site.context(self.shop.tenant.id) as ctx:
            for table, names in (
                (Subscription, ("anchor", "period_start", "period_end", "next_at")),
                (Line, ("period_start", "period_end")),
            ):
                values = {name: getattr(table, name) - span for name in names}
                await ctx.session.execute(update(table).values(**values))

    async def renew(self):
        """What the schedule does, straight through."""
        found = await self.mine()
        async with self.shop.site.context(self.shop.tenant.id) as ctx:
            await renewals.renew(ctx, renewals.Renew(subscription_id=UUID(found["id"])))

    async def tick(self):
        """What the schedule does, by its jobs."""
        async with self.shop.site.context(self.shop.tenant.id) as ctx:
            await renewals.due(ctx, renewals.Nothing())
        await self.shop.site.drain()

    async def cash(self):
        return (await self.shop.balances()).get(CASH, 0)

    async def orders(self):
        return (await self.shop.buyer.get(f"{API}/me/orders")).json()["items"]

    async def moves(self):
        async with self.shop.site.context(self.shop.tenant.id) as ctx:
            rows = await ctx.session.scalars(select(SubscriptionEvent).order_by(SubscriptionEvent.id))
            return [(row.before, row.after) for row in rows]


@pytest.fixture
async def plan(shop):
    found = Plan(shop)
    answer = await shop.admin.put(f"{API}/prices/{shop.price['id']}", json={"active": False})
    assert answer.status_code == 200, answer.text
    found.price = await shop.sell(shop.course["id"], amount=1000, interval="month")
    assert found.price["interval"] == "month"
    return found


def test_a_month_ends_on_its_last_day():
    start = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
    ends = [after_months(start, each).date().isoformat() for each in (1, 2, 3, 12, 25)]
    assert ends == ["2026-02-28", "2026-03-31", "2026-04-30", "2027-01-31", "2028-02-29"]


async def test_a_paid_period_opens_the_course_and_is_renewed_once(plan):
    await plan.subscribe()
    first = await plan.mine()
    assert (first["state"], first["amount"], first["charged"]) == ("active", 1000, True)
    assert await plan.shop.reads()
    await plan.tick()
    assert await plan.cash() == 1000
    await plan.age(32)
    await plan.tick()
    await plan.tick()
    again = await plan.mine()
    assert again["state"] == "active"
    assert again["period_end"] > again["period_start"]
    assert (await plan.cash(), len(await plan.orders())) == (2000, 2)
    assert {each["state"] for each in await plan.orders()} == {"paid"}
    assert await plan.shop.reads()


async def test_renewals_at_once_charge_once(plan):
    await plan.subscribe()
    await plan.age(32)
    await asyncio.gather(*(plan.renew() for _ in range(4)))
    await plan.shop.site.drain()
    assert (await plan.cash(), len(await plan.orders())) == (2000, 2)


async def test_a_worker_killed_between_the_charge_and_the_commit_charges_once(plan, monkeypatch):
    await plan.subscribe()
    await plan.age(32)
    charge, keys = SandboxProvider.charge, []

    async def killed(self, ctx, request):
        keys.append(request.idempotency_key)
        await charge(self, ctx, request)
        raise KeyboardInterrupt

    monkeypatch.setattr(SandboxProvider, "charge", killed)
    with pytest.raises(KeyboardInterrupt):
        await plan.renew()
    assert (await plan.mine())["state"] == "active"

    async def lost(self, ctx, request):
        keys.append(request.idempotency_key)
        await charge(self, ctx, request)
        raise PaymentOutcomeUnknown("The bank did not answer.")

    monkeypatch.setattr(SandboxProvider, "charge", lost)
    with pytest.raises(PaymentOutcomeUnknown):
        await plan.renew()
    monkeypatch.setattr(SandboxProvider, "charge", charge)
    await plan.tick()
    assert len(set(keys)) == 1
    assert (await plan.cash(), len(await plan.orders())) == (2000, 2)
    assert (await plan.mine())["state"] == "active"


async def test_a_declined_card_is_tried_again_and_ends_after_the_grace(plan):
    await plan.subscribe("once")
    await plan.age(32)
    await plan.tick()
    found = await plan.mine()
    assert (found["state"], found["failure"]) == ("past_due", "There is not enough money on the account.")
    assert found["grace_until"] > found["period_end"]
    assert await plan.shop.reads()
    await plan.age(2)
    await plan.tick()
    assert (await plan.mine())["state"] == "past_due"
    assert await plan.shop.reads()
    await plan.age(8)
    await plan.tick()
    assert (await plan.mine())["state"] == "ended"
    assert not await plan.shop.reads()
    assert (await plan.cash(), sorted(each["state"] for each in await plan.orders())) == (1000, ["cancelled", "paid"])
    assert await plan.moves() == [(None, "active"), ("active", "past_due"), ("past_due", "ended")]


async def test_a_buyer_pays_what_the_card_did_not(plan):
    await plan.subscribe("once")
    assert (await plan.act("payment")).json()["code"] == "nothing_to_pay"
    await plan.age(32)
    await plan.tick()
    page = (await plan.act("payment")).json()
    assert (await plan.act("payment")).json() == page
    await plan.shop.press({"checkout_url": page["url"]}, "pay")
    await plan.shop.site.drain()
    assert (await plan.mine())["state"] == "active"
    assert await plan.cash() == 2000
    await plan.age(31)
    await plan.tick()
    assert ((await plan.mine())["state"], await plan.cash()) == ("active", 3000)


async def test_a_subscription_that_is_cancelled_runs_to_its_end(plan):
    await plan.subscribe()
    assert (await plan.act("keep")).json()["code"] == "not_ending"
    answer = await plan.act("cancel", at_end=True)
    assert (answer.status_code, answer.json()["state"]) == (200, "ending")
    assert (await plan.act("keep")).json()["state"] == "active"
    await plan.act("cancel", at_end=True)
    await plan.tick()
    assert await plan.shop.reads()
    await plan.age(32)
    await plan.tick()
    assert (await plan.mine())["state"] == "ended"
    assert not await plan.shop.reads()
    assert await plan.cash() == 1000
    assert (await plan.act("cancel")).json()["code"] == "ended"


async def test_a_subscription_that_is_ended_now_stops_at_once(plan):
    await plan.subscribe()
    assert (await plan.act("cancel", at_end=False)).json()["state"] == "ended"
    assert not await plan.shop.reads()
    await plan.age(32)
    await plan.tick()
    assert await plan.cash() == 1000
    await plan.subscribe()
    assert await plan.shop.reads()


async def test_a_refund_of_a_period_takes_that_period_only(plan):
    first = await plan.subscribe()
    await plan.age(32)
    await plan.tick()
    assert (await plan.shop.refund(first)).status_code == 201
    await plan.shop.site.drain()
    assert await plan.shop.reads()
    second = next(each for each in await plan.orders() if each["id"] != first["id"])
    assert (await plan.shop.refund(second)).status_code == 201
    await plan.shop.site.drain()
    assert not await plan.shop.reads()


async def test_two_tabs_that_subscribe_have_one_subscription_for_longer(plan):
    orders = [await plan.shop.order(prices=[plan.price]) for _ in range(2)]
    for order in orders:
        await plan.shop.press(order, "pay")
    await asyncio.gather(*(plan.shop.check(order) for order in orders))
    async with plan.shop.site.context(plan.shop.tenant.id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(Subscription)) == 1
        found = (await ctx.session.scalars(select(Subscription))).one()
        assert (found.periods, found.period_end) == (2, after_months(found.anchor, 2))


async def test_what_is_paid_by_hand_waits_for_the_buyer(plan):
    await plan.subscribe()
    async with plan.shop.site.context(plan.shop.tenant.id) as ctx:
        await ctx.session.execute(update(Subscription).values(method_id=None))
    await plan.age(32)
    await plan.tick()
    found = await plan.mine()
    assert (found["state"], found["failure"], found["charged"]) == ("past_due", "", False)
    assert await plan.shop.reads()
    await plan.age(8)
    await plan.tick()
    assert (await plan.mine())["state"] == "ended"
    assert not await plan.shop.reads()


async def test_a_subscription_is_ordered_alone_and_seen_by_admins(plan):
    coffee = {"slug": "coffee", "id": await plan.shop.publish("coffee")}
    other = await plan.shop.sell(coffee["id"])
    assert (await plan.shop.ask(prices=[plan.price, other])).json()["code"] == "subscription_alone"
    await plan.subscribe()
    assert (await plan.shop.ask(prices=[plan.price])).json()["code"] == "already_owned"
    listed = await plan.shop.admin.get(f"{API}/subscriptions", params={"state": "active"})
    assert [each["buyer"]["id"] for each in listed.json()["items"]] == [str(plan.shop.buyer.user_id)]
    assert (await plan.shop.buyer.get(f"{API}/subscriptions")).status_code == 403
    mine = await plan.mine()
    answer = await plan.shop.admin.post(f"{API}/subscriptions/{mine['id']}/cancel", json={})
    assert answer.status_code == 404


async def test_who_is_erased_is_charged_no_more(plan):
    await plan.subscribe()
    async with plan.shop.site.context(plan.shop.tenant.id) as ctx:
        assert (await privacy.export(ctx, plan.shop.buyer.user_id))["subscriptions"][0]["method_id"]
        await privacy.erase(ctx, plan.shop.buyer.user_id)
        found = (await ctx.session.scalars(select(Subscription))).one()
        assert (found.state, found.user_id, found.method_id, found.next_at) == ("ended", None, None, None)
        assert await ctx.session.scalar(select(func.count()).where(Order.user_id.is_not(None))) == 0


async def test_recurring_revenue_and_churn_stand_with_the_months(plan):
    yearly = await plan.shop.sell(plan.shop.course["id"], amount=12000, interval="year")
    other = await plan.shop.site.sign_in(plan.shop.tenant, "learner")
    async with other:
        order = await plan.shop.order(prices=[yearly], buyer=other)
        await plan.shop.press(order, "pay")
        assert (await plan.shop.check(order, other))["state"] == "paid"
    await plan.subscribe()

    async def month():
        return (await plan.shop.admin.get(f"{API}/revenue")).json()["items"][0]

    found = await month()
    assert (found["gross"], found["mrr"], found["churned"]) == (13000, 2000, 0)
    await plan.act("cancel", at_end=False)
    found = await month()
    assert (found["gross"], found["mrr"], found["churned"]) == (13000, 1000, 1)
    csv = await plan.shop.admin.get(f"{API}/revenue.csv")
    assert csv.text.splitlines()[0].endswith(",orders,mrr,churned")
    assert csv.text.splitlines()[1].endswith(",2,10.00,1")
