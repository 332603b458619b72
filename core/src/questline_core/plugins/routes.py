"""Plugins of the installation, as a tenant's admins see and switch them."""

from typing import Any, cast

from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy import select

from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.plugins.models import PluginSetting
from questline_core.plugins.registry import PluginRecord, State
from questline_core.plugins.schemas import InstalledPlugin, PluginList, PluginSettingsForm, SetPluginEnabled
from questline_core.plugins.service import find_plugin, forget_after_commit, set_enabled
from questline_core.plugins.settings import settings_schema, shown_values, store_settings
from questline_core.ui.bundles import ui_problem
from questline_sdk import Context, NotFound, PluginSettings


@get(
    "/plugins",
    operation_id="list_plugins",
    permission="tenant.plugins.read",
    summary="Every installed plugin and its state",
)
async def list_plugins(ctx: NamedDependency[Context], host: NamedDependency[Host]) -> PluginList:
    """Also those that are out of service, with the reason."""
    enabled = await host.enablement.of(ctx.tenant_id)
    records = sorted(host.registry.records.values(), key=lambda record: record.id)
    return PluginList(plugins=[_shown(record, enabled) for record in records])


@put(
    "/plugins/{plugin_id:str}/enabled",
    operation_id="set_plugin_enabled",
    permission="tenant.plugins.manage",
    summary="Switch a plugin on or off for the tenant",
)
async def set_plugin_enabled(
    ctx: NamedDependency[Context],
    host: NamedDependency[Host],
    plugin_id: FromPath[str],
    data: JSONBody[SetPluginEnabled],
) -> InstalledPlugin:
    """Its data stays when it is switched off."""
    context = _host_context(ctx)
    await set_enabled(context, plugin_id, data.enabled)
    enabled = await host.enablement.of(ctx.tenant_id)
    return _shown(find_plugin(context, plugin_id), enabled | {plugin_id} if data.enabled else enabled - {plugin_id})


@get(
    "/plugins/{plugin_id:str}/settings",
    operation_id="get_plugin_settings",
    permission="tenant.plugins.manage",
    summary="A plugin's settings and their schema",
)
async def get_plugin_settings(ctx: NamedDependency[Context], plugin_id: FromPath[str]) -> PluginSettingsForm:
    """The tenant's values; secrets are blank."""
    context = _host_context(ctx)
    return await _form(context, plugin_id, _settings_type(context, plugin_id))


@put(
    "/plugins/{plugin_id:str}/settings",
    operation_id="update_plugin_settings",
    permission="tenant.plugins.manage",
    summary="Change a plugin's settings",
)
async def update_plugin_settings(
    ctx: NamedDependency[Context], plugin_id: FromPath[str], data: JSONBody[dict[str, Any]]
) -> PluginSettingsForm:
    """All values at once; a blank secret keeps the one that is stored."""
    context = _host_context(ctx)
    settings_type = _settings_type(context, plugin_id)
    await store_settings(context, plugin_id, settings_type, data)
    forget_after_commit(context)
    return await _form(context, plugin_id, settings_type)


async def _form(ctx: HostContext, plugin_id: str, settings_type: type[PluginSettings]) -> PluginSettingsForm:
    stored = await ctx.session.scalar(select(PluginSetting.values).where(PluginSetting.plugin_id == plugin_id))
    return PluginSettingsForm(schema=settings_schema(settings_type), values=shown_values(settings_type, stored or {}))


def _settings_type(ctx: HostContext, plugin_id: str) -> type[PluginSettings]:
    record = find_plugin(ctx, plugin_id)
    settings_type = record.contributions.settings
    if settings_type is None or record.state is not State.ACTIVE:
        raise NotFound(f"{plugin_id} has no settings.", code="plugin_has_no_settings")
    return settings_type


def _host_context(ctx: Context) -> HostContext:
    return cast("HostContext", ctx)


def _shown(record: PluginRecord, enabled: frozenset[str]) -> InstalledPlugin:
    on = record.id in enabled
    return InstalledPlugin(
        id=record.id,
        title=record.manifest.title,
        version=record.version,
        summary=record.manifest.summary,
        state=State.DISABLED if record.state is State.ACTIVE and not on else record.state,
        reason=record.reason or ui_problem(record),
        enabled=on,
        scope=record.manifest.scope,
        requires=list(record.manifest.requires),
        permissions=[permission.name for permission in record.contributions.permissions],
        has_settings=record.contributions.settings is not None,
    )


router = Router(
    "/api/v1",
    route_handlers=[list_plugins, set_plugin_enabled, get_plugin_settings, update_plugin_settings],
    tags=["plugins"],
)
