"""Packs as a tenant's admins see them."""

from collections.abc import Collection

from sqlalchemy import select

from questline_core.context import HostContext
from questline_core.packs.enabled import EnabledPack, PackSet, read_packs
from questline_core.packs.fit import find_pack_problems, members, plugin_problem
from questline_core.packs.loader import PackRecord, installed_packs
from questline_core.packs.plan import SwitchPlan
from questline_core.packs.schemas import PackCard, PackDetails, PackGrant, PackPlugin, PackPreset, PackState, PackTheme
from questline_core.packs.service import find_pack, plan_of_disabling, plan_of_enabling
from questline_core.plugins.documents import changelog_html, render_document
from questline_core.plugins.models import PluginSetting
from questline_core.plugins.registry import Registry
from questline_core.plugins.service import enabled_now
from questline_core.plugins.settings import settings_schema, whole
from questline_core.ui.themes import installed_themes
from questline_sdk import NotFound
from questline_sdk.permissions import Role

UNINSTALLED = "its distribution is not installed any more"


async def list_packs(ctx: HostContext) -> list[PackCard]:
    """Every installed pack, and those that are on although they were uninstalled."""
    tenant_packs = await read_packs(ctx.session)
    on = await enabled_now(ctx)
    records = {record.id: record for record in installed_packs().all()}
    records |= {pack.id: _gone(pack) for pack in tenant_packs.packs if pack.id not in records}
    return [_card(ctx.host.registry, records[name], tenant_packs.find(name), on) for name in sorted(records)]


async def describe_pack(ctx: HostContext, pack_id: str) -> PackDetails:
    """A pack with all it brings; raises `NotFound`."""
    tenant_packs = await read_packs(ctx.session)
    own = tenant_packs.find(pack_id)
    try:
        record = find_pack(pack_id)
    except NotFound:
        if own is None:
            raise
        record = _gone(own)
    card = _card(ctx.host.registry, record, own, await enabled_now(ctx))
    return PackDetails(
        **{name: getattr(card, name) for name in PackCard.__struct_fields__},
        presets=await _presets(ctx, record, own),
        grants=_grants(ctx.host.registry, record, own),
        plan=await _plan(ctx, record, tenant_packs, own, card.state),
        onboarding_html=render_document(record.pack.onboarding) if record.pack else "",
        changelog_html=changelog_html(record.package),
    )


def _gone(pack: EnabledPack) -> PackRecord:
    return PackRecord(id=pack.id, version=pack.version, reason=UNINSTALLED)


def _card(registry: Registry, record: PackRecord, own: EnabledPack | None, on: Collection[str]) -> PackCard:
    problems = find_pack_problems(registry, record)
    state = PackState.UNAVAILABLE if problems else PackState.AVAILABLE
    if own is not None:
        if record.pack is not None:
            problems += [f"{name} is off" for name in members(registry, record.pack) if name not in on]
        state = PackState.INCOMPLETE if problems else PackState.ENABLED
    return PackCard(
        id=record.id,
        title=record.title,
        version=record.version,
        summary=record.pack.summary if record.pack else "",
        state=state,
        reason="; ".join(problems) or None,
        enabled=own is not None,
        enabled_version=own.version if own else None,
        outdated=own is not None and own.version != record.version,
        plugins=_plugins(registry, record, on),
        theme=_theme(record),
    )


def _plugins(registry: Registry, record: PackRecord, on: Collection[str]) -> list[PackPlugin]:
    if record.pack is None:
        return []
    named = [(name, versions, True) for name, versions in record.pack.plugins.items()]
    named += [(name, versions, False) for name, versions in record.pack.optional.items()]
    return [
        PackPlugin(
            id=name,
            title=registry.records[name].manifest.title if name in registry.records else name,
            versions=versions,
            required=required,
            version=registry.records[name].version if name in registry.records else None,
            enabled=name in on and registry.is_active(name),
            problem=plugin_problem(registry, name, versions),
        )
        for name, versions, required in named
    ]


def _theme(record: PackRecord) -> PackTheme | None:
    if record.pack is None or record.pack.theme is None:
        return None
    found = installed_themes().find(record.pack.theme)
    return PackTheme(id=record.pack.theme, title=found.manifest.title if found else record.pack.theme)


async def _presets(ctx: HostContext, record: PackRecord, own: EnabledPack | None) -> list[PackPreset]:
    """As agreed to where the pack is on, else as it would be."""
    settings = own.settings if own else record.pack.settings if record.pack else {}
    tenant = {row.plugin_id: whole(row) for row in await ctx.session.scalars(select(PluginSetting))}
    found = []
    for plugin_id, values in settings.items():
        plugin = ctx.host.registry.records.get(plugin_id)
        if plugin is None or plugin.contributions.settings is None:
            continue
        fields = settings_schema(plugin.contributions.settings)["properties"]
        found += [
            PackPreset(
                plugin_id=plugin_id,
                field=name,
                title=fields.get(name, {}).get("title", name),
                value=value,
                overridden=name in tenant.get(plugin_id, {}),
            )
            for name, value in values.items()
        ]
    return found


def _grants(registry: Registry, record: PackRecord, own: EnabledPack | None) -> list[PackGrant]:
    titles = {each.name: each.title for plugin in registry.active for each in plugin.contributions.permissions}
    roles = own.roles if own else record.pack.roles if record.pack else {}
    return [
        PackGrant(role=Role(role), permission=name, title=titles[name])
        for role, names in roles.items()
        for name in names
        if name in titles
    ]


async def _plan(
    ctx: HostContext, record: PackRecord, tenant_packs: PackSet, own: EnabledPack | None, state: PackState
) -> SwitchPlan:
    if own is not None:
        plan = await plan_of_disabling(ctx, tenant_packs, own)
        starts = (await plan_of_enabling(ctx, record.pack)).starts if record.pack else []
        return SwitchPlan(starts=starts, stops=plan.stops, keeps=plan.keeps, theme=plan.theme)
    if record.pack is None or state is PackState.UNAVAILABLE:
        return SwitchPlan()
    return await plan_of_enabling(ctx, record.pack)
