"""What anybody may know of the site."""

from litestar import Router, get
from litestar.di import NamedDependency

from questline_core import __version__
from questline_core.auth.external.providers import offered
from questline_core.host import Host
from questline_core.tenancy.schemas import Site
from questline_sdk import Context


@get("/site", operation_id="get_site", public=True)
async def get_site(ctx: NamedDependency[Context], host: NamedDependency[Host]) -> Site:
    """The tenant at this address."""
    tenant = await host.tenants.get(ctx.tenant_id)
    return Site(
        name=tenant.name,
        slug=tenant.slug,
        sign_up=tenant.sign_up,  # type: ignore[arg-type]
        sends_mail=host.mail_server is not None,
        theme=tenant.theme,
        sign_in_with=await offered(ctx),
        version=__version__,
        delete_at=tenant.delete_at,
    )


router = Router("/api/v1", route_handlers=[get_site], tags=["site"])
