"""Events and jobs: delivered at least once, applied once, retried, kept when they fail, parked when switched off."""

import importlib

import asyncpg
import pytest
import pytest_asyncio
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from sqlalchemy import func, select, text

from questline_core.events.dead_letters import list_dead_letters, queue_counts, retry_dead_letters
from questline_core.events.delivery import run_message
from questline_core.events.models import Delivery, EventRecord
from questline_core.events.queue import MESSAGE, put, queries
from questline_core.plugins.models import ParkedJob
from questline_core.plugins.service import set_enabled
from questline_core.testing import TestSite

PLUGIN = """
from uuid import UUID
from questline_sdk import Context, Event, EventData, Plugin, RetryPolicy, handles, handles_batch, hookimpl
from questline_sdk.events import ANY_EVENT
from sqlalchemy import text

FAST = RetryPolicy(max_attempts=3, initial_delay=0.01)
seen, failures, batches = [], {}, []

class Rung(EventData):
    event_type = "bell.rung.v1"
    tone: str

class Struck(EventData):
    event_type = "bell.struck.v1"
    tone: str

@handles(Rung, retry=FAST)
async def hear(ctx: Context, event: Event[Rung]) -> None:
    seen.append(event.data.tone)
    await ctx.session.execute(text("UPDATE bell.count SET heard = heard + 1"))
    left = failures.get(event.data.tone, 0)
    if left:
        failures[event.data.tone] = left - 1
        raise RuntimeError(f"no ear for {event.data.tone}")

@handles_batch(Struck, retry=FAST)
async def hear_all(ctx: Context, events) -> None:
    batches.append([event.data.tone for event in events])
    await ctx.session.execute(text("UPDATE bell.count SET heard = heard + :n"), {"n": len(events)})
    if any(event.data.tone == "false" for event in events):
        raise RuntimeError("a false note")

@handles(ANY_EVENT)
async def all_but_own(ctx: Context, event) -> None:
    seen.append(event.type)

class Bell(Plugin):
    event_types = (Rung, Struck)
    @hookimpl
    def register_event_handlers(self): return [hear, hear_all, all_but_own]
    @hookimpl
    async def plugin_enabled(self, ctx):
        await ctx.session.execute(text("INSERT INTO bell.count (heard) VALUES (0) ON CONFLICT DO NOTHING"))

plugin = Bell()
"""
MIGRATION = """
import sqlalchemy as sa
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema
from alembic import op
revision = "0001"
down_revision = None

def upgrade():
    create_schema("bell")
    create_tenant_table("count", sa.Column("heard", sa.Integer, nullable=False),
                        sa.Column("one", sa.Integer, nullable=False, server_default="1"), schema="bell", key=("one",))

def downgrade():
    op.drop_table("count", schema="bell")
    drop_schema("bell")
"""


@pytest_asyncio.fixture(loop_scope="session")
async def bell(build_plugin, site):
    entry = build_plugin("bell", PLUGIN, migrations={"0001_count": MIGRATION})
    async with TestSite.open([entry], services=site.services) as own:
        yield own, await own.new_tenant(), importlib.import_module(entry.module)
        async with own.owner_engine.begin() as connection:
            await connection.execute(text("DROP SCHEMA bell CASCADE"))
            await connection.execute(text("TRUNCATE queue.pgqueuer"))


async def heard(own, tenant) -> int:
    async with own.context(tenant.id) as ctx:
        return await ctx.session.scalar(text("SELECT heard FROM bell.count"))


async def ring(own, tenant, module, tone: str):
    async with own.context(tenant.id) as ctx:
        return await ctx.publish(module.Rung(tone=tone))


async def with_queue(own, function):
    connection = await asyncpg.connect(own.host.database.url)
    try:
        return await function(queries(AsyncpgDriver(connection)))
    finally:
        await connection.close()


async def test_an_event_is_recorded_and_handled_once(bell):
    own, tenant, module = bell
    event_id = await ring(own, tenant, module, "c")
    await own.drain()
    assert (module.seen, await heard(own, tenant)) == (["c"], 1)
    async with own.context(tenant.id) as ctx:
        record = await ctx.session.scalar(select(EventRecord).where(EventRecord.id == event_id))
        assert (record.type, record.data) == ("bell.rung.v1", {"tone": "c"})


async def test_a_rolled_back_event_never_happened(bell):
    own, tenant, module = bell

    async def publish_and_fail() -> None:
        async with own.context(tenant.id) as ctx:
            await ctx.publish(module.Rung(tone="x"))
            raise RuntimeError("change of mind")

    with pytest.raises(RuntimeError, match="change of mind"):
        await publish_and_fail()
    await own.drain()
    assert module.seen == []


async def test_a_message_delivered_twice_has_its_effects_once(bell):
    own, tenant, module = bell
    await ring(own, tenant, module, "d")
    payload = await with_queue(own, first_payload)
    message = MESSAGE.decode(payload)
    async with own.host.database.session(None) as session:
        await put(session, [message, message])
    await own.drain()
    assert (module.seen, await heard(own, tenant)) == (["d"], 1)
    work = own.host.registry.handler("bell", "hear")
    assert await run_message(own.host, message, work, payload) == "repeated"


async def strike(own, tenant, module, *tones: str):
    async with own.context(tenant.id) as ctx:
        return await ctx.publish_all([module.Struck(tone=tone) for tone in tones])


async def test_events_that_wait_together_are_handled_together_in_their_order(bell):
    own, tenant, module = bell
    ids = await strike(own, tenant, module, "c", "d", "e")
    await own.drain()
    assert ([tone for batch in module.batches for tone in batch], await heard(own, tenant)) == (["c", "d", "e"], 3)
    assert len(module.batches) < 3
    async with own.context(tenant.id) as ctx:
        rows = await ctx.session.execute(select(EventRecord.id, EventRecord.data).where(EventRecord.id.in_(ids)))
        assert {row.id: row.data["tone"] for row in rows} == dict(zip(ids, "cde", strict=True))


async def test_of_a_batch_that_fails_each_event_is_handled_alone(bell):
    own, tenant, module = bell
    await strike(own, tenant, module, "c", "false", "e")
    await own.drain()
    assert await heard(own, tenant) == 2
    assert {tuple(batch) for batch in module.batches} >= {("c",), ("false",), ("e",)}
    (letter,) = await with_queue(own, list_dead_letters)
    assert "a false note" in str(letter)


async def first_payload(queue):
    (job,) = await queue.browse_queue(limit=1)
    return job.payload


async def test_a_failure_is_rolled_back_and_tried_again(bell):
    own, tenant, module = bell
    module.failures["e"] = 2
    await ring(own, tenant, module, "e")
    await own.drain()
    assert (module.seen, await heard(own, tenant)) == (["e", "e", "e"], 1)


async def test_what_fails_for_good_waits_among_the_dead_letters_and_runs_again_on_request(bell):
    own, tenant, module = bell
    module.failures["f"] = 3
    await ring(own, tenant, module, "f")
    await own.drain()
    assert await heard(own, tenant) == 0
    (letter,) = await with_queue(own, list_dead_letters)
    assert (letter.handler, letter.attempts, letter.error) == ("bell.hear", 3, "RuntimeError: no ear for f")
    assert ("bell", "failed", 1) in await with_queue(own, queue_counts)
    assert await with_queue(own, lambda queue: retry_dead_letters(queue, [letter.id])) == 1
    await own.drain()
    assert await heard(own, tenant) == 1
    assert await with_queue(own, list_dead_letters) == []


async def test_messages_for_a_plugin_that_was_switched_off_are_parked_until_it_is_on_again(bell):
    own, tenant, module = bell
    await ring(own, tenant, module, "g")
    async with own.context(tenant.id) as ctx:
        await set_enabled(ctx, "bell", enabled=False)
    own.host.enablement.forget(tenant.id)
    await own.drain()
    async with own.context(tenant.id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(ParkedJob)) == 1
    assert module.seen == []
    async with own.context(tenant.id) as ctx:
        await set_enabled(ctx, "bell", enabled=True)
    own.host.enablement.forget(tenant.id)
    await own.drain()
    assert module.seen == ["g"]


async def test_no_handler_is_queued_for_a_tenant_without_the_plugin(bell):
    own, _, module = bell
    other = await own.new_tenant(plugins=[])
    await ring(own, other, module, "h")
    await own.drain()
    assert module.seen == []


async def test_a_catch_all_skips_its_own_plugins_events_and_hears_the_others(bell):
    from questline_sdk.events import UserSignedUp

    own, tenant, module = bell
    async with own.context(tenant.id) as ctx:
        await ctx.publish(UserSignedUp(user_id=tenant.id))
    await own.drain()
    assert module.seen == ["identity.user.signed_up.v1"]


async def test_deliveries_are_noted_per_handler(bell):
    own, tenant, module = bell
    event_id = await ring(own, tenant, module, "i")
    await own.drain()
    async with own.context(tenant.id) as ctx:
        handlers = await ctx.session.scalars(select(Delivery.handler).where(Delivery.message_id == event_id))
        assert list(handlers) == ["bell.hear"]


async def test_messages_that_wait_together_are_applied_together_and_one_failure_spoils_none_of_the_others(bell):
    own, tenant, module = bell
    module.failures["bad"] = 4  # once with the others, then three times alone
    async with own.context(tenant.id) as ctx:
        for tone in ("do", "re", "bad", "mi", "fa"):
            await ctx.publish(module.Rung(tone=tone))
    await own.drain()
    assert await heard(own, tenant) == 4
    (letter,) = await with_queue(own, list_dead_letters)
    assert letter.error == "RuntimeError: no ear for bad"


async def test_a_tenant_set_for_nothing_is_not_there_for_the_next(bell):
    """A session that never sent a statement leaves no tenant on its connection."""
    own, tenant, _ = bell
    for _ in range(3):
        async with own.context(tenant.id) as ctx:
            await ctx.session.connection()
    async with own.host.database.session(None) as session:
        assert await session.scalar(select(func.count()).select_from(EventRecord)) == 0
