"""The API of what a tenant sets at the edge."""

from typing import Any

import msgspec
from litestar import Router, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy import update

from questline_core.audit.service import record
from questline_core.context import HostContext
from questline_core.edge.classes import ROUTE_CLASSES, RouteClass
from questline_core.edge.policy import EdgePolicy, Origins
from questline_core.plugins.enablement import announce
from questline_core.tenancy.models import Tenant

MANAGE = "tenant.edge.manage"
Ctx = NamedDependency[HostContext]


class ClassRate(msgspec.Struct, frozen=True, kw_only=True):
    """How many requests of one class there may be; `off` for no limit."""

    route_class: RouteClass
    address: str
    user: str
    key: str
    tenant: str
    body_bytes: int
    seconds: float


class EdgeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for a tenant's requests."""

    origins: list[str]
    """Whose pages may read the API's answers from a browser."""
    rates: list[ClassRate]
    """Set by the operator."""


class NewEdgeSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a tenant sets."""

    origins: Origins


@get("/tenant/edge", operation_id="get_edge_settings", permission=MANAGE, summary="Other sites and limits")
async def get_edge_settings(ctx: Ctx) -> EdgeSettings:
    """Which sites' pages may use the API, and how many requests there may be."""
    return _shown(ctx, (await ctx.host.tenants.get(ctx.tenant_id)).edge)


@put("/tenant/edge", operation_id="set_edge_settings", permission=MANAGE, summary="Open the API to other sites")
async def set_edge_settings(ctx: Ctx, data: JSONBody[NewEdgeSettings]) -> EdgeSettings:
    """Name the sites whose pages may read the API's answers."""
    before = (await ctx.host.tenants.get(ctx.tenant_id)).edge
    after = msgspec.structs.replace(before, origins=sorted(set(data.origins)))
    if after != before:
        values: dict[str, Any] = msgspec.to_builtins(after)
        await ctx.session.execute(update(Tenant).where(Tenant.id == ctx.tenant_id).values(edge=values))
        await record(
            ctx,
            "tenant.edge.changed",
            subject=("tenant", ctx.tenant_id),
            before={"origins": before.origins},
            after={"origins": after.origins},
        )
        await announce(ctx.session, "tenants")
    return _shown(ctx, after)


def _shown(ctx: HostContext, policy: EdgePolicy) -> EdgeSettings:
    rates = ctx.host.rates.effective(policy)
    return EdgeSettings(
        origins=list(policy.origins),
        rates=[
            ClassRate(
                route_class=name,
                address=rates.of(name).address or "off",
                user=rates.of(name).user or "off",
                key=rates.of(name).key or "off",
                tenant=rates.of(name).tenant or "off",
                body_bytes=ctx.host.limits[name].body_bytes,
                seconds=ctx.host.limits[name].seconds,
            )
            for name in ROUTE_CLASSES
        ],
    )


router = Router("/api/v1", route_handlers=[get_edge_settings, set_edge_settings], tags=["edge"])
