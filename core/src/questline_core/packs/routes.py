"""Feature packs, as a tenant's admins see and switch them."""

from typing import cast

from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from questline_core.context import HostContext
from questline_core.packs.catalogue import describe_pack
from questline_core.packs.catalogue import list_packs as all_packs
from questline_core.packs.schemas import PackDetails, PackList, SetPackEnabled
from questline_core.packs.service import disable_pack, enable_pack
from questline_sdk import Context


@get("/packs", operation_id="list_packs", permission="tenant.plugins.read", summary="Every feature pack and its state")
async def list_packs(ctx: NamedDependency[Context]) -> PackList:
    """Also those that cannot be switched on here, with the reason."""
    return PackList(packs=await all_packs(cast("HostContext", ctx)))


@get(
    "/packs/{pack_id:str}",
    operation_id="get_pack",
    permission="tenant.plugins.read",
    summary="A feature pack and all it brings",
)
async def get_pack(ctx: NamedDependency[Context], pack_id: FromPath[str]) -> PackDetails:
    """With what its switch would start or stop now."""
    return await describe_pack(cast("HostContext", ctx), pack_id)


@put(
    "/packs/{pack_id:str}/enabled",
    operation_id="set_pack_enabled",
    permission="tenant.plugins.manage",
    summary="Switch a feature pack on or off for the tenant",
)
async def set_pack_enabled(
    ctx: NamedDependency[Context], pack_id: FromPath[str], data: JSONBody[SetPackEnabled]
) -> PackDetails:
    """All of it or, where one plugin refuses, nothing. Data stays when it is switched off."""
    context = cast("HostContext", ctx)
    if data.enabled:
        await enable_pack(context, pack_id, keep_theme=data.keep_theme)
    else:
        await disable_pack(context, pack_id)
    return await describe_pack(context, pack_id)


router = Router("/api/v1", route_handlers=[list_packs, get_pack, set_pack_enabled], tags=["packs"])
