"""Switching a plugin on or off for a tenant, in one transaction with what the plugin itself does about it."""

import structlog
from sqlalchemy import delete, event, select, text
from sqlalchemy.dialects.postgresql import insert

from questline_core.context import HostContext
from questline_core.events.queue import MESSAGE, put
from questline_core.observability.metrics import HOOK_FAILURES
from questline_core.plugins.enablement import announce
from questline_core.plugins.models import ParkedJob, TenantPlugin
from questline_core.plugins.registry import PluginRecord, State
from questline_core.plugins.schemas import PluginsChanged
from questline_sdk import Conflict, NotFound, QuestlineError

HOOK_SECONDS = 30.0
"""How long a plugin's own part of the switch may take; it may fill tables."""
LOCK = text("SELECT FROM core.tenant WHERE id = :tenant_id FOR NO KEY UPDATE")

log = structlog.get_logger()


async def switch(ctx: HostContext, plugin_id: str, *, enabled: bool, with_others: bool) -> None:
    """Switch a plugin and, where asked for, what it requires on or what requires it off with it; all or none."""
    find_plugin(ctx, plugin_id)
    for each in _with_others(ctx, plugin_id, enabled=enabled) if with_others else [plugin_id]:
        await set_enabled(ctx, each, enabled)


async def set_enabled(ctx: HostContext, plugin_id: str, enabled: bool) -> None:
    """Switch a plugin for the context's tenant; nothing happens where it is switched so already.

    Raises:
        NotFound: No such plugin is installed.
        Conflict: It cannot be switched on (or off) now; the detail says why.
    """
    record = find_plugin(ctx, plugin_id)
    if record.manifest.scope == "system":
        raise Conflict(f"{plugin_id} is on for every tenant.", code="plugin_is_system")
    await ctx.session.execute(LOCK, {"tenant_id": ctx.tenant_id})
    current = await enabled_now(ctx)
    if enabled:
        _refuse_unusable(record, current)
    else:
        _refuse_required(ctx, record, current)
    if (plugin_id in current) == enabled:
        return
    await _store(ctx, plugin_id, enabled=enabled)
    if enabled:
        ctx.enabled |= {plugin_id}
        await _tell_enabled(ctx, plugin_id)
        await unpark(ctx, plugin_id)
    else:
        await _tell_disabled(ctx, plugin_id)
        ctx.enabled -= {plugin_id}
    await ctx.audit(f"tenant.plugin.{'enabled' if enabled else 'disabled'}", subject=("plugin", plugin_id))
    await announce(ctx.session, f"plugins:{ctx.tenant_id}")
    forget_after_commit(ctx)
    ctx.send_live("plugins.changed", PluginsChanged(plugin_id=plugin_id, enabled=enabled))
    log.info("plugin switched", plugin=plugin_id, enabled=enabled, tenant_id=str(ctx.tenant_id))


def find_plugin(ctx: HostContext, plugin_id: str) -> PluginRecord:
    """The record of an installed plugin; raises `NotFound`."""
    record = ctx.host.registry.records.get(plugin_id)
    if record is None:
        raise NotFound(f"There is no plugin {plugin_id!r}.", code="plugin_not_found")
    return record


def _with_others(ctx: HostContext, plugin_id: str, *, enabled: bool) -> list[str]:
    """The plugin and those that go with it, in the order they are switched."""
    records = ctx.host.registry.records
    found = {plugin_id}
    for record in reversed(records.values()) if enabled else records.values():
        goes_along = (
            any(record.id in records[name].manifest.requires for name in found)
            if enabled
            else not found.isdisjoint(record.manifest.requires)
        )
        if goes_along and record.manifest.scope == "tenant":
            found.add(record.id)
    chosen = [name for name in records if name in found]
    return chosen if enabled else chosen[::-1]


def forget_after_commit(ctx: HostContext) -> None:
    """Let this process see the change at once; the others hear of it through the database."""

    def forget(_: object) -> None:
        ctx.host.enablement.forget(ctx.tenant_id)

    event.listen(ctx.session.sync_session, "after_commit", forget, once=True)


async def enabled_now(ctx: HostContext) -> set[str]:
    """What the database says now, plugins that are out of service included."""
    chosen = await ctx.session.scalars(select(TenantPlugin.plugin_id).where(TenantPlugin.enabled))
    system = (record.id for record in ctx.host.registry.active if record.manifest.scope == "system")
    return {*chosen, *system}


def _refuse_unusable(record: PluginRecord, current: set[str]) -> None:
    if record.state is not State.ACTIVE:
        reason = record.reason or record.state.value
        raise Conflict(f"{record.id} is out of service: {reason}.", code="plugin_not_active")
    missing = [name for name in record.manifest.requires if name not in current]
    if missing:
        raise Conflict(
            f"{record.id} requires {', '.join(missing)}; switch that on first.", code="plugin_requires_others"
        )


def _refuse_required(ctx: HostContext, record: PluginRecord, current: set[str]) -> None:
    users = sorted(
        other.id
        for other in ctx.host.registry.records.values()
        if other.id in current and record.id in other.manifest.requires
    )
    if users:
        raise Conflict(
            f"{record.id} is required by {', '.join(users)}; switch that off first.", code="plugin_required_by_others"
        )


async def _store(ctx: HostContext, plugin_id: str, *, enabled: bool) -> None:
    values = {"enabled": enabled, "changed_at": ctx.now}
    statement = insert(TenantPlugin).values(plugin_id=plugin_id, **values)
    await ctx.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id", "plugin_id"], set_=values))


async def _tell_enabled(ctx: HostContext, plugin_id: str) -> None:
    try:
        await _call(ctx, "plugin_enabled", plugin_id)
    except Exception as error:
        _failed("plugin_enabled", plugin_id, error)
        why = error.detail if isinstance(error, QuestlineError) else "it failed while it was being switched on"
        raise Conflict(f"{plugin_id} refused: {why}", code="plugin_refused") from error


async def _tell_disabled(ctx: HostContext, plugin_id: str) -> None:
    try:
        async with ctx.session.begin_nested():
            await _call(ctx, "plugin_disabled", plugin_id)
    except Exception as error:  # noqa: BLE001  logged; the plugin is switched off all the same
        _failed("plugin_disabled", plugin_id, error)


async def _call(ctx: HostContext, hook: str, plugin_id: str) -> None:
    for implementation in ctx.host.dispatcher.implementations(hook, frozenset({plugin_id})):
        await implementation({"ctx": ctx}, HOOK_SECONDS)


def _failed(hook: str, plugin_id: str, error: Exception) -> None:
    HOOK_FAILURES.labels(hook=hook, plugin=plugin_id).inc()
    log.error("hook failed", hook=hook, plugin=plugin_id, error=repr(error), exc_info=error)


async def unpark(ctx: HostContext, plugin_id: str) -> None:
    """Queue again what came due while the plugin was off, or the tenant closed."""
    statement = delete(ParkedJob).where(ParkedJob.plugin_id == plugin_id).returning(ParkedJob.id, ParkedJob.payload)
    rows = sorted((await ctx.session.execute(statement)).all(), key=lambda row: str(row.id))
    await put(ctx.session, [MESSAGE.decode(row.payload) for row in rows])
