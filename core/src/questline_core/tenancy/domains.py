"""A tenant's domains: claimed, proven by a DNS record, served or redirected, given up."""

import datetime as dt
import re
from typing import Annotated

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from questline_core.context import HostContext
from questline_core.plugins.enablement import announce
from questline_core.tenancy.directory import ANNOUNCED
from questline_core.tenancy.lifecycle import in_directory
from questline_core.tenancy.models import Domain, DomainClaim, Tenant
from questline_core.tenancy.proof import LookUpError, TxtResolver, is_proven, record_name, record_value
from questline_sdk import Conflict, Invalid, NotFound

MOST = 20
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
HostName = Annotated[str, msgspec.Meta(min_length=4, max_length=253, examples=["learn.example.org"])]


class AddDomain(msgspec.Struct, frozen=True, kw_only=True):
    """A host name to claim."""

    host_name: HostName


class ChangeDomain(msgspec.Struct, frozen=True, kw_only=True):
    """How a proven domain is used; what is left out stays."""

    is_primary: bool | None = None
    redirects: bool | None = None


class DomainRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A domain of the tenant, proven or not."""

    host: str
    proven: bool
    is_primary: bool
    """Links lead here, and redirecting domains, too."""
    redirects: bool
    record_name: str
    """Name of the TXT record that proves it."""
    record_value: str
    added_at: dt.datetime
    checked_at: dt.datetime | None = None
    answer: str | None = None
    """What the last look-up found, where it was no proof: `missing`, `different` or `no_answer`."""


async def list_domains(ctx: HostContext) -> list[DomainRecord]:
    """The tenant's domains: proven ones first."""
    async with in_directory(ctx) as session:
        held = (await session.scalars(select(Domain).where(Domain.holder == ctx.tenant_id).order_by(Domain.host))).all()
    claims = (await ctx.session.scalars(select(DomainClaim).order_by(DomainClaim.host))).all()
    proven = [_shown(ctx, row) for row in held]
    return proven + [_claimed(ctx, row) for row in claims if row.host not in {each.host for each in proven}]


async def add_domain(ctx: HostContext, host: str) -> DomainRecord:
    """Claim a host name; it leads nowhere until it is proven. Claiming it twice changes nothing."""
    host = normal_host(host)
    known = await list_domains(ctx)
    if len(known) >= MOST and host not in {each.host for each in known}:
        raise Conflict(f"A tenant may have {MOST} domains; remove one first.", code="too_many_domains")
    statement = insert(DomainClaim).values(host=host, created_at=ctx.now).on_conflict_do_nothing()
    if await ctx.session.scalar(statement.returning(DomainClaim.host)):
        await ctx.audit("tenant.domain.added", subject=("domain", host))
    return await _one(ctx, host)


async def prove_domain(ctx: HostContext, host: str, resolver: TxtResolver) -> DomainRecord:
    """Look for the record; where it is found, the domain leads to the tenant from now on.

    Raises:
        Conflict: Another tenant has proven this name (`domain_taken`).
        NotFound: The tenant has not claimed it.
    """
    await _one(ctx, host)
    value = record_value(ctx.host.settings.require("secret_key"), ctx.tenant_id, host)
    try:
        records = await resolver.txt(record_name(host))
        answer = None if is_proven(records, value) else "different" if records else "missing"
    except LookUpError:
        answer = "no_answer"
    claim = update(DomainClaim).where(DomainClaim.host == host)
    await ctx.session.execute(claim.values(checked_at=ctx.now, answer=answer))
    if answer is None:
        async with in_directory(ctx) as session:
            row = insert(Domain).values(host=host, holder=ctx.tenant_id, verified_at=ctx.now)
            await session.execute(row.on_conflict_do_nothing())
            if await session.scalar(select(Domain.holder).where(Domain.host == host)) != ctx.tenant_id:
                raise Conflict("This domain belongs to another tenant.", code="domain_taken")
            if await session.scalar(select(Tenant.id).where(Tenant.host == host, Tenant.id != ctx.tenant_id)):
                raise Conflict("This domain belongs to another tenant.", code="domain_taken")
            await announce(session, ANNOUNCED)
        await ctx.audit("tenant.domain.proven", subject=("domain", host))
    return await _one(ctx, host)


async def change_domain(ctx: HostContext, host: str, data: ChangeDomain) -> DomainRecord:
    """Make a proven domain the primary one, or have it redirect there."""
    before = await _one(ctx, host)
    if not before.proven:
        raise Conflict("Prove the domain first.", code="domain_not_proven")
    wants_primary = before.is_primary if data.is_primary is None else data.is_primary
    redirects = before.redirects if data.redirects is None else data.redirects
    if wants_primary and data.is_primary:
        redirects = False
    if wants_primary and redirects:
        raise Invalid.field("redirects", "the primary domain cannot redirect to itself")
    async with in_directory(ctx) as session:
        if wants_primary:
            others = update(Domain).where(Domain.holder == ctx.tenant_id, Domain.host != host)
            await session.execute(others.values(is_primary=False))
        values = {"is_primary": wants_primary, "redirects": redirects}
        await session.execute(update(Domain).where(Domain.host == host).values(values))
        await announce(session, ANNOUNCED)
    old = {"is_primary": before.is_primary, "redirects": before.redirects}
    await ctx.audit("tenant.domain.changed", subject=("domain", host), before=old, after=values)
    return await _one(ctx, host)


async def remove_domain(ctx: HostContext, host: str) -> None:
    """Give a domain up; raises `NotFound`."""
    await _one(ctx, host)
    async with in_directory(ctx) as session:
        await session.execute(delete(Domain).where(Domain.host == host, Domain.holder == ctx.tenant_id))
        await announce(session, ANNOUNCED)
    await ctx.session.execute(delete(DomainClaim).where(DomainClaim.host == host))
    await ctx.audit("tenant.domain.removed", subject=("domain", host))


def normal_host(host: str) -> str:
    """A host name as browsers send it; raises `Invalid` for what is none."""
    try:
        name = host.strip().rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        name = ""
    if not _HOST.fullmatch(name):
        raise Invalid.field("host_name", "is not a host name such as learn.example.org")
    return name


async def _one(ctx: HostContext, host: str) -> DomainRecord:
    for each in await list_domains(ctx):
        if each.host == host:
            return each
    raise NotFound("There is no such domain.", code="domain_not_found")


def _claimed(ctx: HostContext, row: DomainClaim) -> DomainRecord:
    return DomainRecord(
        host=row.host,
        proven=False,
        is_primary=False,
        redirects=False,
        record_name=record_name(row.host),
        record_value=record_value(ctx.host.settings.require("secret_key"), ctx.tenant_id, row.host),
        added_at=row.created_at,
        checked_at=row.checked_at,
        answer=row.answer,
    )


def _shown(ctx: HostContext, row: Domain) -> DomainRecord:
    return DomainRecord(
        host=row.host,
        proven=True,
        is_primary=row.is_primary,
        redirects=row.redirects,
        record_name=record_name(row.host),
        record_value=record_value(ctx.host.settings.require("secret_key"), ctx.tenant_id, row.host),
        added_at=row.verified_at,
    )
