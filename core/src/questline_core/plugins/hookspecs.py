"""Hooks that plugins declare for each other: whose they are, and who may implement them."""

import inspect
from collections.abc import Callable, Collection, Sequence
from types import ModuleType
from typing import Any

import pluggy

from questline_core.plugins.contributions import InvalidContribution
from questline_core.plugins.registry import PluginRecord
from questline_sdk import Plugin, hooks

HOST = "the host"


def declare(record: PluginRecord, plugin: Plugin, manager: pluggy.PluginManager) -> None:
    """Make a plugin's own hooks known; raises `InvalidContribution` for one that would not work."""
    register = getattr(plugin, "register_hookspecs", None)
    if register is None:
        return
    specs = register()
    if not isinstance(specs, list | tuple):
        raise InvalidContribution(f"register_hookspecs returned {type(specs).__name__}, not a list")
    for spec in specs:
        _check(record.id, spec, manager)
    if specs:
        manager.add_hookspecs(_namespace(record.id, specs))


def refuse_unknown(
    record: PluginRecord, plugin: Plugin, manager: pluggy.PluginManager, installed: Collection[str]
) -> None:
    """Refuse implementations of hooks that nobody declares, or of a plugin that the manifest does not name.

    A hook of a plugin in `optional` may be unknown: that plugin is not in service, and the implementation is silent.
    """
    named = {*record.manifest.requires, *record.manifest.optional}
    for caller in manager.get_hookcallers(plugin) or []:
        owner = _owner(caller) or _by_prefix(caller.name, named) or _by_prefix(caller.name, installed)
        if owner is None:
            raise InvalidContribution(f"implements an unknown hook {caller.name!r}")
        if owner in {HOST, record.id} and not caller.has_spec():
            raise InvalidContribution(f"implements {caller.name!r}, which its register_hookspecs does not return")
        if owner not in {HOST, record.id, *named}:
            raise InvalidContribution(
                f"implements {caller.name!r} of {owner}; add {owner!r} to requires or optional in plugin.toml"
            )
        if not caller.has_spec() and owner in record.manifest.requires:
            raise InvalidContribution(f"implements {caller.name!r}, which {owner} does not have")


def _namespace(owner: str, specs: Sequence[Callable[..., Any]]) -> ModuleType:
    namespace = ModuleType(f"{owner}.hooks")
    vars(namespace).update({spec.__name__: spec for spec in specs}, owner=owner)
    return namespace


def _check(plugin_id: str, spec: Any, manager: pluggy.PluginManager) -> None:
    name = getattr(spec, "__name__", repr(spec))
    options = getattr(spec, f"{hooks.PROJECT}_spec", None)
    if options is None or not inspect.iscoroutinefunction(spec):
        raise InvalidContribution(f"hook {name} must be an async function marked @hookspec")
    if options["firstresult"]:
        raise InvalidContribution(f"hook {name} must not be firstresult; say what happens at the call, with ctx.hooks")
    if not name.startswith(f"{plugin_id}_"):
        raise InvalidContribution(f"hook {name} must start with '{plugin_id}_'")
    known = getattr(manager.hook, name, None)
    if known is not None and known.has_spec():
        raise InvalidContribution(f"hook {name} is one of {_owner(known)} already")


def _owner(caller: pluggy.HookCaller) -> str | None:
    if caller.spec is None:
        return None
    return str(getattr(caller.spec.namespace, "owner", HOST))


def _by_prefix(hook: str, plugin_ids: Collection[str]) -> str | None:
    found = [plugin_id for plugin_id in plugin_ids if hook.startswith(f"{plugin_id}_")]
    return max(found, key=len, default=None)
