"""What a tenant has of payments."""

from typing import Any
from uuid import UUID

import httpx

from questline_payments.models import Coupon, CouponUse, TaxRate
from questline_sdk.payments import Money, PaymentProviders, RefundRequest
from questline_sdk.testing.payments import order

API = "/api/v1/p/payments"


async def fill_payments(site: Any, tenant: Any, admin: httpx.AsyncClient, word: str) -> None:
    """A bank transfer that arrived, and of which some went back."""
    account = {"account_holder": word, "instructions": word}
    answer = await admin.put("/api/v1/plugins/payments_manual/settings", json=account)
    assert answer.status_code == 200, answer.text
    async with site.context(tenant.id) as ctx:
        transfers = (await ctx.service(PaymentProviders).all())["payments_manual"]
        checkout = await transfers.start_checkout(ctx, order(word))
    answer = await admin.post(f"/api/v1/p/payments_manual/transfers/{checkout.id}/payment")
    assert answer.status_code == 200, answer.text
    part = RefundRequest(payment_id=checkout.id, money=Money(amount=100, currency="EUR"), idempotency_key=word)
    async with site.context(tenant.id) as ctx:
        await transfers.refund(ctx, part)


async def fill_orders(admin: httpx.AsyncClient, learner: httpx.AsyncClient, site: Any, word: str) -> None:
    """An order that was paid at the test bank and refunded in part, a cart, a coupon and a message that was refused."""
    course = (await admin.get(f"/api/v1/courses/{word}")).json()
    product = await _made(admin, "products", {"kind": "course", "title": word, "course_ids": [course["id"]]})
    price = await _made(admin, f"products/{product['id']}/prices", {"amount": 5000, "currency": "EUR"})
    lines = [{"price_id": price["id"]}]
    billing = {"name": word, "country": "DE"}
    await learner.put(f"{API}/me/cart", json={"lines": lines, "billing": billing})
    wanted = {"provider": "payments_sandbox", "lines": lines, "billing": billing}
    ordered = await _made(learner, "orders", wanted, f"{word}-order")
    await _pay(learner, site, ordered)
    await _made(admin, f"orders/{ordered['id']}/refunds", {"amount": 100, "reason": word}, f"{word}-refund")
    await _fill_subscription(admin, learner, site, word)
    await _fill_seats(admin, learner, site, word)
    refused = await learner.post(f"{API}/webhooks/payments_sandbox", json={"word": word})
    assert refused.status_code == 400, refused.text
    await _fill_coupon(site, learner, ordered["id"], word)


async def _fill_subscription(admin: httpx.AsyncClient, learner: httpx.AsyncClient, site: Any, word: str) -> None:
    courses = (await admin.get("/api/v1/catalogue")).json()["items"]
    other = [each["id"] for each in courses]
    product = await _made(admin, "products", {"kind": "bundle", "title": f"{word} monthly", "course_ids": other})
    price = await _made(
        admin, f"products/{product['id']}/prices", {"amount": 900, "currency": "EUR", "interval": "month"}
    )
    wanted = {"provider": "payments_sandbox", "lines": [{"price_id": price["id"]}], "billing": {"country": "DE"}}
    await _pay(learner, site, await _made(admin, "orders", wanted, f"{word}-subscription"))


async def _fill_seats(admin: httpx.AsyncClient, learner: httpx.AsyncClient, site: Any, word: str) -> None:
    """Seats with somebody invited to one of them, and a code for the others."""
    course = (await admin.get(f"/api/v1/courses/{word}")).json()
    product = await _made(
        admin, "products", {"kind": "seats", "title": f"{word} for teams", "course_ids": [course["id"]]}
    )
    price = await _made(admin, f"products/{product['id']}/prices", {"amount": 700, "currency": "EUR"})
    lines = [{"price_id": price["id"], "quantity": 3}]
    wanted = {"provider": "payments_sandbox", "lines": lines, "billing": {"country": "DE"}}
    await _pay(learner, site, await _made(learner, "orders", wanted, f"{word}-seats"))
    (pool,) = (await learner.get(f"{API}/me/seats")).json()["items"]
    await _made(learner, f"seats/{pool['id']}/people", {"emails": [f"{word}@firm.example"]})
    await _made(learner, f"seats/{pool['id']}/codes", {"max_uses": 2})


async def _pay(payer: httpx.AsyncClient, site: Any, ordered: dict[str, Any]) -> None:
    """Pay an order at the test bank."""
    url = ordered["checkout_url"]
    await payer.post(url[url.index("/api/") :], data={"choice": "pay"})
    await site.drain()


async def _fill_coupon(site: Any, learner: Any, order_id: str, word: str) -> None:
    async with site.context(learner.tenant_id) as ctx:
        coupon = Coupon(code=word.upper(), percent=10, product_ids=[], active=True, created_at=ctx.now)
        ctx.session.add(coupon)
        await ctx.session.flush()
        ctx.session.add(CouponUse(order_id=UUID(order_id), coupon_id=coupon.id, user_id=learner.user_id))
        ctx.session.add(TaxRate(country="DE", customer_type="person", points=1900))


async def _made(client: httpx.AsyncClient, path: str, data: dict[str, Any], key: str | None = None) -> Any:
    answer = await client.post(f"{API}/{path}", json=data, headers={"idempotency-key": key} if key else {})
    assert answer.status_code == 201, answer.text
    return answer.json()
