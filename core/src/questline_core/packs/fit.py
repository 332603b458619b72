"""Whether this installation can run a pack, and which plugins the pack would have on here."""

from collections.abc import Mapping
from typing import Any

from packaging.specifiers import SpecifierSet

from questline_core.packs.loader import PackRecord
from questline_core.plugins.cascade import find_problems
from questline_core.plugins.registry import Contributions, Registry, State
from questline_core.plugins.secrets import secrets_of
from questline_core.plugins.settings import settings_schema
from questline_core.ui.themes import installed_themes
from questline_sdk.packs import Pack


def plugin_problem(registry: Registry, plugin_id: str, versions: str) -> str | None:
    """Why a plugin does not serve a pack; None where it does."""
    record = registry.records.get(plugin_id)
    if record is None:
        return f"{plugin_id} is not installed"
    if not SpecifierSet(versions).contains(record.version, prereleases=True):
        return f"{plugin_id} is {record.version}, the pack needs {versions}"
    if record.state is not State.ACTIVE:
        return f"{plugin_id} is out of service: {record.reason or record.state.value}"
    return None


def find_pack_problems(registry: Registry, record: PackRecord) -> list[str]:
    """Everything that keeps a pack from being switched on here."""
    pack = record.pack
    if pack is None:
        return [record.reason or "it cannot be loaded"]
    found = [
        problem for name, versions in pack.plugins.items() if (problem := plugin_problem(registry, name, versions))
    ]
    for plugin_id in members(registry, pack):
        contributions = registry.records[plugin_id].contributions
        found += _preset_problems(plugin_id, contributions, pack.settings.get(plugin_id, {}))
        found += _role_problems(plugin_id, contributions, pack)
    if pack.theme is not None and installed_themes().find(pack.theme) is None:
        found.append(f"the theme {pack.theme} is not installed")
    return found


def members(registry: Registry, pack: Pack) -> list[str]:
    """The plugins that the pack has on here, in load order: its own that fit, and what those require."""
    wanted = [
        name
        for name, versions in (pack.plugins | pack.optional).items()
        if not plugin_problem(registry, name, versions)
    ]
    found = set(wanted)
    while wanted:
        for name in registry.records[wanted.pop()].manifest.requires:
            if name not in found and registry.is_active(name):
                found.add(name)
                wanted.append(name)
    return [name for name in registry.records if name in found]


def agreed_settings(registry: Registry, pack: Pack) -> dict[str, dict[str, Any]]:
    """The presets for plugins that the pack has on here."""
    present = members(registry, pack)
    return {name: dict(values) for name, values in pack.settings.items() if name in present}


def agreed_roles(registry: Registry, pack: Pack) -> dict[str, list[str]]:
    """The grants of permissions that exist here."""
    present = members(registry, pack)
    roles = {
        role.value: [name for name in names if name.partition(".")[0] in present] for role, names in pack.roles.items()
    }
    return {role: names for role, names in roles.items() if names}


def _preset_problems(plugin_id: str, contributions: Contributions, values: Mapping[str, Any]) -> list[str]:
    if not values:
        return []
    if contributions.settings is None:
        return [f"it presets settings of {plugin_id}, which has none"]
    secrets = sorted(secrets_of(settings_schema(contributions.settings)).sealed & values.keys())
    if secrets:
        return [f"it presets {plugin_id}.{secrets[0]}, which is a secret"]
    problems = find_problems(contributions.settings, values)
    return [f"its preset of {plugin_id}.{error.field} does not fit: {error.message}" for error in problems]


def _role_problems(plugin_id: str, contributions: Contributions, pack: Pack) -> list[str]:
    known = {permission.name for permission in contributions.permissions}
    granted = {name for names in pack.roles.values() for name in names if name.partition(".")[0] == plugin_id}
    return [f"it grants {name}, which {plugin_id} does not have" for name in sorted(granted - known)]
