"""100,000 webhooks of payments, 30 % of them twice, shuffled: how many a second are accepted, and each applied once."""

import asyncio
import os
import random
import time
from collections.abc import Sequence
from uuid import UUID

import asyncpg
import msgspec

from bench.report import Result, at_most
from bench.site import BenchSite, Server, add_course, bench_site, migrate, prepare, quiet_host, write_course
from questline_core.context import HostContext
from questline_core.host import Host
from questline_payments_sandbox.books import Books, Order
from questline_payments_sandbox.messages import MESSAGES
from questline_payments_sandbox.provider import settled
from questline_sdk.payment_messages import HEADER, PaymentMessage, signature

EVENTS = int(os.environ.get("BENCH_WEBHOOKS", "100000"))
TWICE = 0.3
OF_ONE_ORDER = 7
CONNECTIONS = 32
AMOUNT = 5000
ACCEPTED = 500
PLUGINS = ("payments", "payments_sandbox")
APPLY_SECONDS = int(os.environ.get("BENCH_APPLY_SECONDS", "1800"))
HEAD = (
    b"POST /api/v1/p/payments/webhooks/payments_sandbox HTTP/1.1\r\n"
    b"host: localhost\r\nx-questline-tenant: bench\r\ncontent-type: application/json\r\n"
)
FILL = f"""
WITH buyer AS (
    INSERT INTO core.user_account (tenant_id, email, display_name, role)
    SELECT $1, 'buyer' || n || '@bench.example', 'Buyer ' || n, 'learner' FROM generate_series(1, $2::int) n
    RETURNING id
), ordered AS (
    INSERT INTO payments.purchase (tenant_id, number, user_id, key, asked, provider, state, title, currency, subtotal,
        discount, tax, total, tax_inclusive, site, created_at)
    SELECT $1, 'B-' || id, id, 'bench', '', 'payments_sandbox', 'open', 'Course', 'EUR', {AMOUNT}, 0, 0, {AMOUNT}, true,
        'http://localhost', now() FROM buyer
    RETURNING id
)
INSERT INTO payments.line (tenant_id, order_id, price_id, product_id, position, kind, title, quantity, unit_amount,
    subtotal, discount, tax, tax_points, total, course_ids)
SELECT $1, id, uuidv7(), uuidv7(), 0, 'course', 'Course', 1, {AMOUNT}, {AMOUNT}, 0, 0, 0, {AMOUNT}, ARRAY[$3::uuid]
FROM ordered RETURNING order_id
"""
COUNTS = """
SELECT (SELECT count(*) FROM payments.message WHERE state = 'done') AS done,
    (SELECT coalesce(sum(times), 0) FROM payments.message) AS taken,
    (SELECT count(*) FROM payments.purchase WHERE state = 'paid') AS paid,
    (SELECT coalesce(sum(amount), 0) FROM payments.posting WHERE account LIKE 'cash:%') AS cash,
    (SELECT count(*) FROM (SELECT FROM payments.posting GROUP BY entry_id HAVING sum(amount) <> 0) odd) AS odd,
    (SELECT count(*) FROM payments.entitlement WHERE held) AS held
"""


def run() -> list[Result]:
    """Send every message to one server process while one worker acts on them; wait until it has."""
    with bench_site() as site, quiet_host(site) as host:
        file = site.home / "questline.toml"
        file.write_text(f'environment = "development"\n{file.read_text()}')  # the test bank is off in production
        tenant_id, secret, payments = site.run(_prepare(site, host))
        bodies = _messages(payments)
        started = time.perf_counter()
        with site.server() as server, site.worker():
            seconds = site.run(_send(server, secret, bodies))
            found = site.run(_applied(site, tenant_id, len(set(bodies))))
        every = time.perf_counter() - started
    orders = len(payments)
    wrong = (
        abs(found["taken"] - len(bodies))
        + abs(found["paid"] - orders)
        + abs(found["held"] - orders)
        + abs(found["cash"] - orders * AMOUNT)
        + found["odd"]
    )
    rate = len(bodies) / seconds
    return [
        Result(
            name=f"payment webhooks accepted, {len(bodies):,} with a worker beside",
            value=rate,
            unit="1/s",
            bar=f">= {ACCEPTED}",
            holds=rate >= ACCEPTED,
        ),
        at_most(f"payments, messages or cents too many or too few, {orders:,} orders", wrong, "", bar=0),
        at_most("until the last is applied", every, "s", bar=APPLY_SECONDS),
    ]


async def _prepare(site: BenchSite, host: Host) -> tuple[UUID, bytes, list[str]]:
    await migrate(site, host)
    async with host.running():
        tenant_id = await prepare(site, host, plugins=PLUGINS)
        async with host.context(tenant_id) as ctx:
            await add_course(host, ctx, write_course(site.home / "c", "sold", modules=1, lessons=1))
        orders = await _fill(site, tenant_id)
        async with host.context(tenant_id) as ctx:
            return tenant_id, await MESSAGES.secret(ctx), [await _paid(ctx, order) for order in orders]


async def _fill(site: BenchSite, tenant_id: UUID) -> list[UUID]:
    connection = await asyncpg.connect(site.services.owner_database_url)
    try:
        await connection.execute(f"SET questline.tenant_id = '{tenant_id}'")
        course_id = await connection.fetchval("SELECT id FROM core.course WHERE tenant_id = $1", tenant_id)
        unique = int(EVENTS * (1 - TWICE))
        rows = await connection.fetch(FILL, tenant_id, max(unique // OF_ONE_ORDER, 1), course_id)
        await connection.execute("ANALYZE")
        return [row["order_id"] for row in rows]
    finally:
        await connection.close()


async def _paid(ctx: HostContext, order_id: UUID) -> str:
    """Have an order paid at the bank."""
    books = Books(ctx)
    made = Order(
        id=f"sb_order_{order_id.hex}",
        asked="bench",
        reference=str(order_id),
        amount=AMOUNT,
        currency="EUR",
        titles=["Course"],
        created_at=ctx.now,
        customer_id="bench",
    )
    await books.open(made)
    return (await books.change(made.id, lambda order: settled(order, ctx.now))).payment_id or made.id


def _messages(payments: Sequence[str]) -> list[bytes]:
    chance = random.Random(7)
    unique = int(EVENTS * (1 - TWICE))
    now = int(time.time())
    bodies = [
        msgspec.json.encode(
            PaymentMessage(id=f"m{number}", type="paid", created=now, payment=payments[number % len(payments)])
        )
        for number in range(unique)
    ]
    bodies += chance.sample(bodies, EVENTS - unique)
    chance.shuffle(bodies)
    return bodies


async def _send(server: Server, secret: bytes, bodies: list[bytes]) -> float:
    """Send every body over keep-alive connections, signed as it is sent; seconds."""
    waiting = list(bodies)
    host, port = server.url.removeprefix("http://").split(":")

    async def connection() -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        while waiting:
            body = waiting.pop()
            signed = signature(secret, int(time.time()), body)
            writer.write(HEAD + f"{HEADER}: {signed}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 204"):
                raise RuntimeError(head.decode())
        writer.close()

    print(f"  {len(bodies):,} messages to send", flush=True)
    started = time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return time.perf_counter() - started


async def _applied(site: BenchSite, tenant_id: UUID, messages: int) -> dict[str, int]:
    """Wait until every message is acted on; what the tables hold then."""
    connection = await asyncpg.connect(site.services.owner_database_url)
    try:
        await connection.execute(f"SET questline.tenant_id = '{tenant_id}'")
        deadline = time.monotonic() + APPLY_SECONDS
        while time.monotonic() < deadline:
            found = dict(await connection.fetchrow(COUNTS) or {})
            if found["done"] >= messages:
                break
            await asyncio.sleep(1)
        print("  " + ", ".join(f"{value:,} {name}" for name, value in found.items()), flush=True)
        return {name: int(value) for name, value in found.items()}
    finally:
        await connection.close()
