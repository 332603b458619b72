"""Switching a pack on or off for a tenant: one transaction, all or nothing."""

import structlog
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from questline_core.context import HostContext
from questline_core.packs.enabled import EnabledPack, PackSet, read_packs
from questline_core.packs.fit import agreed_roles, agreed_settings, find_pack_problems
from questline_core.packs.loader import PackRecord, installed_packs
from questline_core.packs.models import TenantPack
from questline_core.packs.plan import KeepReason, SwitchPlan, plan_disabling, plan_enabling
from questline_core.packs.schemas import PacksChanged
from questline_core.plugins.enablement import announce
from questline_core.plugins.service import LOCK, enabled_now, forget_after_commit, set_enabled
from questline_core.tenancy.models import Tenant
from questline_core.theming.service import choose_theme
from questline_sdk import Conflict, NotFound
from questline_sdk.packs import Pack

log = structlog.get_logger()


async def enable_pack(ctx: HostContext, pack_id: str, *, keep_theme: bool = False) -> SwitchPlan:
    """Switch a pack on, or bring one that is on up to date; returns what that started.

    Raises:
        NotFound: No such pack is installed.
        Conflict: It cannot be switched on here, or one of its plugins refuses; nothing has changed then.
    """
    record = find_pack(pack_id)
    problems = find_pack_problems(ctx.host.registry, record)
    if record.pack is None or problems:
        raise Conflict(f"{pack_id} cannot be switched on: {'; '.join(problems)}.", code="pack_not_available")
    await ctx.session.execute(LOCK, {"tenant_id": ctx.tenant_id})
    before = (await read_packs(ctx.session)).find(pack_id)
    theme = await _theme(ctx)
    plan = plan_enabling(ctx.host.registry, record.pack, await enabled_now(ctx), theme)
    wears = not keep_theme and plan.theme is not None and (before is None or before.theme != record.pack.theme)
    worn = record.pack.theme if wears or record.pack.theme == theme else before.theme if before else None
    await _store(ctx, record, before, plan, theme=worn, theme_before=theme if wears else None)
    if wears and plan.theme is not None:
        await choose_theme(ctx, plan.theme)
    for plugin_id in plan.starts:
        await set_enabled(ctx, plugin_id, enabled=True)
    await ctx.audit("tenant.pack.enabled", subject=("pack", pack_id), after={"version": record.version})
    await _announce(ctx, pack_id, enabled=True)
    return SwitchPlan(starts=plan.starts, theme=plan.theme if wears else None)


async def disable_pack(ctx: HostContext, pack_id: str) -> SwitchPlan:
    """Switch a pack off; its plugins' data stays, and so do plugins that others need. Returns what it stopped.

    Raises:
        NotFound: The tenant has no such pack on.
    """
    await ctx.session.execute(LOCK, {"tenant_id": ctx.tenant_id})
    tenant_packs = await read_packs(ctx.session)
    own = tenant_packs.find(pack_id)
    if own is None:
        raise NotFound(f"The pack {pack_id!r} is not on.", code="pack_not_enabled")
    plan = await plan_of_disabling(ctx, tenant_packs, own)
    await ctx.session.execute(delete(TenantPack).where(TenantPack.pack_id == pack_id))
    await _hand_over(ctx, tenant_packs, own, plan)
    for plugin_id in plan.stops:
        await set_enabled(ctx, plugin_id, enabled=False)
    if plan.theme is not None:
        await choose_theme(ctx, plan.theme)
    await ctx.audit("tenant.pack.disabled", subject=("pack", pack_id))
    await _announce(ctx, pack_id, enabled=False)
    return plan


async def plan_of_disabling(ctx: HostContext, tenant_packs: PackSet, own: EnabledPack) -> SwitchPlan:
    """What switching a pack off would stop now."""
    on = await enabled_now(ctx)
    return plan_disabling(ctx.host.registry, installed_packs(), tenant_packs, own, on, await _theme(ctx))


async def plan_of_enabling(ctx: HostContext, pack: Pack) -> SwitchPlan:
    """What switching a pack on would start now."""
    return plan_enabling(ctx.host.registry, pack, await enabled_now(ctx), await _theme(ctx))


def find_pack(pack_id: str) -> PackRecord:
    """An installed pack; raises `NotFound`."""
    record = installed_packs().find(pack_id)
    if record is None:
        raise NotFound(f"There is no pack {pack_id!r}.", code="pack_not_found")
    return record


async def _theme(ctx: HostContext) -> str:
    return (await ctx.session.get_one(Tenant, ctx.tenant_id, populate_existing=True)).theme


async def _store(
    ctx: HostContext,
    record: PackRecord,
    before: EnabledPack | None,
    plan: SwitchPlan,
    *,
    theme: str | None,
    theme_before: str | None,
) -> None:
    """Keep what is agreed to; first, so that the plugins find the presets when they are told that they are on."""
    values = {
        "version": record.version,
        "switched": list(dict.fromkeys([*(before.switched if before else ()), *plan.starts])),
        "settings": agreed_settings(ctx.host.registry, record.pack) if record.pack else {},
        "roles": agreed_roles(ctx.host.registry, record.pack) if record.pack else {},
        "theme": theme,
        "theme_before": theme_before or (before.theme_before if before else None),
    }
    await ctx.session.execute(
        insert(TenantPack)
        .values(pack_id=record.id, enabled_at=ctx.now, **values)
        .on_conflict_do_update(index_elements=["tenant_id", "pack_id"], set_=values)
    )
    ctx.uncommitted = True


async def _hand_over(ctx: HostContext, tenant_packs: PackSet, own: EnabledPack, plan: SwitchPlan) -> None:
    """Packs that still need a plugin, or wear a theme, answer for it from now on."""
    for pack in tenant_packs.packs:
        if pack.id == own.id:
            continue
        taken = [
            kept.id
            for kept in plan.keeps
            if kept.reason is KeepReason.NEEDED_BY_PACK and kept.by[0] == pack.id and kept.id in own.switched
        ]
        changes: dict[str, object] = {}
        if taken:
            changes["switched"] = [*pack.switched, *(name for name in taken if name not in pack.switched)]
        if own.theme_before is not None and pack.theme_before == own.theme:
            changes["theme_before"] = own.theme_before
        if changes:
            await ctx.session.execute(update(TenantPack).where(TenantPack.pack_id == pack.id).values(**changes))
    ctx.uncommitted = True


async def _announce(ctx: HostContext, pack_id: str, *, enabled: bool) -> None:
    await announce(ctx.session, f"plugins:{ctx.tenant_id}")
    forget_after_commit(ctx)
    ctx.send_live("packs.changed", PacksChanged(pack_id=pack_id, enabled=enabled))
    log.info("pack switched", pack=pack_id, enabled=enabled, tenant_id=str(ctx.tenant_id))
