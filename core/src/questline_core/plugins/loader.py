"""Finds and loads plugins, each on its own: whatever one does, the others and the host go on.

pluggy's own `load_setuptools_entrypoints` lets one bad import end the process, so discovery is ours; registration,
argument checks and argument pruning stay pluggy's.
"""

import importlib.util
import threading
from collections.abc import Callable, Iterable
from importlib.metadata import Distribution, EntryPoint, entry_points
from pathlib import Path
from typing import Any, TypeVar

import pluggy
import structlog
from packaging.requirements import Requirement

import questline_sdk
from questline_core.plugins.contributions import InvalidContribution, collect
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
    """The entry points of every installed plugin, by name."""
    return sorted(entry_points(group=GROUP), key=lambda entry: entry.name)


def load_plugins(
    entries: Iterable[EntryPoint], manager: pluggy.PluginManager, *, timeout: float = LOAD_TIMEOUT
) -> list[PluginRecord]:
    """Load every plugin in dependency order; a plugin that fails is recorded with its reason."""
    found = [(entry, _describe(entry)) for entry in entries]
    records = _in_order([record for _, record in found])
    entries_by_id = {record.id: entry for entry, record in found}
    for record in records:
        if record.state is State.ACTIVE:
            _block_on_missing(record, records)
        if record.state is State.ACTIVE:
            _load(record, entries_by_id[record.id], manager, timeout)
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


def _block_on_missing(record: PluginRecord, records: list[PluginRecord]) -> None:
    states = {each.id: each.state for each in records}
    for name in record.manifest.requires:
        if states.get(name) is not State.ACTIVE:
            why = f"is {states[name].value}" if name in states else "is not installed"
            record.fail(State.BLOCKED, f"requires {name}, which {why}")


def _load(record: PluginRecord, entry: EntryPoint, manager: pluggy.PluginManager, timeout: float) -> None:
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
        manager.register(plugin, record.id)
        record.contributions = _within(timeout, lambda: collect(record, plugin, manager))
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
