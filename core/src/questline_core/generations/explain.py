"""Says in plain words why nothing fits: which distribution wants what of which other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from packaging.requirements import Requirement

from questline_core.generations.uv import UvError, cause
from questline_core.generations.wheels import WheelError, WheelFile, normal_name, wheels_in

if TYPE_CHECKING:
    from questline_core.generations.resolve import Demand

FETCH = re.compile(r"Failed to fetch: `?(https?://[^\s`]+)")
"""How `uv` names the address it could not read."""


def explain(error: UvError, demand: "Demand") -> str:
    """One line: what wants what, where that can be told; else the resolver's own words."""
    wishes = sorted({*_wishes_of_new(demand), *_wishes_of_others(demand)})
    if wishes:
        return "the versions do not fit: " + "; ".join(wishes)
    found = cause(error)
    if unreachable := FETCH.search(str(error)):
        return f"{urlsplit(unreachable[1]).netloc.rpartition('@')[2]} cannot be reached: {found.rstrip('.')}"
    for noise in (", we can conclude that your requirements are unsatisfiable", "Because "):
        found = found.replace(noise, "")
    return f"no fitting versions: {found.rstrip('.')}"


def _wishes_of_new(demand: "Demand") -> Iterator[str]:
    """What the wheels that were asked for want, and the site has otherwise."""
    targets = {normal_name(each.name): each for each in map(Requirement, demand.targets)}
    there = {name: each.version for name, each in demand.base.items() if not each.provides or name not in targets}
    there |= {wheel.name: wheel.version for wheel, _ in demand.current if wheel.name not in targets}
    for wheel in _new_wheels(demand, targets):
        for wish in wheel.requires:
            if wish.marker and not wish.marker.evaluate({"extra": ""}):
                continue
            version = there.get(normal_name(wish.name))
            if version is not None and not wish.specifier.contains(version, prereleases=True):
                yield f"{wheel.name} {wheel.version} wants {wish.name}{wish.specifier}, the site has {version}"


def _wishes_of_others(demand: "Demand") -> Iterator[str]:
    """What the plugins that are there want of a distribution that was asked for in another version."""
    targets = {normal_name(each.name): each for each in map(Requirement, demand.targets)}
    staying = {wheel.name for wheel, _ in demand.current}
    others = [(each.name, each.version, each.requires) for each in demand.base.values() if each.name not in staying]
    for locked, content in demand.current:
        wheel = WheelFile(locked.filename, content)
        others.append((wheel.name, wheel.version, tuple(map(str, wheel.requires))))
    new = list(_new_wheels(demand, targets))
    for name, version, requires in others:
        for wish in map(Requirement, requires):
            for wheel in new:
                same = normal_name(wish.name) == wheel.name
                if same and name not in targets and not wish.specifier.contains(wheel.version, prereleases=True):
                    yield f"{name} {version} wants {wish.name}{wish.specifier}, asked for is {wheel.version}"


def _new_wheels(demand: "Demand", targets: dict[str, Requirement]) -> Iterator[WheelFile]:
    """The wheels that were asked for, as far as they lie here: files, and the newest that fit of the wheelhouse."""
    yield from demand.given
    newest: dict[str, Path] = {}
    for path in _wheelhouse(demand):
        name, version = _name_and_version(path)
        if name in targets and targets[name].specifier.contains(version, prereleases=True):
            newest[name] = path
    for path in newest.values():
        try:
            yield WheelFile(path.name, path.read_bytes())
        except (WheelError, OSError):
            continue


def _wheelhouse(demand: "Demand") -> list[Path]:
    return list(wheels_in(demand.wheelhouse)) if demand.wheelhouse else []


def _name_and_version(path: Path) -> tuple[str, str]:
    name, version, *_ = path.name.split("-")
    return normal_name(name), version
