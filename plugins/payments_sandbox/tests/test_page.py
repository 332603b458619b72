"""Every button of the bank's page, and the messages that follow, as a shop hears them."""

import asyncio
import importlib
import sys
from importlib.metadata import distributions, entry_points

import pytest
import pytest_asyncio

from questline_core.testing import TestSite
from questline_payments_sandbox.provider import ASKING, EMPTY, GOOD
from questline_sdk.payments import (
    ChargeRequest,
    Money,
    PaymentError,
    PaymentProviders,
    PaymentState,
    RefundRequest,
)
from questline_sdk.testing.payments import order

SHOP = '''
from questline_sdk import Plugin, hookimpl
from questline_sdk.payments import PaymentProviders, PaymentWebhooks
from questline_sdk.services import Service


class Webhooks:
    """Checks what comes in, and writes it down."""

    def __init__(self, ctx):
        self.ctx = ctx

    async def receive(self, provider, headers, body):
        event = await (await self.ctx.service(PaymentProviders).all())[provider].read_webhook(self.ctx, headers, body)
        await self.ctx.redis.rpush(self.ctx.redis_key("shop", "heard"), f"{event.type} {event.id} {event.payment_id}")


class Shop(Plugin):
    @hookimpl
    def register_services(self):
        return [Service(protocol=PaymentWebhooks, factory=Webhooks)]


plugin = Shop()
'''


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shop_site(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    (folder / "qltest_shop").mkdir()
    (folder / "qltest_shop" / "__init__.py").touch()
    (folder / "qltest_shop" / "plugin.py").write_text(SHOP)
    (folder / "qltest_shop" / "plugin.toml").write_text('id = "shop"\ntitle = "Shop"\n')
    info = folder / "qltest_shop-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: qltest-shop\nVersion: 1.0\nRequires-Dist: questline-sdk>=0.1,<0.2\n"
    )
    (info / "entry_points.txt").write_text("[questline.plugins.v1]\nshop = qltest_shop.plugin:plugin\n")
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        (found,) = [each for each in distributions(path=[str(folder)]) if each.name == "qltest-shop"]
        (bank,) = entry_points(group="questline.plugins.v1", name="payments_sandbox")
        async with TestSite.open([bank, *found.entry_points], services=site.services) as own:
            yield own
    finally:
        sys.path.remove(str(folder))


@pytest_asyncio.fixture(loop_scope="session")
async def shop(shop_site):
    shop = Shop(shop_site, await shop_site.new_tenant())
    async with shop.visitor:
        yield shop


class Shop:
    """A shop's side of it, and its buyer's."""

    def __init__(self, site, tenant):
        self.site, self.tenant = site, tenant
        self.visitor = site.client(**{"x-questline-tenant": tenant.slug})

    async def ask(self, call):
        async with self.site.context(self.tenant.id) as ctx:
            return await call(ctx, (await ctx.service(PaymentProviders).all())["payments_sandbox"])

    async def set(self, **values):
        async with await self.site.sign_in(self.tenant, "admin") as admin:
            answer = await admin.put("/api/v1/plugins/payments_sandbox/settings", json=values)
        assert answer.status_code == 200, answer.text

    async def checkout(self, **more):
        found = await self.ask(lambda ctx, bank: bank.start_checkout(ctx, order(**more)))
        return found.id, found.url[found.url.index("/api/") :]

    async def press(self, path, choice):
        return await self.visitor.post(path, data={"choice": choice})

    async def payment(self, some_id):
        return await self.ask(lambda ctx, bank: bank.find_payment(ctx, some_id))

    async def heard(self):
        await self.site.drain()
        async with self.site.context(self.tenant.id) as ctx:
            said = await ctx.redis.lrange(ctx.redis_key("shop", "heard"), 0, -1)
        return [each.decode().split() for each in said]


@pytest.mark.parametrize(("choice", "times"), [("pay", 1), ("twice", 2), ("late", 1)])
async def test_the_shop_hears_of_a_payment(shop, choice, times):
    await shop.set(late_seconds=1)
    order_id, path = await shop.checkout()
    answer = await shop.press(path, choice)
    assert (answer.status_code, answer.headers["location"]) == (303, "https://learn.example/orders/1")
    payment = await shop.payment(order_id)
    assert payment.state is PaymentState.PAID
    heard = await shop.heard()
    assert len(heard) == times
    assert {(kind, payment_id) for kind, _, payment_id in heard} == {("payment.paid", payment.id)}
    assert len({event for _, event, _ in heard}) == 1


async def test_a_declined_card_leaves_the_page_open(shop):
    order_id, path = await shop.checkout()
    page = await shop.press(path, "decline")
    assert "was declined" in page.text
    assert [each[0] for each in await shop.heard()] == ["payment.failed"]
    assert (await shop.payment(order_id)).failure == "The card was declined."
    assert (await shop.press(path, "pay")).status_code == 303
    assert (await shop.payment(order_id)).state is PaymentState.PAID


async def test_the_bank_asks_the_buyer_to_confirm(shop):
    order_id, path = await shop.checkout()
    asked = await shop.press(path, "challenge")
    assert "3-D" not in asked.text
    assert "Confirm it is you" in asked.text
    assert (await shop.payment(order_id)).state is PaymentState.OPEN
    await shop.press(path, "reject")
    assert (await shop.payment(order_id)).state is PaymentState.FAILED
    assert (await shop.press(path, "approve")).status_code == 303


async def test_leaving_pays_nothing(shop):
    order_id, path = await shop.checkout()
    assert (await shop.press(path, "leave")).headers["location"] == "https://learn.example/cart"
    assert (await shop.payment(order_id)).state is PaymentState.OPEN
    assert await shop.heard() == []


async def test_two_tabs_pay_once(shop):
    order_id, path = await shop.checkout()
    assert (await shop.press(path, "pay")).status_code == 303
    again = await shop.press(path, "pay")
    assert (again.status_code, again.json()["code"]) == (409, "not_open")
    assert (await shop.payment(order_id)).state is PaymentState.PAID
    assert len(await shop.heard()) == 1


async def test_refunds_at_once_never_give_back_more_than_was_paid(shop):
    order_id, path = await shop.checkout()
    await shop.press(path, "pay")

    async def give_back(number):
        money = Money(amount=2000, currency="EUR")
        request = RefundRequest(payment_id=order_id, money=money, idempotency_key=f"r{number}")
        return await shop.ask(lambda ctx, bank: bank.refund(ctx, request))

    done = await asyncio.gather(*(give_back(number) for number in range(6)), return_exceptions=True)
    assert len([each for each in done if not isinstance(each, PaymentError)]) == 2
    assert (await shop.payment(order_id)).refunded == 4000


async def test_a_paid_order_can_be_disputed_and_that_be_won(shop):
    order_id, path = await shop.checkout()
    assert (await shop.press(path, "dispute")).status_code == 409
    await shop.press(path, "pay")
    assert "is disputed" in (await shop.press(path, "dispute")).text
    assert (await shop.payment(order_id)).disputed == 4999
    await shop.press(path, "dispute_won")
    assert (await shop.payment(order_id)).disputed == 0
    heard = {each[0] for each in await shop.heard()}
    assert heard == {"payment.paid", "payment.disputed", "payment.dispute_won"}


@pytest.mark.parametrize(
    ("choice", "method", "state"), [("pay", GOOD, "paid"), ("once", EMPTY, "failed"), ("asking", ASKING, "failed")]
)
async def test_a_saved_card_does_as_was_chosen(shop, choice, method, state):
    order_id, path = await shop.checkout(save_method=True)
    await shop.press(path, choice)
    paid = await shop.payment(order_id)
    assert paid.method_id == method
    charge = ChargeRequest(
        reference="renewal",
        idempotency_key="renewal/1",
        money=Money(amount=900, currency="EUR"),
        customer_id=paid.customer_id,
        method_id=paid.method_id,
        title="Renewal",
    )
    assert (await shop.ask(lambda ctx, bank: bank.charge(ctx, charge))).state == state
    assert sorted(each[0] for each in await shop.heard()) == sorted(["payment.paid", f"payment.{state}"])


@pytest.mark.parametrize(
    ("locale", "currency", "amount", "seen"),
    [
        ("en", "EUR", 123456, "1,234.56 EUR"),
        ("de-AT", "EUR", 123456, "1.234,56 EUR"),
        ("ja", "JPY", 500, "500 JPY"),
        ("de", "KWD", 12340, "12,340 KWD"),
    ],
)
async def test_the_page_says_that_it_is_a_test(shop, locale, currency, amount, seen):
    _, path = await shop.checkout(locale=locale, currency=currency, amount=amount)
    page = await shop.visitor.get(path)
    assert ("Testzahlung" if locale.startswith("de") else "Test payment") in page.text
    assert seen in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "form-action 'self' https://learn.example" in policy


async def test_what_the_shop_sells_is_written_and_not_run(shop):
    found = order()
    line = type(found.lines[0])(title="<script>alert(1)</script>", quantity=2, total=found.total)
    _, path = await shop.checkout(lines=[line])
    page = await shop.visitor.get(path)
    assert "<script" not in page.text
    assert "2 \u00d7 &lt;script&gt;" in page.text


async def test_an_unknown_order_is_not_found(shop):
    path = "/api/v1/p/payments_sandbox/bank/sb_order_none"
    for answer in (await shop.visitor.get(path), await shop.press(path, "pay")):
        assert (answer.status_code, answer.json()["code"]) == (404, "payment_not_found")


async def test_in_production_there_is_no_test_bank(shop_site):
    async with TestSite.open(
        list(entry_points(group="questline.plugins.v1", name="payments_sandbox")),
        services=shop_site.services,
        environment="production",
    ) as own:
        tenant = await own.new_tenant()
        async with own.context(tenant.id) as ctx:
            assert "payments_sandbox" not in await ctx.service(PaymentProviders).all()
        async with own.client(**{"x-questline-tenant": tenant.slug}) as visitor:
            for method in ("GET", "POST"):
                answer = await visitor.request(
                    method,
                    "/api/v1/p/payments_sandbox/bank/sb_order_1",
                    data={"choice": "pay"} if method == "POST" else None,
                )
                assert (answer.status_code, answer.json()["detail"]) == (404, "Test payments are not available here.")
