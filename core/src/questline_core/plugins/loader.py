"""Finds and loads plugins, each on its own: whatever one does, the others and the host go on.

pluggy's own `load_setuptools_entrypoints` lets one bad import end the process, so discovery is ours; registration,
argument checks and argument pruning stay pluggy's.
"""

import importlib.util
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from importlib.metadata import Distribution, EntryPoint
from pathlib import Path
from typing import Any, TypeVar

import pluggy
import structlog
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import questline_sdk
from questline_core.generations.overlay import installed
from questline_core.plugins.cascade import find_problems
from questline_core.plugins.contributions import InvalidContribution, collect
from questline_core.plugins.hookspecs import declare, refuse_unknown
from questline_core.plugins.registry import PluginRecord, State
from questline_sdk import Manifest, Plugin, hooks

GROUP = "questline.plugins.v1"
LOAD_TIMEOUT = 10.0
"""Seconds a plugin may take to be imported and to register."""

T = TypeVar("T")
log = structlog.get_logger()


class LoadError(Exception):
    """A plugin cannot be loaded; carries the state it ends in."""

    def __init__(self, state: State, reason: str) -> None:
        super().__init__(reason)
        self.state = state
        self.reason = reason


def installed_plugins() -> list[EntryPoint]:
    """The entry points of every installed plugin, by name, without those that the generation hides."""
    return installed(GROUP)


def load_plugins(
    entries: Iterable[EntryPoint],
    manager: pluggy.PluginManager,
    *,
    timeout: float = LOAD_TIMEOUT,
    settings: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[PluginRecord]:
    """Load every plugin in dependency order; a plugin that fails is recorded with its reason.

    Args:
        entries: The entry points.
        manager: Where the plugins are registered.
        timeout: Seconds each may take.
        settings: The operator's values for settings, by plugin id; a plugin they do not fit fails.
    """
    found = [(entry, _describe(entry)) for entry in entries]
    records = _in_order([record for _, record in found])
    entries_by_id = {record.id: entry for entry, record in found}
    for record in records:
        if record.state is State.ACTIVE:
            _block_on_missing(record, records, entries_by_id)
        if record.state is State.ACTIVE:
            own = (settings or {}).get(record.id)
            _load(record, entries_by_id[record.id], manager, timeout, own, entries_by_id.keys())
        if record.state is not State.ACTIVE:
            log.warning("plugin not loaded", plugin=record.id, state=record.state.value, reason=record.reason)
    return records


def _describe(entry: EntryPoint) -> PluginRecord:
    """Read a plugin's manifest and SDK range without importing it."""
    version = entry.dist.version if entry.dist else "unknown"
    record = PluginRecord(manifest=Manifest(id=entry.name, title=entry.name), version=version)
    try:
        record.package = _package_folder(entry)
        manifest = Manifest.decode((record.package / "plugin.toml").read_bytes())
        if manifest.id != entry.name:
            raise LoadError(State.FAILED, f"plugin.toml says id {manifest.id!r}, the entry point {entry.name!r}")
        record.manifest = manifest
        if entry.dist:
            _check_sdk(entry.dist)
    except LoadError as error:
        record.fail(error.state, error.reason)
    except (OSError, ValueError, ImportError) as error:
        record.fail(State.FAILED, f"{type(error).__name__}: {error}")
    return record


def _package_folder(entry: EntryPoint) -> Path:
    spec = importlib.util.find_spec(entry.module.partition(".")[0])
    if spec is None or not spec.submodule_search_locations:
        raise LoadError(State.FAILED, f"package {entry.module.partition('.')[0]!r} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


def _check_sdk(distribution: Distribution) -> None:
    for line in distribution.requires or []:
        requirement = Requirement(line)
        if requirement.name == "questline-sdk" and not requirement.specifier.contains(
            questline_sdk.__version__, prereleases=True
        ):
            raise LoadError(
                State.INCOMPATIBLE,
                f"needs questline-sdk{requirement.specifier}, this host has {questline_sdk.__version__}",
            )


def _in_order(records: list[PluginRecord]) -> list[PluginRecord]:
    """Dependencies before dependants, else by id; every plugin on a cycle is blocked with the cycle named."""
    by_id = {record.id: record for record in records}
    ordered: dict[str, PluginRecord] = {}

    def visit(record: PluginRecord, path: tuple[str, ...]) -> None:
        if record.id in path:
            cycle = " -> ".join((*path[path.index(record.id) :], record.id))
            for name in path[path.index(record.id) :]:
                by_id[name].fail(State.BLOCKED, f"requirements form a cycle: {cycle}")
            return
        if record.id in ordered:
            return
        for name in sorted({*record.manifest.requires, *record.manifest.optional} & by_id.keys()):
            visit(by_id[name], (*path, record.id))
        ordered.setdefault(record.id, record)

    for record in sorted(records, key=lambda each: each.id):
        visit(record, ())
    return list(ordered.values())


def _block_on_missing(record: PluginRecord, records: list[PluginRecord], entries: Mapping[str, EntryPoint]) -> None:
    by_id = {each.id: each for each in records}
    for name in record.manifest.requires:
        required = by_id.get(name)
        if required is None:
            record.fail(State.BLOCKED, f"requires {name}, which is not installed")
        elif required.state is not State.ACTIVE:
            record.fail(State.BLOCKED, f"requires {name}, which is {required.state.value}")
        elif wanted := _unmet_range(entries[record.id].dist, entries[name].dist):
            record.fail(State.BLOCKED, f"requires {name} {wanted}, which is {required.version}")


def _unmet_range(distribution: Distribution | None, required: Distribution | None) -> str | None:
    """The range that a plugin's distribution names for another's, where the installed version is outside it."""
    if distribution is None or required is None:
        return None
    for requirement in map(Requirement, distribution.requires or []):
        same = canonicalize_name(requirement.name) == canonicalize_name(required.name)
        applies = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if same and applies and not requirement.specifier.contains(required.version, prereleases=True):
            return str(requirement.specifier)
    return None


def _load(
    record: PluginRecord,
    entry: EntryPoint,
    manager: pluggy.PluginManager,
    timeout: float,
    settings: Mapping[str, Any] | None,
    plugin_ids: Collection[str],
) -> None:
    def load() -> Plugin:
        plugin = entry.load()
        if not isinstance(plugin, Plugin):
            raise LoadError(State.FAILED, f"{entry.value} is not an instance of questline_sdk.Plugin")
        return plugin

    try:
        plugin = _within(timeout, load)
        type(plugin).manifest = record.manifest
        if record.package:
            type(plugin).package = record.package
        record.plugin = plugin
        _within(timeout, lambda: declare(record, plugin, manager))
        manager.register(plugin, record.id)
        refuse_unknown(record, plugin, manager, plugin_ids)
        record.contributions = _within(timeout, lambda: collect(record, plugin))
        _check_settings(record, settings)
    except LoadError as error:
        record.fail(error.state, error.reason)
    except InvalidContribution as error:
        record.fail(State.FAILED, str(error))
    except pluggy.PluginValidationError as error:
        record.fail(State.FAILED, str(error).replace("\n", " "))
    except BaseException as error:  # noqa: BLE001  a plugin may raise anything, SystemExit included
        record.fail(State.FAILED, f"{type(error).__name__}: {error}")
    if record.state is not State.ACTIVE and manager.has_plugin(record.id):
        manager.unregister(name=record.id)


def _check_settings(record: PluginRecord, values: Mapping[str, Any] | None) -> None:
    """Refuse values of `questline.toml` that the plugin could not read."""
    if values is None:
        return
    where = f"questline.toml: plugin_settings.{record.id}"
    if record.contributions.settings is None:
        raise LoadError(State.FAILED, f"{where}: it has no settings")
    for error in find_problems(record.contributions.settings, values):
        raise LoadError(State.FAILED, f"{where}.{error.field}: {error.message}")


def _within(timeout: float, function: Callable[[], T]) -> T:
    """Run a function in a thread that is abandoned when it takes too long."""
    outcome: dict[str, Any] = {}

    def run() -> None:
        try:
            outcome["value"] = function()
        except BaseException as error:  # noqa: BLE001  handed to the caller
            outcome["error"] = error

    thread = threading.Thread(target=run, daemon=True, name="plugin-load")
    thread.start()
    thread.join(timeout)
    if thread.is_alive():
        raise LoadError(State.FAILED, f"did not finish loading in {timeout:g} s")
    if "error" in outcome:
        raise outcome["error"]
    value: T = outcome["value"]
    return value


def make_manager() -> pluggy.PluginManager:
    """A pluggy manager that knows the host's hooks."""
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    return manager
