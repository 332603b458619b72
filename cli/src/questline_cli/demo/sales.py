"""What the demo sells, and who bought it: one short course costs money, at the test bank; all others stay free."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Literal, TypeAlias

import httpx
import msgspec

API = "/api/v1/p/payments"
BANK = "payments_sandbox"
PLUGINS = frozenset({"payments", BANK})
COURSE = "landing-page-teardown"
TITLE = "Landing Page Teardown"
ADMIN = "admin@demo.example"
SELLER = {
    "seller": "Brightside Academy GmbH",
    "address": "Lindenallee 5\n10115 Berlin\nGermany",
    "vat_id": "DE999999999",
    "country": "DE",
}
SUMMARY = "Three lessons and a quiz: take one landing page apart, and put it back so that it answers before it asks."
PRICES = ({"currency": "EUR", "amount": 4900}, {"currency": "USD", "amount": 5500})
RATES = {"DE": "19.00", "PT": "23.00", "ES": "21.00", "BG": "20.00", "CZ": "21.00", "DK": "25.00"}
COUPON = "TEARDOWN20"
Client: TypeAlias = Callable[[str, str], Awaitable[httpx.AsyncClient]]


class Purchase(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's order: so many days ago, and what became of it."""

    email: str
    ago: int
    billing: dict[str, str]
    price: Literal[0, 1] = 0
    code: str | None = None
    choice: Literal["pay", "leave"] = "pay"
    lessons: int = 0
    """How many they have taken since."""


class Return(msgspec.Struct, frozen=True, kw_only=True):
    """Money that goes back for somebody's order."""

    email: str
    ago: int
    reason: str


def person(name: str, country: str) -> dict[str, str]:
    """Whom an invoice is made out to."""
    return {"name": name, "country": country, "customer_type": "person"}


COMPANY = {
    "name": "Vega Estudio S.L.",
    "country": "ES",
    "customer_type": "company",
    "vat_id": "ESB12345678",
    "address": "Calle Mayor 8\n28013 Madrid",
}
PURCHASES = (
    Purchase(email="sofia@demo.example", ago=33, billing=person("Sofia Almeida", "PT"), lessons=4),
    Purchase(email="tomas@demo.example", ago=29, billing=COMPANY, lessons=3),
    Purchase(email="samuel@demo.example", ago=26, billing=person("Samuel Adeyemi", "NG"), price=1, lessons=4),
    Purchase(email="jonas@demo.example", ago=22, billing=person("Jonas Weber", "DE"), code=COUPON, lessons=2),
    Purchase(email="zara@demo.example", ago=20, billing=person("Zara Khan", "PK"), price=1),
    Purchase(email="nina@demo.example", ago=15, billing=person("Nina Petrova", "BG"), lessons=3),
    Purchase(email="hana@demo.example", ago=12, billing=person("Hana Novak", "CZ"), code=COUPON, lessons=1),
    Purchase(email="priya@demo.example", ago=9, billing=person("Priya Nair", "IN"), price=1, lessons=2),
    Purchase(email="noah@demo.example", ago=4, billing=person("Noah Jensen", "DK"), lessons=1),
    Purchase(email="omar@demo.example", ago=2, billing=person("Omar Haddad", "DE"), choice="leave"),
)
RETURNS = (Return(email="zara@demo.example", ago=18, reason="Bought by mistake"),)


class Sales:
    """Sells through the real API while the host goes by a clock of the past; what is done already is found so."""

    def __init__(self, client: Client, set_clock: Callable[[dt.datetime], None], plugins: Iterable[str]) -> None:
        self._client, self._set_clock = client, set_clock
        self._on = set(plugins) >= PLUGINS
        self._prices: list[str] = []

    async def open(self, date: dt.datetime) -> None:
        """Put the course on sale."""
        if not self._on:
            return
        self._set_clock(date + dt.timedelta(hours=9))
        admin = await self._client(ADMIN, "admin")
        products = await _ask(admin, "GET", "/products")
        if not products["items"]:
            course = (await admin.get(f"/api/v1/courses/{COURSE}")).raise_for_status().json()
            product = {"kind": "course", "title": TITLE, "summary": SUMMARY, "course_ids": [course["id"]]}
            made = await _ask(admin, "POST", "/products", product)
            for price in PRICES:
                await _ask(admin, "POST", f"/products/{made['id']}/prices", price)
            rates = [
                {"country": country, "customer_type": "person", "percent": rate} for country, rate in RATES.items()
            ]
            await _ask(admin, "PUT", "/tax-rates", {"items": rates})
            await _ask(admin, "POST", "/coupons", {"code": COUPON, "percent": 20, "max_uses": 50})
            (await admin.put("/api/v1/plugins/payments/settings", json=SELLER)).raise_for_status()
            products = await _ask(admin, "GET", "/products")
        by_currency = {each["currency"]: each["id"] for each in products["items"][0]["prices"]}
        self._prices = [by_currency[price["currency"]] for price in PRICES]

    async def day(self, date: dt.datetime, ago: int) -> None:
        """Make the orders and refunds of a day."""
        if not self._on:
            return
        self._set_clock(date + dt.timedelta(hours=20, minutes=30))
        for purchase in PURCHASES:
            if purchase.ago == ago:
                await self._buy(purchase)
        for each in RETURNS:
            if each.ago == ago:
                await self._give_back(each)

    async def learn(self, date: dt.datetime, ago: int) -> None:
        """Let those who bought take a lesson a day afterwards."""
        if not self._on:
            return
        for purchase in PURCHASES:
            since = purchase.ago - ago
            if 0 < since <= purchase.lessons:
                self._set_clock(date + dt.timedelta(hours=21))
                client = await self._client(purchase.email, "learner")
                course = (await client.get(f"/api/v1/courses/{COURSE}")).raise_for_status().json()
                lesson = course["modules"][0]["lessons"][since - 1]
                if lesson["kind"] == "lesson":
                    (await client.post(f"/api/v1/lessons/{lesson['id']}/completion")).raise_for_status()

    async def _buy(self, purchase: Purchase) -> None:
        client = await self._client(purchase.email, "learner")
        wanted = {
            "provider": BANK,
            "lines": [{"price_id": self._prices[purchase.price]}],
            "promotion_code": purchase.code,
            "billing": purchase.billing,
        }
        order = await _ask(client, "POST", "/orders", wanted, key=f"demo-{purchase.email.partition('@')[0]}-order")
        if purchase.choice == "pay" and order["state"] == "open":
            page = order["checkout_url"]
            await client.post(page[page.index("/api/") :], data={"choice": "pay"})
            await _ask(client, "POST", f"/orders/{order['id']}/check")

    async def _give_back(self, each: Return) -> None:
        buyer, admin = await self._client(each.email, "learner"), await self._client(ADMIN, "admin")
        orders = await _ask(buyer, "GET", "/me/orders")
        path = f"/orders/{orders['items'][0]['id']}/refunds"
        await _ask(admin, "POST", path, {"reason": each.reason}, key=f"demo-{each.email.partition('@')[0]}-refund")


async def _ask(
    client: httpx.AsyncClient, method: str, path: str, data: dict[str, Any] | None = None, *, key: str | None = None
) -> Any:
    headers = {"idempotency-key": key} if key else {}
    answer = await client.request(method, API + path, json=data, headers=headers)
    answer.raise_for_status()
    return answer.json()
