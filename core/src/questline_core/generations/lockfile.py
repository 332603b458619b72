"""`questline.lock`: the exact wheels that `questline sync` has settled on, by their hashes."""

from pathlib import Path

import msgspec
from packaging.specifiers import SpecifierSet

from questline_core.generations.errors import OperationError
from questline_core.generations.plan import Plan
from questline_core.settings import PluginChoices

NAME = "questline.lock"


class LockedDistribution(msgspec.Struct, frozen=True, kw_only=True):
    """One wheel."""

    name: str
    version: str
    sha256: str
    filename: str


class LockFile(msgspec.Struct, frozen=True, kw_only=True):
    """What was wanted, and the wheels that came of it."""

    wanted: dict[str, str] = {}
    wheels: tuple[LockedDistribution, ...] = ()


def read_lock(path: Path) -> LockFile | None:
    """The lock file; None where there is none yet."""
    if not path.exists():
        return None
    try:
        return msgspec.toml.decode(path.read_bytes(), type=LockFile)
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        raise OperationError(f"{path} cannot be read: {error}; remove it to settle on versions anew") from error


def write_lock(path: Path, choices: PluginChoices, plan: Plan) -> None:
    """Write the wheels of a plan; the file is replaced as a whole."""
    wheels = (
        LockedDistribution(name=each.name, version=each.version, sha256=each.sha256, filename=each.filename)
        for each in plan.wheels
    )
    lock = LockFile(wanted=choices.wanted, wheels=tuple(wheels))
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(_toml(lock), encoding="utf-8")
        partial.rename(path)
    except OSError as error:
        raise OperationError(f"the site is in sync, but {path} cannot be written: {error.strerror}") from error


def requirements(choices: PluginChoices, lock: LockFile | None) -> tuple[tuple[str, ...], dict[str, str]]:
    """What to resolve, and the hashes that must come of it: the lock's while it is about the same wishes."""
    if lock is not None and lock.wanted == choices.wanted:
        return tuple(f"{each.name}=={each.version}" for each in lock.wheels), {
            each.name: each.sha256 for each in lock.wheels
        }
    return tuple(
        name if wanted.strip() in {"", "*"} else f"{name}{wanted}" for name, wanted in choices.wanted.items()
    ), {}


def check_ranges(choices: PluginChoices) -> None:
    """Raise `OperationError` for a range of versions that is none."""
    for name, wanted in choices.wanted.items():
        try:
            SpecifierSet("" if wanted.strip() == "*" else wanted)
        except ValueError:
            raise OperationError(
                f"questline.toml: {wanted!r} is no range of versions of {name}; e.g. '>=1.2,<2'"
            ) from None


def _toml(lock: LockFile) -> str:
    lines = ["# Written by `questline sync`; keep it with questline.toml.", "", "[wanted]"]
    lines += [f"{_quoted(name)} = {_quoted(wanted)}" for name, wanted in lock.wanted.items()]
    for each in lock.wheels:
        lines += ["", "[[wheels]]"]
        lines += [f"{field} = {_quoted(getattr(each, field))}" for field in ("name", "version", "filename", "sha256")]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()
