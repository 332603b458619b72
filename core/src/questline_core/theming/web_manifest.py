"""What a device reads when it installs the application: the build's manifest with the tenant's name and colours."""

from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency

from questline_core.host import Host
from questline_core.theming.overrides import colors
from questline_core.ui.bundles import DIST
from questline_core.ui.static import load
from questline_sdk import Context, NotFound

NAME = "manifest.webmanifest"
SHORT = 12
"""Letters of a name that home screens show below an icon before they cut it."""


@get(
    f"/ui/{NAME}",
    operation_id="get_web_manifest",
    include_in_schema=False,
    public=True,
    media_type="application/manifest+json",
)
async def get_web_manifest(
    ctx: NamedDependency[Context], host: NamedDependency[Host], request: Request[Any, Any, Any]
) -> Response[bytes]:
    """The build's manifest in the tenant's look; as it was built where no theme is installed."""
    path = DIST / NAME
    if not path.is_file():
        raise NotFound("The pages are not built.", code="file_not_found")
    manifest = msgspec.json.decode((await load(path)).content, type=dict[str, Any])
    tenant = await host.tenants.get(ctx.tenant_id)
    look = await host.looks.of(tenant)
    manifest["name"] = tenant.name
    manifest["short_name"] = tenant.name if len(tenant.name) <= SHORT else manifest["short_name"]
    if look is not None:
        palette = colors(look.tokens, "light")
        manifest["background_color"], manifest["theme_color"] = palette["background"][:7], palette["primary"][:7]
    return Response(
        msgspec.json.encode(manifest),
        headers={"cache-control": "no-cache", "vary": "x-questline-tenant"},
        media_type="application/manifest+json",
    )
