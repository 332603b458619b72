"""Loading, and being switched on and off for a tenant."""

from typing import Any
from uuid import uuid4

import msgspec
from packaging.requirements import Requirement

from questline_core.observability.metrics import HOOK_FAILURES
from questline_core.plugins.registry import State
from questline_core.testing.conformance.bodies import example
from questline_core.testing.conformance.http import routes_of
from questline_core.testing.conformance.subject import Subject
from questline_core.testing.conformance.verdict import Absent, Problem
from questline_sdk import EventData, EventHandler, Job, QuestlineError, hooks
from questline_sdk.events import ANY_EVENT, UserLoggedIn
from questline_sdk.testing.promises import CHECKS


async def loads(subject: Subject) -> None:
    """It is in service, and its distribution says which SDK it is for."""
    record = subject.record
    if record.state is not State.ACTIVE:
        raise Problem(f"it is {record.state.value}: {record.reason}")
    unknown = sorted(record.manifest.conformance.exempt.keys() - {check.name for check in CHECKS})
    if unknown:
        raise Problem(f"plugin.toml exempts {', '.join(unknown)}, which is no check of this suite; take it out")
    distribution = subject.found.entry.dist
    requirements = [Requirement(line) for line in (distribution.requires if distribution else None) or ()]
    sdk = [each for each in requirements if each.name == "questline-sdk"]
    if not sdk:
        raise Problem("its distribution does not depend on questline-sdk; add a range such as questline-sdk>=0.1,<0.2")
    if not any(part.operator in {"<", "<=", "==", "~="} for each in sdk for part in each.specifier):
        raise Problem(f"{sdk[0]} has no upper bound; the next major SDK would break it: add one such as <0.2")


async def switching(subject: Subject) -> None:
    """Switched on, off, and on again it keeps its data and adds nothing twice."""
    if subject.record.manifest.scope == "system":
        raise Absent("it is on for every tenant")
    tenant = await subject.new_tenant(enabled=False)
    try:
        await subject.switch(tenant, on=True)
    except QuestlineError as error:
        raise Problem(f"it cannot be switched on: {error.detail}; plugin_enabled must work for a new tenant") from None
    on = await subject.snapshot(tenant.id)
    failures = HOOK_FAILURES.labels(hook="plugin_disabled", plugin=subject.id)
    failed = failures._value.get()
    await subject.switch(tenant, on=False)
    if failures._value.get() > failed:
        raise Problem("plugin_disabled raises; the log says what")
    off = await subject.snapshot(tenant.id)
    lost = sorted(table for table in on if _rows(off[table]) < _rows(on[table]))
    if lost:
        raise Problem(f"switching it off removes rows from {', '.join(lost)}; data stay until the plugin is purged")
    try:
        await subject.switch(tenant, on=True)
    except QuestlineError as error:
        raise Problem(
            f"it cannot be switched on again: {error.detail}; plugin_enabled must seed only what is missing"
        ) from None
    again = await subject.snapshot(tenant.id)
    doubled = sorted(table for table in off if _rows(again[table]) > _rows(off[table]))
    if doubled:
        raise Problem(
            f"switching it on again adds rows to {', '.join(doubled)}; plugin_enabled must seed only what is missing"
        )


async def silence(subject: Subject) -> None:
    """Where it is off, no route answers, no hook is called and no event is handled."""
    if subject.record.manifest.scope == "system":
        raise Absent("it is on for every tenant")
    tenant = await subject.new_tenant()
    async with await subject.site.sign_in(tenant, "owner") as owner:
        await subject.switch(tenant, on=False)
        before = await subject.snapshot(tenant.id)
        for route in routes_of(subject):
            answer = await owner.request(route.method, route.path_with(str(uuid4())))
            if answer.status_code != 404 or answer.json().get("code") != "route_not_found":
                raise Problem(
                    f"{route}: answers {answer.status_code} while the plugin is off; mount it through register_routes"
                )
        enabled = await subject.site.host.enablement.of(tenant.id)
        for name in vars(hooks):
            if hasattr(getattr(hooks, name), f"{hooks.PROJECT}_spec") and not name.startswith("register_"):
                called = subject.site.host.dispatcher.implementations(name, enabled)
                if any(each.plugin_id == subject.id for each in called):
                    raise Problem(f"{name} is called while the plugin is off")
        for handler in subject.record.contributions.handlers:
            await _publish(subject, tenant.id, handler, owner.user_id)
        await subject.site.drain()
        changed = sorted(table for table, rows in (await subject.snapshot(tenant.id)).items() if rows != before[table])
        if changed:
            raise Problem(f"{', '.join(changed)} changed while the plugin was off")


async def parking(subject: Subject) -> None:
    """What comes due while it is off waits, and runs once it is on."""
    own = subject.record.contributions
    if subject.record.manifest.scope == "system":
        raise Absent("it is on for every tenant")
    if not own.jobs and not own.handlers:
        raise Absent("it has no jobs and handles no events")
    tenant = await subject.new_tenant()
    async with await subject.site.sign_in(tenant, "learner") as learner:
        user_id = learner.user_id
    ran: list[str] = []
    jobs, handlers = list(own.jobs), list(own.handlers)
    own.jobs = [_recording(job, ran) for job in jobs]
    own.handlers = [_recording(handler, ran) for handler in handlers]
    try:
        async with subject.site.context(tenant.id) as ctx:
            for job in own.jobs:
                await ctx.enqueue(job, _arguments(job, user_id))
        for handler in own.handlers:
            await _publish(subject, tenant.id, handler, user_id)
        await subject.switch(tenant, on=False)
        await subject.site.drain()
        if ran:
            raise Problem(f"{', '.join(sorted(set(ran)))} ran while the plugin was off")
        await subject.switch_on(tenant)
        await subject.site.drain()
    finally:
        own.jobs, own.handlers = jobs, handlers
    missed = sorted({*(job.name for job in jobs), *(handler.name for handler in handlers)} - set(ran))
    if missed:
        raise Problem(f"{', '.join(missed)} did not run after the plugin was switched on again")


def _recording(work: Any, ran: list[str]) -> Any:
    """The same job or handler, which only notes that it was called with what it takes."""

    async def function(*_: Any) -> None:
        ran.append(work.name)

    return msgspec.structs.replace(work, function=function)


def _arguments(job: Job, user_id: object) -> msgspec.Struct:
    try:
        values = _example_of(job.args, user_id)
        arguments: msgspec.Struct = msgspec.convert(values, job.args, strict=False)
        msgspec.json.decode(msgspec.json.encode(arguments), type=job.args)
    except (msgspec.ValidationError, TypeError, ValueError) as error:
        raise Problem(f"the arguments of the job {job.name} cannot be kept as JSON: {error}") from None
    return arguments


async def _publish(subject: Subject, tenant_id: Any, handler: EventHandler, user_id: object) -> None:
    kind = handler.data_type or (UserLoggedIn if handler.event_type == ANY_EVENT else None)
    kind = kind or subject.site.host.registry.event_types().get(handler.event_type)
    if kind is None:
        return
    data: EventData = msgspec.convert(_example_of(kind, user_id), kind, strict=False)
    async with subject.site.context(tenant_id) as ctx:
        await ctx.publish(data)


def _example_of(kind: type, user_id: object) -> Any:
    (schema,), components = msgspec.json.schema_components([kind], ref_template="#/components/schemas/{name}")
    return example(schema, components, str(user_id))


def _rows(snapshot: str) -> int:
    return len(snapshot.splitlines())
