"""Every hook of the host: when it fires, what its answer does, and what a failure in it does."""

import asyncio
import datetime as dt
import importlib
from uuid import uuid4

import msgspec
import pytest
import pytest_asyncio

from questline_core.events.schedules import queue_scheduled
from questline_core.events.worker import run_worker
from questline_core.plugins.service import set_enabled
from questline_core.testing import TestSite
from questline_sdk import Job, NotFound, Schedule
from questline_sdk.blocks import Block
from questline_sdk.events import LessonCompleted

PLUGIN = """
import asyncio
from typing import Annotated, Protocol

import msgspec
from litestar import get
from litestar.di import NamedDependency
from questline_sdk import (
    Context, Event, Job, Permission, Plugin, PluginSettings, Schedule, handles, hookimpl, hookspec
)
from questline_sdk.blocks import BlockType
from questline_sdk.events import LessonCompleted
from questline_sdk.hooks import Veto
from questline_sdk.permissions import MEMBERS
from questline_sdk.services import Service

calls = []
mood = {}

class Greeter(Protocol):
    def greet(self) -> str: ...

class Hello:
    def greet(self): return "hello"

class Settings(PluginSettings):
    colour: str = "red"

class Args(msgspec.Struct):
    word: str

async def shout(ctx, args):
    calls.append(("job", args.word, ctx.tenant_id))

JOB = Job(name="shout", function=shout, args=Args)
HOURLY = Schedule(cron="0 * * * *", job=JOB, args=Args("tick"))

@handles(LessonCompleted)
async def heard(ctx: Context, event: Event[LessonCompleted]) -> None:
    calls.append(("event", event.data.lesson_slug, event.id))

@get("/mine", operation_id="probe_mine", permission="probe.read")
async def mine(ctx: NamedDependency[Context]) -> dict[str, str]:
    return {"colour": (await ctx.settings(Settings)).colour, "greeting": ctx.service(Greeter).greet()}

class Authored(msgspec.Struct):
    text: str

async def publish(ctx, place, value): return value

@hookspec
async def probe_name(word: str) -> str: ...

async def behave(name):
    how = mood.get(name)
    calls.append((name, how))
    if how == "raise": raise RuntimeError("deliberate")
    if how == "hang": await asyncio.Event().wait()
    if how == "garbage": return 42
    if how == "veto": return Veto(code="probe_says_no", detail="Not today.")
    return None

class Probe(Plugin):
    @hookimpl
    def register_routes(self): return [mine]
    @hookimpl
    def register_permissions(self): return [Permission(name="probe.read", title="Read", roles=MEMBERS)]
    @hookimpl
    def register_settings(self): return Settings
    @hookimpl
    def register_event_handlers(self): return [heard]
    @hookimpl
    def register_jobs(self): return [JOB]
    @hookimpl
    def register_schedules(self): return [HOURLY]
    @hookimpl
    def register_block_types(self): return [BlockType(name="probe.note", authored=Authored, publish=publish)]
    @hookimpl
    def register_services(self): return [Service(protocol=Greeter, factory=lambda ctx: Hello())]
    @hookimpl
    def register_hookspecs(self): return [probe_name]
    @hookimpl
    async def probe_name(self, word): return word.upper()
    @hookimpl
    async def plugin_enabled(self, ctx): await behave("plugin_enabled")
    @hookimpl
    async def plugin_disabled(self, ctx): await behave("plugin_disabled")
    @hookimpl
    async def check_enrolment(self, ctx, user_id): return await behave("check_enrolment")
    @hookimpl
    async def check_lesson_completion(self, lesson_id): return await behave("check_lesson_completion")
    @hookimpl
    async def transform_block(self, block):
        answer = await behave("transform_block")
        return answer if answer is not None else type(block)(id=block.id, type=block.type, data={"seen": True})
    @hookimpl
    async def personal_data(self, user_id):
        await behave("personal_data")
        return {"notes": ["a note"]}
    @hookimpl
    async def erase_personal_data(self, user_id): await behave("erase_personal_data")

plugin = Probe()
"""


@pytest_asyncio.fixture(loop_scope="session")
async def probe(build_plugin, site):
    """A site of its own with one plugin that implements every hook, and the plugin's module."""
    entry = build_plugin("probe", PLUGIN)
    async with TestSite.open([entry], services=site.services, hook_timeout_seconds=0.2) as own:
        tenant = await own.new_tenant()
        yield own, tenant, importlib.import_module(entry.module)


async def actor(own, tenant):
    return await own.sign_in(tenant)


async def test_hook_register_routes(probe):
    own, tenant, _ = probe
    async with await actor(own, tenant) as client:
        assert (await client.get("/api/v1/p/probe/mine")).json() == {"colour": "red", "greeting": "hello"}
        async with own.context(tenant.id) as ctx:
            await set_enabled(ctx, "probe", enabled=False)
        own.host.enablement.forget(tenant.id)
        assert (await client.get("/api/v1/p/probe/mine")).status_code == 404


async def test_hook_register_permissions(probe):
    own, tenant, _ = probe
    async with await own.sign_in(tenant, "guest") as guest:
        answer = await guest.get("/api/v1/p/probe/mine")
    assert (answer.status_code, answer.json()["detail"]) == (403, "This needs the permission probe.read.")


async def test_hook_register_settings(probe):
    own, tenant, _ = probe
    async with await own.sign_in(tenant, "admin") as admin:
        wrong = await admin.put("/api/v1/plugins/probe/settings", json={"colour": 7})
        assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "colour")
        assert (await admin.put("/api/v1/plugins/probe/settings", json={"colour": "blue"})).is_success
        own.host.plugin_settings.forget(tenant.id)
        assert (await admin.get("/api/v1/p/probe/mine")).json()["colour"] == "blue"


def completed(slug: str = "a-lesson") -> LessonCompleted:
    ids = {name: uuid4() for name in ("user_id", "course_id", "module_id", "lesson_id")}
    return LessonCompleted(course_slug="c", lesson_slug=slug, kind="lesson", **ids)


async def test_hook_register_event_handlers(probe):
    own, tenant, module = probe
    async with own.context(tenant.id) as ctx:
        event_id = await ctx.publish(completed("spring"))
    await own.drain()
    assert module.calls.count(("event", "spring", event_id)) == 1


async def test_hook_register_jobs(probe):
    own, tenant, module = probe
    async with own.context(tenant.id) as ctx:
        await ctx.enqueue(module.JOB, module.Args("hey"))
    await own.drain()
    assert ("job", "hey", tenant.id) in module.calls

    async def other(ctx, args): ...

    async with own.context(tenant.id) as ctx:
        with pytest.raises(LookupError, match="'other' is not registered"):
            await ctx.enqueue(Job(name="other", function=other, args=module.Args), module.Args("x"))


async def test_hook_register_schedules(probe):
    own, tenant, module = probe
    schedule: Schedule = own.host.registry.records["probe"].contributions.schedules[0]
    assert schedule is module.HOURLY
    time = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC)
    for _ in range(2):
        assert await queue_scheduled(own.host, "probe", schedule, time) >= 1
    await own.drain()
    assert module.calls.count(("job", "tick", tenant.id)) == 1


async def test_a_worker_runs_schedules_by_the_clock(build_plugin, site):
    code = PLUGIN.replace('cron="0 * * * *"', 'cron="* * * * * *"').replace("probe", "ticker")
    entry = build_plugin("ticker", code)
    async with TestSite.open([entry], services=site.services) as own:
        tenant = await own.new_tenant()
        module = importlib.import_module(entry.module)
        stop = asyncio.Event()
        worker = asyncio.create_task(run_worker(own.host, stop))
        async with asyncio.timeout(20):
            while ("job", "tick", tenant.id) not in module.calls:
                await asyncio.sleep(0.05)
        stop.set()
        await worker


async def test_hook_register_block_types(probe):
    own, _, _ = probe
    owner, kind = own.host.registry.block_types()["probe.note"]
    assert (owner, msgspec.convert({"text": "x"}, kind.authored).text) == ("probe", "x")


async def test_hook_register_services(probe):
    own, tenant, module = probe
    async with own.context(tenant.id) as ctx:
        assert ctx.service(module.Greeter).greet() == "hello"
        with pytest.raises(NotFound, match="No active plugin provides"):
            ctx.service(TestSite)


async def test_hook_register_hookspecs(probe):
    own, tenant, module = probe
    async with own.context(tenant.id) as ctx:
        assert await ctx.hooks.collect(module.probe_name, word="hey") == {"probe": "HEY"}
        await set_enabled(ctx, "probe", enabled=False)
    own.host.enablement.forget(tenant.id)
    async with own.context(tenant.id) as ctx:
        assert await ctx.hooks.collect(module.probe_name, word="hey") == {}


async def test_hook_plugin_enabled(probe):
    own, tenant, module = probe
    assert ("plugin_enabled", None) in module.calls
    async with own.context(tenant.id) as ctx:
        await set_enabled(ctx, "probe", enabled=False)
    module.mood["plugin_enabled"] = "raise"
    async with await own.sign_in(tenant, "admin") as admin:
        refused = await admin.put("/api/v1/plugins/probe/enabled", json={"enabled": True})
    module.mood.clear()
    assert refused.status_code == 409
    own.host.enablement.forget(tenant.id)
    assert "probe" not in await own.host.enablement.of(tenant.id)


async def test_hook_plugin_disabled(probe):
    own, tenant, module = probe
    module.mood["plugin_disabled"] = "raise"
    async with own.context(tenant.id) as ctx:
        await set_enabled(ctx, "probe", enabled=False)
    module.mood.clear()
    assert ("plugin_disabled", "raise") in module.calls
    own.host.enablement.forget(tenant.id)
    assert "probe" not in await own.host.enablement.of(tenant.id)


@pytest.mark.parametrize("hook", ["check_enrolment", "check_lesson_completion"])
@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("veto", "probe_says_no"),
        ("raise", "plugin_failed"),
        ("hang", "plugin_failed"),
        ("garbage", "plugin_failed"),
        ("", None),
    ],
)
async def test_a_decision_fails_closed(probe, hook, how, code):
    own, tenant, module = probe
    module.mood[hook] = how
    async with own.context(tenant.id) as ctx:
        ids = {"user_id": uuid4(), "course_id": uuid4(), "lesson_id": uuid4()}
        veto = await own.host.decide(hook, ctx, blocks=[], **ids)
    module.mood.clear()
    assert (veto.code if veto else None) == code


async def test_hook_check_enrolment(probe):
    own, tenant, module = probe
    async with own.context(tenant.id) as ctx:
        assert await own.host.decide("check_enrolment", ctx, user_id=uuid4(), course_id=uuid4()) is None
    assert ("check_enrolment", None) in module.calls


async def test_hook_check_lesson_completion(probe):
    own, tenant, module = probe
    async with own.context(tenant.id) as ctx:
        answer = await own.host.decide("check_lesson_completion", ctx, user_id=uuid4(), lesson_id=uuid4(), blocks=[])
    assert answer is None
    assert ("check_lesson_completion", None) in module.calls


async def test_hook_transform_block(probe):
    own, tenant, module = probe
    block = Block(id="b", type="text", data={"html": "x"})
    enabled = await own.host.enablement.of(tenant.id)

    async def transformed(how: str) -> Block:
        module.mood["transform_block"] = how
        async with own.context(tenant.id) as ctx:
            return await own.host.dispatcher.filter("transform_block", enabled, "block", block, ctx=ctx)

    assert (await transformed("")).data == {"seen": True}
    for how in ("raise", "hang", "garbage"):
        assert await transformed(how) == block
    module.mood.clear()


async def test_hook_personal_data(probe):
    own, tenant, module = probe
    enabled = await own.host.enablement.of(tenant.id)
    async with own.context(tenant.id) as ctx:
        found = await own.host.dispatcher.gather("personal_data", enabled, ctx=ctx, user_id=uuid4())
        assert found == {"probe": {"notes": ["a note"]}}
        module.mood["personal_data"] = "raise"
        with pytest.raises(RuntimeError, match="deliberate"):
            await own.host.dispatcher.gather("personal_data", enabled, ctx=ctx, user_id=uuid4())
    module.mood.clear()


async def test_hook_erase_personal_data(probe):
    own, tenant, module = probe
    enabled = await own.host.enablement.of(tenant.id)
    async with own.context(tenant.id) as ctx:
        await own.host.dispatcher.gather("erase_personal_data", enabled, ctx=ctx, user_id=uuid4())
        assert ("erase_personal_data", None) in module.calls
        module.mood["erase_personal_data"] = "hang"
        with pytest.raises(asyncio.TimeoutError):
            await own.host.dispatcher.gather("erase_personal_data", enabled, ctx=ctx, user_id=uuid4())
    module.mood.clear()
