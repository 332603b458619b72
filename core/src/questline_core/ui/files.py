"""Everything that is not the API: the application, its files, the plugins' bundles and the themes' files."""

from typing import Any

from litestar import HttpMethod, Request, Response, route
from litestar.di import NamedDependency
from litestar.params import FromPath

from questline_core.host import Host
from questline_core.ui.bundles import DIST, ui_folder
from questline_core.ui.other_versions import pages_of
from questline_core.ui.spa import is_navigation, is_preview, start_page
from questline_core.ui.static import IMMUTABLE, REVALIDATE, child, serve
from questline_core.ui.themes import LOGOS, installed_themes
from questline_sdk import NotFound

READ = [HttpMethod.GET, HttpMethod.HEAD]
PRIVATE = {"csp.json", "first-load.json", "shared.json"}
"""Files of the build that are for the server."""
LOGO = "logo.svg"
"""Icon of the browser's tab: the default theme's, where the build has none."""
WORKER = "sw.js"
WORKER_POLICY = {"content-security-policy": "default-src 'none'; connect-src 'self'"}
"""The service worker fetches what it keeps for use offline, under the policy of its own answer."""
SANDBOX = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}


@route("/assets/{name:path}", http_method=READ, include_in_schema=False, public=True, own_encoding=True)
async def get_asset(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """A file of the application; its name changes with its content."""
    return await serve(request, DIST / "assets", name, caching=IMMUTABLE)


@route(
    "/plugins/{plugin_id:str}/{version:str}/{name:path}",
    http_method=READ,
    include_in_schema=False,
    public=True,
    own_encoding=True,
)
async def get_plugin_file(
    request: Request[Any, Any, Any],
    host: NamedDependency[Host],
    plugin_id: FromPath[str],
    version: FromPath[str],
    name: FromPath[str],
) -> Response[bytes]:
    """A file of an active plugin's pages, or of the version before or after it that this machine has."""
    record = host.registry.records.get(plugin_id)
    folder = ui_folder(record) if record and record.version == version and host.registry.is_active(plugin_id) else None
    if folder is None:
        folder = await pages_of(host.settings.home_path, plugin_id, version)
    if folder is None:
        raise NotFound("There is no such file.", code="file_not_found")
    return await serve(request, folder, name, caching=IMMUTABLE)


@route(
    "/themes/{theme_id:str}/{version:str}/{name:path}",
    http_method=READ,
    include_in_schema=False,
    public=True,
    own_encoding=True,
)
async def get_theme_file(
    request: Request[Any, Any, Any],
    theme_id: FromPath[str],
    version: FromPath[str],
    name: FromPath[str],
) -> Response[bytes]:
    """A theme's logo, its tokens, one of its fonts or illustrations."""
    theme = installed_themes().find(theme_id)
    name = name.strip("/")
    if theme is None or theme.manifest.version != version or not _is_theme_asset(name):
        raise NotFound("There is no such file.", code="file_not_found")
    return await serve(request, theme.path, name, caching=IMMUTABLE, headers=SANDBOX)


@route(["/", "/{path:path}"], http_method=READ, include_in_schema=False, public=True, own_encoding=True)
async def get_page(request: Request[Any, Any, Any], path: FromPath[str] = "") -> Response[Any]:
    """A file at the top of the build, or the start page for every address that a person may open."""
    name = path.strip("/")
    if name.startswith("api/") or name == "api":
        raise NotFound("There is nothing at this address.", code="route_not_found")
    if name in PRIVATE:
        raise NotFound("There is no such file.", code="file_not_found")
    if name not in {"", "index.html"}:
        if child(DIST, name):
            headers = WORKER_POLICY if name == WORKER else None
            return await serve(request, DIST, name, caching=REVALIDATE, headers=headers)
        if name == LOGO and (theme := installed_themes().choose("")):
            return await serve(request, theme.path, LOGO, caching=REVALIDATE)
        if not is_navigation(request, name):
            raise NotFound("There is no such file.", code="file_not_found")
    return await start_page(DIST, framed=is_preview(request))


def _is_theme_asset(name: str) -> bool:
    return name in {*LOGOS, "tokens.json"} or (
        name.startswith(("fonts/", "illustrations/")) and not name.endswith(".py")
    )


FILES = [get_asset, get_plugin_file, get_theme_file, get_page]
