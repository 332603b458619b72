"""The tenant's theme: its style sheet for everybody, its editor for those who may change it."""

from typing import Annotated, Any, cast

from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, JSONBody, QueryParameter

from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.http.responses import problems
from questline_core.theming import service
from questline_core.theming.look import Look
from questline_core.theming.package import export_package
from questline_core.theming.schemas import (
    SaveTheme,
    SetTheme,
    StoredLogo,
    ThemeEditor,
    ThemeList,
    ThemeManifest,
    UploadLogo,
)
from questline_core.theming.web_manifest import get_web_manifest
from questline_core.ui.themes import installed_themes
from questline_sdk import Context, NotFound

CSS = "text/css"
WHEEL = "application/zip"


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
    """CSS variables and font faces of the tenant's theme, with what the tenant changed of it."""
    look = await _current(ctx, host)
    headers = {"cache-control": "no-cache", "vary": "x-questline-tenant, authorization"}
    if look is None:
        return Response(b"", headers=headers, media_type=CSS)
    headers["etag"] = look.etag
    if look.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=CSS)
    return Response(look.css, headers=headers, media_type=CSS)


@get("/ui/theme", operation_id="get_theme", public=True, summary="The tenant's theme")
async def get_theme(ctx: NamedDependency[Context], host: NamedDependency[Host]) -> ThemeManifest:
    """The theme in use with the tenant's logo and texts; the default where the chosen one is not installed."""
    look = await _current(ctx, host)
    if look is None:
        raise NotFound("No theme is installed.", code="no_theme")
    return look.manifest


@get("/themes", operation_id="list_themes", permission="tenant.theme.manage", summary="The installed themes")
async def list_themes() -> ThemeList:
    """What the tenant can choose from."""
    return ThemeList(themes=[theme.manifest for theme in installed_themes().all()])


@put("/tenant/theme", operation_id="set_theme", permission="tenant.theme.manage", summary="Choose the theme")
async def set_theme(ctx: NamedDependency[Context], data: JSONBody[SetTheme]) -> ThemeManifest:
    """Everybody sees it at once; what the tenant changed of the theme before is there again."""
    return (await service.choose_theme(_host_context(ctx), data.theme)).manifest


@get(
    "/tenant/theme",
    operation_id="get_theme_editor",
    permission="tenant.theme.manage",
    summary="The tenant's theme, to be changed",
)
async def get_theme_editor(ctx: NamedDependency[Context]) -> ThemeEditor:
    """Its tokens, what the tenant changed of them, and the contrast they must keep."""
    return await service.read_editor(_host_context(ctx))


@put(
    "/tenant/theme/changes",
    operation_id="save_theme",
    permission="tenant.theme.manage",
    summary="Change the tenant's theme",
)
async def save_theme(ctx: NamedDependency[Context], data: JSONBody[SaveTheme]) -> ThemeEditor:
    """All changes at once; tokens left out have the theme's own value again. Poor contrast is refused by name."""
    return await service.save_theme(_host_context(ctx), data)


@post(
    "/tenant/theme/logos",
    operation_id="upload_logo",
    permission="tenant.theme.manage",
    summary="Upload a logo",
)
async def upload_logo(ctx: NamedDependency[Context], data: JSONBody[UploadLogo]) -> StoredLogo:
    """An SVG or PNG of at most 256 kB; nobody sees it before a saved theme names it."""
    return await service.store_logo(_host_context(ctx), data.content)


@get(
    "/tenant/theme/package",
    operation_id="export_theme",
    permission="tenant.theme.manage",
    media_type=WHEEL,
    summary="The tenant's look as a theme of its own",
    responses=problems(422),
)
async def export_theme(
    ctx: NamedDependency[Context],
    theme_id: Annotated[str | None, QueryParameter(name="id")] = None,
    title: FromQuery[str | None] = None,
    version: FromQuery[str] = "1.0.0",
) -> Response[bytes]:
    """A wheel that `questline plugin install` takes; named after the tenant where nothing is said."""
    package = await export_package(_host_context(ctx), theme_id=theme_id, title=title, version=version)
    headers = {"content-disposition": f'attachment; filename="{package.filename}"', "cache-control": "no-store"}
    return Response(package.content, headers=headers, media_type=WHEEL)


async def _current(ctx: Context, host: Host) -> Look | None:
    return await host.looks.of(await host.tenants.get(ctx.tenant_id))


def _host_context(ctx: Context) -> HostContext:
    return cast("HostContext", ctx)


router = Router(
    "/api/v1",
    route_handlers=[
        get_theme_css,
        get_theme,
        get_web_manifest,
        list_themes,
        set_theme,
        get_theme_editor,
        save_theme,
        upload_logo,
        export_theme,
    ],
    tags=["theming"],
)
