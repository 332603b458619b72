"""Works out a change: which wheels the new generation has, and what becomes of every plugin."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from questline_core.generations import ledger
from questline_core.generations.build import ensure_built
from questline_core.generations.environment import (
    InstalledDistribution,
    SitePlugin,
    base_distributions,
    site_entries,
)
from questline_core.generations.errors import OperationError
from questline_core.generations.guard import refuse_not_allowed, refuse_shadows
from questline_core.generations.models import BASE
from questline_core.generations.plan import Change, NewPlugin, Plan, describe, lock, new_plugins
from questline_core.generations.request import ChangeRequest
from questline_core.generations.resolve import Demand, parse_requirement, resolve
from questline_core.generations.schemas import GenerationManifest
from questline_core.generations.tenants import warnings_for
from questline_core.generations.wheels import WheelFile, normal_name
from questline_core.settings import Settings


class Running(msgspec.Struct, frozen=True, kw_only=True):
    """What the site runs now."""

    manifest: GenerationManifest
    wheels: list[WheelFile]
    entries: dict[str, SitePlugin]
    base: dict[str, InstalledDistribution]
    base_entries: dict[str, SitePlugin]


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A plan with the wheels it needs; `existing` names the generation it returns to."""

    plan: Plan
    wheels: list[WheelFile]
    existing: int | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether the site runs all of it already."""
        return not self.plan.changes and not self.plan.dependencies


async def read_running(connection: ledger.Connection, settings: Settings, url: str) -> Running:
    """Read what the site runs now; builds it here where it is not."""
    number = await ledger.wanted(connection)
    manifest = await ledger.manifest_of(connection, number)
    if manifest is None:
        raise OperationError(f"the wanted generation {number} is not in the database")
    await ensure_built(settings.home_path, url, number)
    return Running(
        manifest=manifest,
        wheels=await ledger.wheels_of(connection, manifest),
        entries=site_entries(settings.home_path, number, manifest.hidden),
        base=base_distributions(),
        base_entries=site_entries(settings.home_path, BASE, ()),
    )


async def propose(
    connection: ledger.Connection, settings: Settings, running: Running, request: ChangeRequest, work: Path
) -> Proposal:
    """Work out a change without touching anything; raises `OperationError` and what `resolve` raises."""
    if request.kind == "rollback":
        manifest = await _return_to(connection, running, request)
        wheels, hidden = await ledger.wheels_of(connection, manifest), manifest.hidden
    else:
        request = _spelt_out(running, request)
        manifest = running.manifest
        hidden = _hidden(running, request)
        wheels = await resolve(work, _demand(running, request, hidden))
        _refuse(settings, running, request, wheels)
    brought = new_plugins(wheels)
    hidden = tuple(each for each in hidden if request.kind == "rollback" or each not in brought)
    after = _after(running, wheels, brought, hidden)
    changes = await _changes(connection, running, wheels, after)
    _refuse_changes(settings, request, changes)
    plan = Plan(
        kind=request.kind,
        generation_before=running.manifest.number,
        changes=changes,
        wheels=lock(wheels, _named(request), running.manifest.plan),
        hidden=hidden,
        heads={
            each.id: each.contents.revisions[-1] for each in after.values() if each.contents and each.contents.revisions
        },
        dependencies=_dependencies(running, wheels, brought.values()),
        warnings=await warnings_for(connection, [each for each in changes if each.after is None]),
    )
    return Proposal(plan=plan, wheels=wheels, existing=manifest.number if request.kind == "rollback" else None)


async def _return_to(connection: ledger.Connection, running: Running, request: ChangeRequest) -> GenerationManifest:
    """The generation to return to: the one that is named, else the one before."""
    here = running.manifest.number
    number = await ledger.parent_of(connection, here) if request.generation is None else request.generation
    if number is None:
        raise OperationError("nothing was installed yet, so there is nothing to return to")
    if number == here:
        raise OperationError(f"the site runs generation {number} already")
    manifest = await ledger.manifest_of(connection, number)
    if manifest is None:
        raise OperationError(f"generation {number} is not there any more; the last {ledger.KEPT} that ran are kept")
    return manifest


def _spelt_out(running: Running, request: ChangeRequest) -> ChangeRequest:
    """The request with the distributions of the plugins it names, or of every one that the site runs."""
    if request.every:
        names = sorted({each.distribution for each in running.entries.values()})
        return msgspec.structs.replace(request, targets=tuple(names))
    return msgspec.structs.replace(request, targets=tuple(_distribution(running, line) for line in request.targets))


def _distribution(running: Running, line: str) -> str:
    asked = parse_requirement(line)
    entry = running.entries.get(asked.name)
    return f"{entry.distribution}{asked.specifier}" if entry else line


def _named(request: ChangeRequest) -> set[str]:
    return {normal_name(parse_requirement(line).name) for line in request.targets} | {
        wheel.name for wheel in request.given
    }


def _hidden(running: Running, request: ChangeRequest) -> tuple[str, ...]:
    """Ids of the base that stay or come out of sight; those of a distribution that is asked for come back."""
    back = {each for name in _named(request) if name in running.base for each in running.base[name].provides}
    gone = set(request.removed) & running.base_entries.keys()
    return tuple(sorted(({*running.manifest.hidden} - back) | gone))


def _demand(running: Running, request: ChangeRequest, hidden: Iterable[str]) -> Demand:
    _refuse_removal(running, request)
    leaving = {running.entries[each].distribution for each in request.removed}
    if request.only is not None:
        leaving |= {each.name for each in running.manifest.plan if each.plugin_ids and each.name not in request.only}
    contents = {wheel.sha256: wheel.content for wheel in running.wheels}
    unseen = set(hidden)
    return Demand(
        base={
            name: each for name, each in running.base.items() if not each.provides or not set(each.provides) <= unseen
        },
        current=tuple((each, contents[each.sha256]) for each in running.manifest.plan if each.name not in leaving),
        targets=request.targets,
        given=request.given,
        wheelhouse=request.wheelhouse,
        offline=request.kind == "uninstall",
    )


def _refuse_removal(running: Running, request: ChangeRequest) -> None:
    """Say who needs what is to go, before the resolver finds out."""
    for name in request.removed:
        if name not in running.entries:
            raise OperationError(f"there is no plugin {name!r}; `questline plugin list` shows those installed")
        for each in running.entries.values():
            required = each.contents.manifest.requires if each.contents else ()
            if name in required and each.id not in request.removed:
                raise OperationError(f"{each.id} requires {name}; uninstall {each.id}, too, or keep {name}")


def _refuse(settings: Settings, running: Running, request: ChangeRequest, wheels: list[WheelFile]) -> None:
    known = {wheel.sha256 for wheel in running.wheels}
    new = [wheel for wheel in wheels if wheel.sha256 not in known]
    for wheel in wheels:
        wanted = request.hashes.get(wheel.name)
        if wanted is not None and wanted != wheel.sha256:
            raise OperationError(
                f"{wheel.filename} is not the wheel of questline.lock: its SHA-256 is {wheel.sha256}, not {wanted}"
            )
    refuse_shadows(new, running.base)
    refuse_not_allowed((wheel.name for wheel in new if new_plugins([wheel])), settings.plugins.allow)


def _after(
    running: Running, wheels: list[WheelFile], brought: dict[str, NewPlugin], hidden: Iterable[str]
) -> dict[str, NewPlugin]:
    """Every plugin of the new generation: what the wheels bring, and what of the base they neither replace nor hide."""
    replaced, unseen = {wheel.name for wheel in wheels}, set(hidden)
    after = {
        each.id: NewPlugin(id=each.id, distribution=each.distribution, version=each.version, contents=each.contents)
        for each in running.base_entries.values()
        if each.id not in unseen and each.distribution not in replaced
    }
    for each in brought.values():
        if each.id in after:
            raise OperationError(f"{each.distribution} and {after[each.id].distribution} are both a plugin {each.id!r}")
    return {**after, **{name: each for name, each in brought.items() if name not in unseen}}


def _heads(after: dict[str, NewPlugin]) -> dict[str, str]:
    found = {each.id: each.contents.revisions for each in after.values() if each.contents}
    return {plugin_id: revisions[-1] for plugin_id, revisions in found.items() if revisions}


async def _changes(
    connection: ledger.Connection, running: Running, wheels: list[WheelFile], after: dict[str, NewPlugin]
) -> tuple[Change, ...]:
    before_hash = {each.name: each.sha256 for each in running.manifest.plan}
    after_hash = {each.name: each.sha256 for each in wheels}
    changed = []
    for each in sorted({*running.entries, *after}):
        old, new = running.entries.get(each), after.get(each)
        if not (
            old and new and _same(old, new) and before_hash.get(old.distribution) == after_hash.get(old.distribution)
        ):
            changed.append(each)
    heads = await ledger.heads(connection, [each for each in changed if ":" not in each])
    return tuple(
        describe(running.entries.get(each), after.get(each), heads[each].revision if each in heads else None)
        for each in changed
    )


def _same(old: SitePlugin, new: NewPlugin) -> bool:
    return (old.distribution, old.version) == (new.distribution, new.version)


def _refuse_changes(
    settings: Settings,
    request: ChangeRequest,
    changes: Iterable[Change],
) -> None:
    for change in changes:
        if change.after is None and change.id in settings.plugins.essential:
            raise OperationError(f"{change.id} is essential to this site (`essential` under [plugins]) and stays")
        lost = [each for each in change.irreversible if each in change.undone]
        if lost and not request.accept_loss:
            raise OperationError(
                f"{change.id}: taking back revision {', '.join(lost)} loses data;"
                " add --accept-data-loss if that is what you want"
            )


def _dependencies(running: Running, wheels: list[WheelFile], brought: Iterable[NewPlugin]) -> tuple[str, ...]:
    plugins = {each.distribution for each in brought}
    before = {each.name: each.version for each in running.manifest.plan if not each.plugin_ids}
    after = {wheel.name: wheel.version for wheel in wheels if wheel.name not in plugins}
    come = [f"{name} {version}" for name, version in after.items() if before.get(name) != version]
    return tuple(sorted([*come, *(f"{name} goes" for name in before.keys() - after.keys())]))
