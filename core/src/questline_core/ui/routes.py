"""What the pages ask the server about themselves: plugins' pages, and every file."""

import structlog
from litestar import Router, get
from litestar.di import NamedDependency

from questline_core.host import Host
from questline_core.ui.bundles import BundleError, bundle, ui_problem
from questline_core.ui.files import FILES
from questline_core.ui.schemas import UiPlugin, UiPluginList
from questline_core.ui.themes import installed_themes
from questline_sdk import Context

log = structlog.get_logger()


def make_router(host: Host) -> Router:
    """The routes of the pages; reads the installed themes and tells which plugins' pages are left out."""
    installed_themes()
    for record in host.registry.active:
        problem = ui_problem(record)
        if problem:
            log.warning("plugin pages left out", plugin=record.id, reason=problem)
    api = Router("/api/v1", route_handlers=[list_ui_plugins], tags=["ui"])
    return Router("", route_handlers=[api, *FILES])


@get("/ui/plugins", operation_id="list_ui_plugins", permission="ui.plugins.read", summary="The plugins' pages")
async def list_ui_plugins(ctx: NamedDependency[Context], host: NamedDependency[Host]) -> UiPluginList:
    """What the enabled plugins add to the application, in load order."""
    enabled = await host.enablement.of(ctx.tenant_id)
    plugins: list[UiPlugin] = []
    for record in host.registry.active:
        if record.id in enabled:
            try:
                found = bundle(record)
            except BundleError:
                continue
            plugins += [found] if found else []
    return UiPluginList(plugins=plugins)
