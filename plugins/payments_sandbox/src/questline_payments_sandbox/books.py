"""The bank's books: what it knows of every order, kept outside the site's transactions as a real bank would."""

import datetime as dt
import hashlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import msgspec

from questline_sdk import Context
from questline_sdk.payments import PaymentNotFound, PaymentState

PLUGIN = "payments_sandbox"
KEPT = dt.timedelta(days=60)
OPEN_FOR = dt.timedelta(hours=24)


class BankRefund(msgspec.Struct, frozen=True, kw_only=True):
    """Money that went back."""

    id: str
    key: str
    amount: int


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """An order at the bank: a page to pay it on, and a payment once somebody tried."""

    id: str
    asked: str
    """What it was asked for with, in short: the same key with other words is a mistake of the caller's."""
    reference: str
    amount: int
    currency: str
    titles: list[str]
    created_at: dt.datetime
    customer_id: str
    locale: str = "en"
    return_url: str = ""
    cancel_url: str = ""
    save_method: bool = False
    payment_id: str | None = None
    paid_at: dt.datetime | None = None
    failure: str = ""
    method_id: str | None = None
    refunds: list[BankRefund] = []
    disputed: int = 0

    @property
    def refunded(self) -> int:
        """How much went back."""
        return sum(each.amount for each in self.refunds)

    def state(self, now: dt.datetime) -> PaymentState:
        """Where it stands."""
        if self.paid_at:
            return PaymentState.PAID
        if now >= self.created_at + OPEN_FOR:
            return PaymentState.EXPIRED
        return PaymentState.FAILED if self.failure else PaymentState.OPEN


def name_from(kind: str, *parts: object) -> str:
    """An id that the same parts always make."""
    return f"sb_{kind}_" + hashlib.sha256(msgspec.json.encode([str(each) for each in parts])).hexdigest()[:24]


class Books:
    """The orders of one tenant."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._redis = ctx.redis
        self._paid = ctx.redis_key(PLUGIN, "payments")

    def _key(self, order_id: str) -> str:
        return self._ctx.redis_key(PLUGIN, "order", order_id)

    async def open(self, order: Order) -> Order:
        """Write an order down unless it is there; returns the one that is."""
        await self._redis.set(self._key(order.id), msgspec.json.encode(order), nx=True, ex=KEPT)
        return await self.find(order.id)

    async def find(self, some_id: str) -> Order:
        """An order by its id or its payment's."""
        order_id = "sb_order_" + some_id.removeprefix("sb_pay_").removeprefix("sb_order_")
        raw = await self._redis.get(self._key(order_id))
        if raw is None:
            raise PaymentNotFound("The test bank knows no such payment.")
        return msgspec.json.decode(raw, type=Order)

    async def change(self, some_id: str, change: Callable[[Order], Order]) -> Order:
        """Change an order as one step; what changes at the same time elsewhere is seen."""
        key = self._key((await self.find(some_id)).id)

        async def step(pipe: Any) -> Order:
            raw = await pipe.get(key)
            if raw is None:
                raise PaymentNotFound("The test bank knows no such payment.")
            changed = change(msgspec.json.decode(raw, type=Order))
            pipe.multi()
            pipe.set(key, msgspec.json.encode(changed), ex=KEPT)
            if changed.payment_id:
                pipe.zadd(self._paid, {changed.id: self._ctx.now.timestamp()})
                pipe.expire(self._paid, KEPT)
            return changed

        found: Order = await self._redis.transaction(step, key, value_from_callable=True)
        return found

    async def changed_since(self, since: dt.datetime, *, page: int = 100) -> AsyncIterator[Order]:
        """The orders somebody tried to pay, by the time of their last change."""
        start = 0
        while ids := await self._redis.zrangebyscore(self._paid, since.timestamp(), "+inf", start=start, num=page):
            for raw in ids:
                try:
                    yield await self.find(raw.decode() if isinstance(raw, bytes) else raw)
                except PaymentNotFound:  # the bank has forgotten it
                    continue
            start += len(ids)
