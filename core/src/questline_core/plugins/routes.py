"""Plugins of the installation, as a tenant's admins see and switch them."""

from typing import Annotated, Any, cast
from uuid import UUID

from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from questline_core.context import HostContext
from questline_core.plugins.catalogue import describe_plugin, list_installed
from questline_core.plugins.forms import settings_form, store_settings
from questline_core.plugins.schemas import PluginDetails, PluginList, PluginSettingsForm, SetPluginEnabled
from questline_core.plugins.service import switch
from questline_sdk import Context

CourseId = Annotated[UUID | None, QueryParameter(description="As it holds in this course; left out = on the site.")]


@get(
    "/plugins",
    operation_id="list_plugins",
    permission="tenant.plugins.read",
    summary="Every installed plugin and its state",
)
async def list_plugins(ctx: NamedDependency[Context]) -> PluginList:
    """Also those that are out of service, with the reason."""
    return PluginList(plugins=await list_installed(_host_context(ctx)))


@get(
    "/plugins/{plugin_id:str}",
    operation_id="get_plugin",
    permission="tenant.plugins.read",
    summary="An installed plugin and all it brings",
)
async def get_plugin(ctx: NamedDependency[Context], plugin_id: FromPath[str]) -> PluginDetails:
    """Its health, permissions, dependants and changelog."""
    return await describe_plugin(_host_context(ctx), plugin_id)


@put(
    "/plugins/{plugin_id:str}/enabled",
    operation_id="set_plugin_enabled",
    permission="tenant.plugins.manage",
    summary="Switch a plugin on or off for the tenant",
)
async def set_plugin_enabled(
    ctx: NamedDependency[Context], plugin_id: FromPath[str], data: JSONBody[SetPluginEnabled]
) -> PluginDetails:
    """Its data stays when it is switched off."""
    context = _host_context(ctx)
    await switch(context, plugin_id, enabled=data.enabled, with_others=data.with_others)
    return await describe_plugin(context, plugin_id)


@get(
    "/plugins/{plugin_id:str}/settings",
    operation_id="get_plugin_settings",
    permission="tenant.plugins.manage",
    summary="A plugin's settings and their schema",
)
async def get_plugin_settings(
    ctx: NamedDependency[Context], plugin_id: FromPath[str], course_id: CourseId = None
) -> PluginSettingsForm:
    """The tenant's values, or a course's; secrets are blank."""
    return await settings_form(_host_context(ctx), plugin_id, course_id)


@put(
    "/plugins/{plugin_id:str}/settings",
    operation_id="update_plugin_settings",
    permission="tenant.plugins.manage",
    summary="Change a plugin's settings",
)
async def update_plugin_settings(
    ctx: NamedDependency[Context],
    plugin_id: FromPath[str],
    data: JSONBody[dict[str, Any]],
    course_id: CourseId = None,
) -> PluginSettingsForm:
    """All own values at once: what is left out is inherited; a blank secret keeps the one that is stored."""
    context = _host_context(ctx)
    await store_settings(context, plugin_id, data, course_id)
    return await settings_form(context, plugin_id, course_id)


def _host_context(ctx: Context) -> HostContext:
    return cast("HostContext", ctx)


router = Router(
    "/api/v1",
    route_handlers=[list_plugins, get_plugin, set_plugin_enabled, get_plugin_settings, update_plugin_settings],
    tags=["plugins"],
)
