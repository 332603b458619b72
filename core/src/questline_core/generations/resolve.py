"""Finds the set of wheels that a site is to run: `uv` resolves, the base environment and all that stays are pinned."""

from pathlib import Path

import msgspec
from packaging.requirements import InvalidRequirement, Requirement

from questline_core.generations.candidates import BASE_FOLDER, write_stand_ins
from questline_core.generations.environment import InstalledDistribution
from questline_core.generations.explain import explain
from questline_core.generations.fetch import fetch
from questline_core.generations.schemas import LockedWheel
from questline_core.generations.uv import UvError, run_uv
from questline_core.generations.wheels import WheelFile, normal_name

CURRENT_FOLDER, GIVEN_FOLDER, LOCK = "current", "given", "pylock.toml"


class ResolveError(Exception):
    """There is no set of wheels that fits; the message says who wants what."""


class Demand(msgspec.Struct, frozen=True, kw_only=True):
    """What a generation is to consist of."""

    base: dict[str, InstalledDistribution]
    """The base environment, without the plugins that the new generation hides."""
    current: tuple[tuple[LockedWheel, bytes], ...] = ()
    """The wheels of the running generation that may stay."""
    targets: tuple[str, ...] = ()
    """Requirements, e.g. `questline-badges>=1.2`."""
    given: tuple[WheelFile, ...] = ()
    """Wheels the operator named as files."""
    free: frozenset[str] = frozenset()
    """Distributions that may change their version, besides those of the targets."""
    wheelhouse: Path | None = None
    offline: bool = False
    """Whether nothing but the running generation is asked: something goes, nothing comes."""


class _Package(msgspec.Struct, kw_only=True):
    name: str
    version: str
    wheels: list[dict[str, object]] = []
    archive: dict[str, object] | None = None


class _Lock(msgspec.Struct, kw_only=True):
    packages: list[_Package] = []


def parse_requirement(text: str) -> Requirement:
    """A requirement as the operator writes it; raises `ResolveError`."""
    try:
        return Requirement(text)
    except InvalidRequirement as error:
        raise ResolveError(f"{text!r} is not a name with a range of versions: {str(error).splitlines()[0]}") from None


async def resolve(work: Path, demand: Demand) -> list[WheelFile]:
    """Resolve a demand and fetch the wheels that the base does not have; `work` is a folder to leave files in.

    Raises:
        ResolveError: Nothing fits.
        WheelError: A wheel that would be installed is damaged or refused.
        FetchError: A wheel cannot be fetched, or is not the one the index announced.
    """
    _lay_out(work, demand)
    roots, constraints = _pins(demand)
    (work / "constraints.txt").write_text("\n".join(constraints), encoding="utf-8")
    given = {wheel.name: (work / GIVEN_FOLDER / wheel.filename).as_uri() for wheel in demand.given}
    lines = [*roots, *demand.targets, *(f"{name} @ {address}" for name, address in given.items())]
    links = [work / BASE_FOLDER, work / CURRENT_FOLDER, *([demand.wheelhouse] if demand.wheelhouse else [])]
    options = [option for folder in links for option in ("--find-links", str(folder))]
    if demand.wheelhouse or demand.offline:
        options += ["--no-index", "--no-config"]
    try:
        await run_uv(
            *("pip", "compile", "-", "--quiet", "--only-binary", ":all:", "--format", "pylock.toml"),
            *("--constraint", str(work / "constraints.txt"), "--output-file", str(work / LOCK), *options),
            text="\n".join(lines),
            folder=work,
        )
    except UvError as error:
        raise ResolveError(explain(error, demand)) from error
    found = msgspec.toml.decode((work / LOCK).read_bytes(), type=_Lock)
    return [wheel for package in found.packages if (wheel := await _wheel(work, package, demand)) is not None]


def _lay_out(work: Path, demand: Demand) -> None:
    targeted = {normal_name(parse_requirement(line).name) for line in demand.targets}
    given = {wheel.name for wheel in demand.given}
    staying = [(wheel, content) for wheel, content in demand.current if wheel.name not in given]
    write_stand_ins(work / BASE_FOLDER, demand.base)
    for folder in (CURRENT_FOLDER, GIVEN_FOLDER):
        (work / folder).mkdir(exist_ok=True)
    for wheel, content in staying:
        (work / CURRENT_FOLDER / wheel.filename).write_bytes(content)
    for each in demand.given:
        (work / GIVEN_FOLDER / each.filename).write_bytes(each.content)
    # An earlier lock says which versions to keep where nothing speaks against it.
    kept = [wheel for wheel, _ in staying if wheel.name not in {*targeted, *demand.free}]
    head = 'lock-version = "1.0"\ncreated-by = "questline"\n'
    lines = [f'\n[[packages]]\nname = "{each.name}"\nversion = "{each.version}"\n' for each in kept]
    if lines:
        (work / LOCK).write_text(head + "".join(lines), encoding="utf-8")


def _pins(demand: Demand) -> tuple[list[str], list[str]]:
    """What must be there at the version it has, and what must keep its version if anything asks for it."""
    loose = {normal_name(parse_requirement(line).name) for line in demand.targets}
    loose |= {wheel.name for wheel in demand.given} | demand.free
    current = {wheel.name: wheel for wheel, _ in demand.current}
    roots = [f"{each.name}=={each.version}" for each in current.values() if each.plugin_ids and each.name not in loose]
    constraints = []
    for each in demand.base.values():
        if not each.provides:
            constraints.append(f"{each.name}=={each.version}")
        elif each.name not in loose and each.name not in current:
            roots.append(f"{each.name}=={each.version}")
    return roots, constraints


async def _wheel(work: Path, package: _Package, demand: Demand) -> WheelFile | None:
    """The wheel of a resolved package; None for what the base has."""
    stays = _staying(package, demand)
    if stays is not None:
        return stays
    entry = package.wheels[0] if package.wheels else package.archive
    if entry is None:
        raise ResolveError(f"{package.name} {package.version} comes as no wheel; only wheels are installed")
    address = str(entry.get("url") or Path(work, str(entry.get("path"))).as_uri())
    if address.startswith((work / BASE_FOLDER).as_uri() + "/"):
        return None
    base = demand.base.get(package.name)
    if base and base.version == package.version and package.name not in {each.name for each in demand.given}:
        return None
    hashes = entry.get("hashes")
    sha256 = hashes.get("sha256") if isinstance(hashes, dict) else None
    if not isinstance(sha256, str):
        raise ResolveError(f"the index gives no SHA-256 of {package.name} {package.version}")
    content = await fetch(address, sha256)
    return WheelFile(str(entry.get("name") or address.rpartition("/")[2]), content)


def _staying(package: _Package, demand: Demand) -> WheelFile | None:
    """The very wheel that runs now, where its version stays: an index may have another build of it."""
    named = {normal_name(parse_requirement(line).name) for line in demand.targets} | {
        each.name for each in demand.given
    }
    for wheel, content in demand.current:
        if (wheel.name, wheel.version) == (package.name, package.version) and wheel.name not in named:
            return WheelFile(wheel.filename, content)
    return None
