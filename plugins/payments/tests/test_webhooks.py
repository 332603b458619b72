"""Providers' messages: kept as they came, checked, acted on once, and no way in for anybody else."""

import asyncio
import datetime as dt

import msgspec
from sqlalchemy import select, text

from questline_core.plugins.service import set_enabled
from questline_payments import intake, processing
from questline_payments.models import Message
from questline_payments_sandbox.provider import SandboxProvider
from questline_sdk.payment_messages import HEADER, PaymentMessage, signature
from questline_sdk.payments import PaymentRefused

API = "/api/v1/p/payments"
BANK = "payments_sandbox"


async def signed(shop, payment_id, message_id="m-1", *, age=0):
    """What the bank would send of a payment."""
    from questline_payments_sandbox.messages import MESSAGES

    async with shop.site.context(shop.tenant.id) as ctx:
        stamp = int(ctx.now.timestamp()) - age
        message = PaymentMessage(id=message_id, type="paid", created=stamp, payment=payment_id)
        body = msgspec.json.encode(message)
        return body, {HEADER: signature(await MESSAGES.secret(ctx), stamp, body)}


async def send(shop, body, headers, provider=BANK):
    return await shop.visitor.post(f"{API}/webhooks/{provider}", content=body, headers=headers)


async def messages(shop, **only):
    return (await shop.admin.get(f"{API}/messages", params=only)).json()["items"]


async def checkout_of(shop, order):
    return (await shop.order_page(order))["checkout_url"].rpartition("/")[2]


async def switch(shop, plugin, *, on):
    async with shop.site.context(shop.tenant.id) as ctx:
        await set_enabled(ctx, plugin, enabled=on)
    shop.site.host.enablement.forget(shop.tenant.id)


async def test_a_message_is_answered_at_once_and_acted_on_by_a_job(shop):
    order = await shop.order()
    await shop.press(order, "pay")
    body, headers = await signed(shop, await checkout_of(shop, order))
    assert (await send(shop, body, headers)).status_code == 204
    assert (await shop.shown(order))["state"] == "open"
    (kept,) = await messages(shop, state="waiting")
    shown = (await shop.admin.get(f"{API}/messages/{kept['id']}")).json()
    assert (shown["body"], shown["headers"][HEADER]) == (body.decode(), headers[HEADER])
    for _ in range(3):
        assert (await send(shop, body, headers)).status_code == 204
    await shop.site.drain()
    assert (await shop.shown(order))["paid"] == 5000
    found = {each["event_id"]: (each["state"], each["times"]) for each in await messages(shop)}
    assert found["m-1"] == ("done", 4)


async def test_a_forged_message_is_not_acted_on_and_leaves_no_body(shop):
    order = await shop.order()
    await shop.press(order, "pay")
    body, headers = await signed(shop, await checkout_of(shop, order))
    for forged in (
        (body, {}),
        (body.replace(b"paid", b"pain"), headers),
        (body, {HEADER: headers[HEADER][:-1] + "x"}),
        await signed(shop, await checkout_of(shop, order), age=3600),
    ):
        answer = await send(shop, *forged)
        assert (answer.status_code, answer.json()["code"]) == (400, "webhook_refused")
    assert (await shop.shown(order))["state"] == "open"
    async with shop.site.context(shop.tenant.id) as ctx:
        rows = list(await ctx.session.scalars(select(Message).where(Message.state == "refused")))
    assert len(rows) == 4
    assert {(row.body, len(row.headers), bool(row.error)) for row in rows} == {(b"", 0, True)}


async def test_forged_messages_do_not_fill_the_disk(shop, monkeypatch):
    monkeypatch.setattr(intake, "REFUSED_KEPT", 5)
    for _ in range(9):
        assert (await send(shop, b"x" * 5000, {})).status_code == 400
    assert (await send(shop, b"x" * (intake.LARGEST + 1), {})).status_code == 400
    async with shop.site.context(shop.tenant.id) as ctx:
        held = await ctx.session.execute(text("SELECT count(*), sum(length(body)) FROM payments.message"))
        assert tuple(held.one()) == (5, 0)


async def test_nobody_writes_for_a_provider_that_nobody_pays_at(shop):
    for provider in ("nobody", "payments_stripe", "..%2f", "%00"):
        answer = await send(shop, b"{}", {}, provider)
        assert answer.status_code in {400, 404}, provider
    assert {each["state"] for each in await messages(shop)} <= {"refused"}


async def test_messages_are_taken_while_payments_are_off(shop):
    order = await shop.order()
    await shop.press(order, "pay")
    body, headers = await signed(shop, await checkout_of(shop, order))
    await switch(shop, "payments", on=False)
    assert (await send(shop, body, headers)).status_code == 204
    assert (await shop.buyer.get(f"{API}/offers")).status_code == 404
    await shop.site.drain()
    await switch(shop, "payments", on=True)
    await shop.site.drain()
    assert (await shop.shown(order))["paid"] == 5000
    assert await shop.reads()


async def test_messages_of_a_provider_that_is_off_are_kept_and_checked_once_it_is_on(shop):
    order = await shop.order()
    await shop.press(order, "pay")
    body, headers = await signed(shop, await checkout_of(shop, order))
    for plugin in ("payments", BANK):
        await switch(shop, plugin, on=False)
    assert (await send(shop, body, headers)).status_code == 204
    assert (await send(shop, b"forged", {})).status_code == 204
    for plugin in (BANK, "payments"):
        await switch(shop, plugin, on=True)
    later = shop.site.host.clock() + dt.timedelta(hours=2)
    async with shop.site.context(shop.tenant.id) as ctx:
        ctx.now = later
        assert await intake.check_waiting(ctx) == 1
    await shop.site.drain()
    assert (await shop.shown(order))["paid"] == 5000
    assert sorted(each["state"] for each in await messages(shop)).count("refused") == 1


async def test_a_message_is_tried_again_and_replayed(shop):
    order = await shop.order()
    await shop.press(order, "pay")
    body, headers = await signed(shop, await checkout_of(shop, order))
    await send(shop, body, headers)
    await shop.site.drain()
    (kept,) = [each for each in await messages(shop) if each["event_id"] == "m-1"]
    answer = await shop.admin.post(f"{API}/messages/{kept['id']}/replay")
    assert (answer.status_code, answer.json()["state"]) == (200, "waiting")
    await shop.site.drain()
    assert (await shop.shown(order))["paid"] == 5000
    assert (await shop.balances())[f"cash:{BANK}", "EUR"] == 5000


async def test_a_lost_message_is_found_by_reconciling(shop):
    order = await shop.order()
    await shop.press(order, "pay")
    asked = {"provider": BANK, "since": "2020-01-01T00:00:00Z"}
    answer = await shop.admin.post(f"{API}/reconciliations", json=asked)
    assert answer.status_code == 200, answer.text
    (found,) = answer.json()["differences"]
    assert (found["order_id"], found["what"], found["provider_amount"], found["ledger_amount"]) == (
        order["id"],
        "paid",
        5000,
        0,
    )
    assert (await shop.shown(order))["state"] == "open"
    answer = await shop.admin.post(f"{API}/reconciliations", json={**asked, "repair": True})
    assert answer.json()["repaired"] == 1
    assert (await shop.shown(order))["state"] == "paid"
    assert (await shop.admin.post(f"{API}/reconciliations", json=asked)).json()["differences"] == []


async def test_messages_of_a_killed_worker_are_taken_over(shop):
    order = await shop.order()
    await shop.press(order, "pay")
    body, headers = await signed(shop, await checkout_of(shop, order))
    assert (await send(shop, body, headers)).status_code == 204
    async with shop.site.context(shop.tenant.id) as ctx:
        assert len(await processing._claim(ctx)) == 1
        await processing.act(ctx, processing.Act())
    assert (await shop.shown(order))["state"] == "open"
    async with shop.site.context(shop.tenant.id) as ctx:
        ctx.now += processing.LEASE
        await processing.act(ctx, processing.Act())
    assert (await shop.shown(order))["state"] == "paid"


async def test_a_message_is_kept_before_a_check_that_takes_its_time_or_breaks(shop, monkeypatch):
    order = await shop.order()
    await shop.press(order, "pay")
    body, headers = await signed(shop, await checkout_of(shop, order))
    read, seen = SandboxProvider.read_webhook, []

    async def slow(self, ctx, headers, body):
        while len(seen) < 2:
            await asyncio.sleep(0.01)
            seen[:] = await messages(shop, state="unchecked")
        return await read(self, ctx, headers, body)

    async def broken(self, ctx, headers, body):
        raise PaymentRefused("The provider does not know us.")

    monkeypatch.setattr(SandboxProvider, "read_webhook", broken)
    assert (await send(shop, body, headers)).status_code >= 400
    monkeypatch.setattr(SandboxProvider, "read_webhook", slow)
    assert [each["state"] for each in await messages(shop)] == ["unchecked"]
    assert (await send(shop, body, headers)).status_code == 204
    monkeypatch.setattr(SandboxProvider, "read_webhook", read)
    async with shop.site.context(shop.tenant.id) as ctx:
        assert await intake.check_waiting(ctx) == 1
    await shop.site.drain()
    found = {each["event_id"]: (each["state"], each["times"]) for each in await messages(shop)}
    assert found["m-1"] == ("done", 2)
    assert (await shop.shown(order))["paid"] == 5000
