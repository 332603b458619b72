"""Limits of tenants: what holds for one, how much it uses, and the errors that say so.

Users and files are counted by triggers of the database, which refuse what goes past a limit in the transaction that
would: no way of making an account can forget it. AI is charged by whoever spends it.
"""

import datetime as dt
from typing import Protocol
from uuid import UUID

import msgspec
from sqlalchemy import Integer, String, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from questline_core.context import HostContext
from questline_core.settings import Settings
from questline_core.tenancy.models import TenantUsage
from questline_core.tenancy.refusals import explained
from questline_core.tenancy.schemas import Limits
from questline_sdk import Context
from questline_sdk.services import Service

SITE = text(
    "INSERT INTO core.site_limits (one, limits) VALUES (true, CAST(:limits AS jsonb))"
    " ON CONFLICT (one) DO UPDATE SET limits = excluded.limits WHERE core.site_limits.limits <> excluded.limits"
)


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """A limit and how much of it is used."""

    name: str
    used: int
    limit: int | None
    """The most that may be used; null for no limit."""
    own: bool
    """Whether the limit is the tenant's own, not the site's default."""


async def effective_limits(ctx: HostContext) -> Limits:
    """What holds for the tenant: its own limits, else the site's."""
    own = (await ctx.host.tenants.get(ctx.tenant_id)).limits
    site = ctx.host.settings.limits
    return Limits(
        **{
            name: own_value if (own_value := getattr(own, name)) is not None else getattr(site, name)
            for name in Limits.__struct_fields__
        }
    )


async def read_usage(ctx: HostContext) -> list[Usage]:
    """Every limit with what is used of it."""
    own = (await ctx.host.tenants.get(ctx.tenant_id)).limits
    limits = await effective_limits(ctx)
    rows = await ctx.session.execute(select(TenantUsage.what, TenantUsage.amount))
    used = {row.what: row.amount for row in rows}
    month = ai_month(ctx.now)
    amounts = {
        "users": used.get("users", 0),
        "storage_bytes": used.get("storage_bytes", 0),
        "ai_micros_per_month": used.get(month, 0),
        "requests_per_minute": 0,
    }
    return [
        Usage(name=name, used=amount, limit=getattr(limits, name), own=getattr(own, name) is not None)
        for name, amount in amounts.items()
    ]


async def left_of(ctx: HostContext, name: str, *, promised: int = 0) -> int | None:
    """How much of a limit is left besides what is promised already; None for no limit."""
    most = getattr(await effective_limits(ctx), name)
    if most is None:
        return None
    used = await ctx.session.scalar(select(TenantUsage.amount).where(TenantUsage.what == name))
    return max(int(most) - int(used or 0) - promised, 0)


def ai_month(now: dt.datetime) -> str:
    """How a month's spending is called."""
    return f"ai_micros_per_month:{now:%Y-%m}"


class AISpend(Protocol):
    """What the tenant may spend on AI this month."""

    async def charge(self, micros: int) -> int:
        """Add to what was spent, in this transaction; returns the month's sum. Raises `LimitReachedError`."""
        ...

    async def left(self) -> int | None:
        """What may still be spent; None for no limit."""
        ...


class TenantAISpend:
    """The spending of one unit of work's tenant."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def charge(self, micros: int) -> int:
        """Add to what was spent, in this transaction; of two that go past the limit together one is refused."""
        statement = select(
            func.core.use(
                bindparam("tenant", self._ctx.tenant_id), bindparam("what", ai_month(self._ctx.now), String), micros
            ).cast(Integer)
        )
        with explained():
            return int(await self._ctx.session.scalar(statement) or 0)

    async def left(self) -> int | None:
        """What may still be spent; None for no limit."""
        most = (await effective_limits(self._ctx)).ai_micros_per_month  # type: ignore[arg-type]
        if most is None:
            return None
        spent = select(TenantUsage.amount).where(TenantUsage.what == ai_month(self._ctx.now))
        return max(most - (await self._ctx.session.scalar(spent) or 0), 0)


LIMIT_SERVICES = [Service(protocol=AISpend, factory=TenantAISpend)]


async def write_default_limits(owner_engine: AsyncEngine, settings: Settings) -> None:
    """Let the database know the site's default limits, against which it counts. Needs the owner's connection."""
    async with owner_engine.begin() as connection:
        await connection.execute(SITE, {"limits": msgspec.json.encode(settings.limits).decode()})


async def set_limits(owner_engine: AsyncEngine, tenant_id: UUID, limits: Limits) -> None:
    """Give a tenant limits of its own. Needs the owner's connection."""
    async with owner_engine.begin() as connection:
        await connection.execute(
            text("UPDATE core.tenant SET limits = CAST(:limits AS jsonb) WHERE id = :id"),
            {"limits": msgspec.json.encode(limits).decode(), "id": tenant_id},
        )
        await connection.execute(text("SELECT pg_notify('questline_changed', 'tenants:')"))
