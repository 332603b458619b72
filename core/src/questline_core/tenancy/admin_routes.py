"""The API of a tenant as a whole: its domains, its limits, and its end."""

import datetime as dt
from typing import Annotated

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.http.responses import NO_CONTENT, problems
from questline_core.tenancy import domains, lifecycle
from questline_core.tenancy.domains import AddDomain, ChangeDomain, DomainRecord
from questline_core.tenancy.limits import Usage, read_usage
from questline_core.tenancy.proof import DnsResolver
from questline_sdk import Conflict

DOMAINS, LIMITS, END = "tenant.domains.manage", "tenant.limits.read", "tenant.deletion.manage"


class DomainList(msgspec.Struct, frozen=True, kw_only=True):
    """The tenant's domains."""

    domains: list[DomainRecord]


class UsageList(msgspec.Struct, frozen=True, kw_only=True):
    """The tenant's limits and what is used of them."""

    limits: list[Usage]


class ScheduleDeletion(msgspec.Struct, frozen=True, kw_only=True):
    """The typed confirmation of a deletion."""

    confirm: Annotated[str, msgspec.Meta(max_length=63, description="The tenant's slug.")]


class DeletionPlan(msgspec.Struct, frozen=True, kw_only=True):
    """When the tenant will be deleted; null where that is not planned."""

    delete_at: dt.datetime | None
    grace_days: int


@get("/tenant/domains", operation_id="list_domains", permission=DOMAINS)
async def list_domains(ctx: NamedDependency[HostContext]) -> DomainList:
    """The tenant's domains, with the record that proves each."""
    return DomainList(domains=await domains.list_domains(ctx))


@post("/tenant/domains", operation_id="add_domain", permission=DOMAINS, responses=problems(409))
async def add_domain(ctx: NamedDependency[HostContext], data: JSONBody[AddDomain]) -> DomainRecord:
    """Claim a host name. It leads to the tenant once its TXT record has been found."""
    return await domains.add_domain(ctx, data.host_name)


@post(
    "/tenant/domains/{host_name:str}/proof",
    operation_id="prove_domain",
    permission=DOMAINS,
    status_code=200,
    responses=problems(404, 409),
)
async def prove_domain(
    ctx: NamedDependency[HostContext], host: NamedDependency[Host], host_name: FromPath[str]
) -> DomainRecord:
    """Look for the domain's TXT record now; `answer` says what was found instead of it."""
    return await domains.prove_domain(ctx, host_name, DnsResolver(host.settings.dns_servers))


@patch(
    "/tenant/domains/{host_name:str}", operation_id="change_domain", permission=DOMAINS, responses=problems(404, 409)
)
async def change_domain(
    ctx: NamedDependency[HostContext], host_name: FromPath[str], data: JSONBody[ChangeDomain]
) -> DomainRecord:
    """Make a proven domain the primary one, or have it redirect to that."""
    return await domains.change_domain(ctx, host_name, data)


@delete(
    "/tenant/domains/{host_name:str}",
    operation_id="remove_domain",
    permission=DOMAINS,
    responses=NO_CONTENT | problems(404),
)
async def remove_domain(ctx: NamedDependency[HostContext], host_name: FromPath[str]) -> None:
    """Give a domain up; it leads to the tenant no more."""
    await domains.remove_domain(ctx, host_name)


@get("/tenant/limits", operation_id="get_tenant_limits", permission=LIMITS)
async def get_tenant_limits(ctx: NamedDependency[HostContext]) -> UsageList:
    """What the tenant may use, and how much of it it does."""
    return UsageList(limits=await read_usage(ctx))


@get("/tenant/deletion", operation_id="get_tenant_deletion", permission=END)
async def get_tenant_deletion(ctx: NamedDependency[HostContext], host: NamedDependency[Host]) -> DeletionPlan:
    """Whether and when the tenant will be deleted."""
    tenant = await host.tenants.get(ctx.tenant_id)
    return DeletionPlan(delete_at=tenant.delete_at, grace_days=host.settings.tenant_grace_days)


@post("/tenant/deletion", operation_id="schedule_tenant_deletion", permission=END, status_code=200)
async def schedule_tenant_deletion(
    ctx: NamedDependency[HostContext], host: NamedDependency[Host], data: JSONBody[ScheduleDeletion]
) -> DeletionPlan:
    """Have everything of the tenant deleted when the grace period is over; until then it can be taken back."""
    days = host.settings.tenant_grace_days
    at = ctx.now + dt.timedelta(days=days)
    await lifecycle.schedule_deletion(ctx, confirm=data.confirm, at=at)
    return DeletionPlan(delete_at=at, grace_days=days)


@delete(
    "/tenant/deletion",
    operation_id="cancel_tenant_deletion",
    permission=END,
    responses=NO_CONTENT | problems(409),
)
async def cancel_tenant_deletion(ctx: NamedDependency[HostContext], host: NamedDependency[Host]) -> None:
    """Keep the tenant."""
    if (await host.tenants.get(ctx.tenant_id)).state != "deleting":
        raise Conflict("The tenant is not going to be deleted.", code="tenant_open")
    await lifecycle.resume(ctx)


router = Router(
    "/api/v1",
    route_handlers=[
        list_domains,
        add_domain,
        prove_domain,
        change_domain,
        remove_domain,
        get_tenant_limits,
        get_tenant_deletion,
        schedule_tenant_deletion,
        cancel_tenant_deletion,
    ],
    tags=["tenant"],
)
