"""What switching a pack on would start, and what switching it off would stop and why the rest stays."""

import enum
from collections.abc import Collection

import msgspec

from questline_core.packs.enabled import EnabledPack, PackSet
from questline_core.packs.fit import members
from questline_core.packs.loader import Packs
from questline_core.plugins.registry import Registry
from questline_sdk.packs import Pack


class KeepReason(enum.StrEnum):
    """Why a plugin of a pack stays on when the pack goes."""

    NEEDED_BY_PACK = "needed_by_pack"
    REQUIRED_BY_PLUGIN = "required_by_plugin"
    ON_BEFORE = "on_before"
    SYSTEM = "system"


class KeptPlugin(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin that stays on, and the packs or plugins (ids) it stays for."""

    id: str
    reason: KeepReason
    by: list[str]


class SwitchPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a switch changes: plugins by id in the order they are switched, and the theme where it changes."""

    starts: list[str] = []
    stops: list[str] = []
    keeps: list[KeptPlugin] = []
    theme: str | None = None


def plan_enabling(registry: Registry, pack: Pack, on: Collection[str], theme: str) -> SwitchPlan:
    """What switching a pack on would start."""
    return SwitchPlan(
        starts=[name for name in members(registry, pack) if name not in on],
        theme=pack.theme if pack.theme != theme else None,
    )


def plan_disabling(
    registry: Registry, packs: Packs, tenant_packs: PackSet, own: EnabledPack, on: Collection[str], theme: str
) -> SwitchPlan:
    """What switching a pack off would stop: what it has switched on, unless somebody else needs it."""
    record = packs.find(own.id)
    covered = set(own.switched) | set(members(registry, record.pack) if record and record.pack else ())
    others = [pack for pack in tenant_packs.packs if pack.id != own.id]
    staying = set(on) - set(own.switched)
    stops: list[str] = []
    keeps: list[KeptPlugin] = []
    for plugin_id in reversed([name for name in registry.records if name in covered and name in on]):
        kept = _keep(registry, packs, others, own, plugin_id, staying)
        if kept is None:
            stops.append(plugin_id)
        else:
            staying.add(plugin_id)
            keeps.append(kept)
    return SwitchPlan(stops=stops, keeps=keeps, theme=_theme_after(own, others, theme))


def _keep(
    registry: Registry,
    packs: Packs,
    others: Collection[EnabledPack],
    own: EnabledPack,
    plugin_id: str,
    staying: Collection[str],
) -> KeptPlugin | None:
    if registry.records[plugin_id].manifest.scope == "system":
        return KeptPlugin(id=plugin_id, reason=KeepReason.SYSTEM, by=[])
    needing = [pack.id for pack in others if plugin_id in needed_by(registry, packs, pack)]
    if needing:
        return KeptPlugin(id=plugin_id, reason=KeepReason.NEEDED_BY_PACK, by=needing)
    users = sorted(name for name in staying if _requires(registry, name, plugin_id))
    if users:
        return KeptPlugin(id=plugin_id, reason=KeepReason.REQUIRED_BY_PLUGIN, by=users)
    if plugin_id not in own.switched:
        return KeptPlugin(id=plugin_id, reason=KeepReason.ON_BEFORE, by=[])
    return None


def needed_by(registry: Registry, packs: Packs, pack: EnabledPack) -> set[str]:
    """The plugins that a pack which is on needs; what it has switched on, where its distribution is gone."""
    record = packs.find(pack.id)
    return {*pack.switched, *(members(registry, record.pack) if record and record.pack else ())}


def _requires(registry: Registry, name: str, plugin_id: str) -> bool:
    record = registry.records.get(name)
    return record is not None and plugin_id in record.manifest.requires


def _theme_after(own: EnabledPack, others: Collection[EnabledPack], theme: str) -> str | None:
    """The theme the tenant had before, where it still wears the pack's and no other pack brings the same."""
    if own.theme is None or own.theme != theme or own.theme_before in (None, theme):
        return None
    return None if any(pack.theme == theme for pack in others) else own.theme_before
