"""The command line: what differs is printed and repaired, and messages are acted on again."""

import asyncio
import json
import os
import sys

from questline_payments.replaying import replay_all

API = "/api/v1/p/payments"
BANK = "payments_sandbox"


async def questline(shop, *arguments):
    settings = shop.site.host.settings
    names = ("home", "environment", "database_url", "owner_database_url", "redis_url", "secret_key")
    own = {name: value for name, value in os.environ.items() if not name.startswith("QUESTLINE_")}
    given = {f"QUESTLINE_{name.upper()}": str(getattr(settings, name)) for name in names}
    command = [sys.executable, "-m", "questline_cli", "payments", *arguments, "--tenant", shop.tenant.slug]
    process = await asyncio.create_subprocess_exec(
        *command, env=own | given, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    shown, errors = await process.communicate()
    return process.returncode, shown.decode(), errors.decode()


async def test_reconciling_prints_and_repairs_what_differs(shop):
    order = await shop.order()
    await shop.press(order, "pay")
    status, shown, errors = await questline(shop, "reconcile", BANK, "--repair", "--json")
    assert status == 0, errors
    found = json.loads(shown)
    assert [each["order_id"] for each in found["differences"]] == [order["id"]]
    assert (found["checked"], found["repaired"]) == (1, 1)
    assert (await shop.shown(order))["state"] == "paid"


async def test_replaying_queues_messages_again(shop):
    await shop.paid()
    await shop.site.drain()
    async with shop.site.context(shop.tenant.id) as ctx:
        assert await replay_all(ctx, "done", None) == 1
        assert await replay_all(ctx, "failed", None) == 0
    await shop.site.drain()
    (kept,) = (await shop.admin.get(f"{API}/messages")).json()["items"]
    assert kept["state"] == "done"
    assert (await shop.balances())[f"cash:{BANK}", "EUR"] == 5000
