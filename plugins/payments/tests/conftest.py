"""A shop: a course that is sold, the sandbox's bank, a buyer and an admin; the books balance after every test."""

import secrets
import textwrap
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
