"""A shop: a course that is sold, the sandbox's bank, a buyer and an admin; the books balance after every test."""

import secrets
import textwrap
from contextlib import AsyncExitStack
from uuid import UUID

import pytest_asyncio
from sqlalchemy import text

from questline_core.content.importer import available_block_types, import_course, load_course
from questline_payments import ledger
from questline_payments.models import Order

API = "/api/v1/p/payments"
BANK = "payments_sandbox"
BILLS = {"name": "Ada", "country": "DE", "customer_type": "person"}


def write_course(root, slug):
    (root / "basics").mkdir(parents=True)
    (root / "course.yaml").write_text(
        f"slug: {slug}\ntitle: Course on {slug}\nsummary: About {slug}.\nlanguage: en\nlevel: beginner\n"
        "tags: [test]\nmodules: [basics]\n"
    )
    (root / "basics" / "module.yaml").write_text("title: Basics\nsummary: Basics.\nlessons: [first.md]\n")
    (root / "basics" / "first.md").write_text(
        textwrap.dedent("---\ntitle: First\nslug: first\nminutes: 5\n---\nWords.\n")
    )
    return root


class Shop:
    """What a test does in the shop."""

    def __init__(self, site, tenant, folder):
        self.site, self.tenant, self.folder = site, tenant, folder
        self.visitor = site.client(**{"x-questline-tenant": tenant.slug})

    async def publish(self, slug):
        types = await available_block_types(self.site.host, self.tenant.id)
        source, problems = load_course(write_course(self.folder / slug, slug), types)
        assert source is not None, problems
        async with self.site.context(self.tenant.id) as ctx:
            await import_course(ctx, self.site.host, source)
        course = (await self.admin.get(f"/api/v1/courses/{slug}")).json()
        return course["id"]

    async def sell(self, *courses, amount=5000, currency="EUR", **price):
        answer = await self.admin.post(
            f"{API}/products",
            json={
                "kind": "course" if len(courses) == 1 else "bundle",
                "title": f"Product {secrets.token_hex(2)}",
                "course_ids": list(courses),
            },
        )
        assert answer.status_code == 201, answer.text
        product = answer.json()
        answer = await self.admin.post(
            f"{API}/products/{product['id']}/prices", json={"amount": amount, "currency": currency, **price}
        )
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def ask(self, *, prices=None, key=None, buyer=None, **more):
        return await (buyer or self.buyer).post(
            f"{API}/orders",
            json={
                "provider": BANK,
                "lines": [{"price_id": each["id"]} for each in prices or [self.price]],
                **more,
            },
            headers={"idempotency-key": key or secrets.token_hex(8)},
        )

    async def order(self, **more):
        answer = await self.ask(**more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def press(self, order, choice):
        url = order["checkout_url"]
        answer = await self.visitor.post(url[url.index("/api/") :], data={"choice": choice})
        assert answer.status_code < 400, answer.text

    async def order_page(self, order):
        """The order with the address of its page, which it shows no longer once it is paid."""
        async with self.site.context(self.tenant.id) as ctx:
            found = await ctx.session.get(Order, (self.tenant.id, UUID(order["id"])))
            return {**order, "checkout_url": found.checkout_url}

    async def paid(self, **more):
        order = await self.order(**more)
        await self.press(order, "pay")
        return await self.check(order, more.get("buyer"))

    async def check(self, order, buyer=None):
        answer = await (buyer or self.buyer).post(f"{API}/orders/{order['id']}/check")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def shown(self, order):
        answer = await self.admin.get(f"{API}/orders/{order['id']}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def refund(self, order, key=None, **data):
        return await self.admin.post(
            f"{API}/orders/{order['id']}/refunds",
            json=data,
            headers={"idempotency-key": key or secrets.token_hex(8)},
        )

    async def reads(self, buyer=None, course=None):
        """Whether the buyer reads the first lesson of the course."""
        slug = (course or self.course)["slug"]
        buyer = buyer or self.buyer
        lessons = (await buyer.get(f"/api/v1/courses/{slug}")).json()["modules"][0]["lessons"]
        answer = await buyer.get(f"/api/v1/lessons/{lessons[0]['id']}")
        assert answer.status_code in {200, 403}, answer.text
        return answer.status_code == 200

    async def enrol(self, buyer=None, course=None):
        answer = await (buyer or self.buyer).post(f"/api/v1/courses/{(course or self.course)['id']}/enrolment")
        return answer.status_code if answer.status_code == 201 else answer.json()["code"]

    async def balances(self):
        """Checks that the books sum to zero, by entry and in all; returns them."""
        async with self.site.context(self.tenant.id) as ctx:
            found = await ledger.balance(ctx)
            odd = await ctx.session.scalar(
                text(
                    "SELECT count(*) FROM (SELECT FROM payments.posting GROUP BY entry_id, currency"
                    " HAVING sum(amount) <> 0) odd"
                )
            )
        sums = {}
        for (_, currency), amount in found.items():
            sums[currency] = sums.get(currency, 0) + amount
        assert set(sums.values()) <= {0}
        assert odd == 0
        return found


@pytest_asyncio.fixture(loop_scope="session")
async def shop(site, tenant, tmp_path):
    found = Shop(site, tenant, tmp_path)
    async with (
        found.visitor,
        await site.sign_in(tenant, "admin") as admin,
        await site.sign_in(tenant, "learner") as buyer,
    ):
        found.admin, found.buyer = admin, buyer
        found.course = {"slug": "tea", "id": await found.publish("tea")}
        found.price = await found.sell(found.course["id"])
        yield found
        await found.balances()


class Seats:
    """What a company's buyer does with seats, and its people."""

    def __init__(self, shop, price, stack):
        self.shop, self.price, self.stack = shop, price, stack

    async def buy(self, quantity=3):
        lines = [{"price_id": self.price["id"], "quantity": quantity}]
        order = await self.shop.order(lines=lines)
        await self.shop.press(order, "pay")
        order = await self.shop.check(order)
        assert order["state"] == "paid"
        return order

    async def pools(self):
        answer = await self.shop.buyer.get(f"{API}/me/seats")
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def pool(self):
        return (await self.pools())[0]

    async def counts(self):
        found = await self.pool()
        return tuple(found[name] for name in ("seats", "invited", "taken", "free"))

    async def post(self, path, **data):
        return await self.shop.buyer.post(f"{API}/seats/{(await self.pool())['id']}/{path}", json=data)

    async def invite(self, *emails):
        answer = await self.post("people", emails=list(emails))
        assert answer.status_code == 201, answer.text
        return [each["path"].partition("code=")[2] for each in answer.json()["items"] if each["path"]]

    async def code(self, **data):
        answer = await self.post("codes", **{"max_uses": 10, **data})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def people(self, **params):
        answer = await self.shop.buyer.get(f"{API}/seats/{(await self.pool())['id']}/people", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def seat_of(self, person):
        return next(
            each for each in await self.people() if each["person"] and each["person"]["id"] == str(person.user_id)
        )

    async def person(self):
        return await self.stack.enter_async_context(await self.shop.site.sign_in(self.shop.tenant, "learner"))

    async def seated(self, count):
        """So many people, each with a seat by an invitation of their own, in this order."""
        found = []
        for _ in range(count):
            (code,) = await self.invite(f"{secrets.token_hex(4)}@firm.example")
            person = await self.person()
            assert (await self.redeem(person, code)).status_code == 200
            found.append(person)
        return found

    async def redeem(self, person, code):
        return await person.post(f"{API}/seats/redeem", json={"code": code})

    async def read_by(self, *people):
        return [await self.shop.reads(each) for each in people]


@pytest_asyncio.fixture(loop_scope="session")
async def seats(shop):
    async with AsyncExitStack() as stack:
        yield Seats(shop, await seat_price(shop), stack)


@pytest_asyncio.fixture(loop_scope="session")
async def monthly(shop):
    async with AsyncExitStack() as stack:
        yield Seats(shop, await seat_price(shop, interval="month"), stack)


async def seat_price(shop, **price):
    product = {"kind": "seats", "title": "Tea for teams", "course_ids": [shop.course["id"]]}
    made = (await shop.admin.post(f"{API}/products", json=product)).json()
    data = {"amount": 1000, "currency": "EUR", **price}
    answer = await shop.admin.post(f"{API}/products/{made['id']}/prices", json=data)
    assert answer.status_code == 201, answer.text
    return answer.json()
