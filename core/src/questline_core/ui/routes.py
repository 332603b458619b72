"""What the pages ask the server about themselves: plugins' pages and the tenant's theme."""

from typing import Any

import structlog
from litestar import Request, Response, Router, get, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody
from sqlalchemy import event, update

from questline_core.host import Host
from questline_core.plugins.enablement import announce
from questline_core.tenancy.models import Tenant
from questline_core.ui.bundles import BundleError, bundle, ui_problem
from questline_core.ui.files import FILES
from questline_core.ui.schemas import SetTheme, ThemeList, ThemeManifest, UiPlugin, UiPluginList
from questline_core.ui.themes import LoadedTheme, installed_themes
from questline_sdk import Context, Invalid, NotFound

CSS = "text/css"
log = structlog.get_logger()


def make_router(host: Host) -> Router:
    """The routes of the pages; reads the installed themes and tells which plugins' pages are left out."""
    installed_themes()
    for record in host.registry.active:
        problem = ui_problem(record)
        if problem:
            log.warning("plugin pages left out", plugin=record.id, reason=problem)
    api = Router(
        "/api/v1", route_handlers=[list_ui_plugins, get_theme_css, get_theme, list_themes, set_theme], tags=["ui"]
    )
    return Router(
        "",
        route_handlers=[api, *FILES],
    )


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


@get(
    "/ui/theme.css",
    operation_id="get_theme_css",
    public=True,
    media_type="text/css",
    summary="The theme as a style sheet",
    responses={
        304: ResponseSpec(data_container=None, description="The client's copy is good.", generate_examples=False)
    },
)
async def get_theme_css(
    ctx: NamedDependency[Context],
    host: NamedDependency[Host],
    request: Request[Any, Any, Any],
) -> Response[bytes]:
    """CSS variables and font faces of the tenant's theme."""
    theme = await _current(ctx, host)
    headers = {"cache-control": "no-cache", "vary": "x-questline-tenant, authorization"}
    if theme is None:
        return Response(b"", headers=headers, media_type=CSS)
    headers["etag"] = theme.etag
    if theme.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=CSS)
    return Response(theme.css, headers=headers, media_type=CSS)


@get("/ui/theme", operation_id="get_theme", public=True, summary="The tenant's theme")
async def get_theme(ctx: NamedDependency[Context], host: NamedDependency[Host]) -> ThemeManifest:
    """The theme in use; the default where the chosen one is not installed."""
    theme = await _current(ctx, host)
    if theme is None:
        raise NotFound("No theme is installed.", code="no_theme")
    return theme.manifest


@get("/themes", operation_id="list_themes", permission="tenant.theme.manage", summary="The installed themes")
async def list_themes() -> ThemeList:
    """What the tenant can choose from."""
    return ThemeList(themes=[theme.manifest for theme in installed_themes().all()])


@put("/tenant/theme", operation_id="set_theme", permission="tenant.theme.manage", summary="Choose the theme")
async def set_theme(
    ctx: NamedDependency[Context],
    host: NamedDependency[Host],
    data: JSONBody[SetTheme],
) -> ThemeManifest:
    """Everybody sees it at their next page."""
    theme = installed_themes().find(data.theme)
    if theme is None:
        known = ", ".join(each.manifest.id for each in installed_themes().all())
        raise Invalid.field("theme", f"is not installed; choose one of {known}")
    await ctx.session.execute(update(Tenant).where(Tenant.id == ctx.tenant_id).values(theme=data.theme))
    await announce(ctx.session, "tenants")
    event.listen(ctx.session.sync_session, "after_commit", lambda _: host.tenants.forget(), once=True)
    return theme.manifest


async def _current(ctx: Context, host: Host) -> LoadedTheme | None:
    return installed_themes().choose((await host.tenants.get(ctx.tenant_id)).theme)
