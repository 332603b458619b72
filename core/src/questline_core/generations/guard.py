"""Refuses wheels that would hide what the site itself is made of, and those the operator does not allow."""

import sys
from collections.abc import Iterable
from fnmatch import fnmatchcase
from importlib.machinery import PathFinder

from questline_core.generations.environment import InstalledDistribution
from questline_core.generations.wheels import WheelError, WheelFile, normal_name


def refuse_shadows(wheels: Iterable[WheelFile], base: dict[str, InstalledDistribution]) -> None:
    """Raise `WheelError` where a wheel brings a package that the base environment has from somebody else."""
    for wheel in wheels:
        own = set(base[wheel.name].provides.values()) if wheel.name in base else set()
        for name in sorted(wheel.top_levels - own):
            if name in sys.stdlib_module_names or _is_of_the_base(name):
                raise WheelError(f"{wheel.filename} is refused: its package {name!r} would hide the site's own")


def refuse_not_allowed(names: Iterable[str], allow: list[str] | None) -> None:
    """Raise `WheelError` for a plugin's distribution that matches no pattern of the allow-list."""
    if allow is None:
        return
    patterns = [pattern.lower().replace("_", "-") for pattern in allow]
    for name in names:
        if not any(fnmatchcase(normal_name(name), pattern) for pattern in patterns):
            raise WheelError(f"{name} is not in the allow-list; add it to `allow` under [plugins] in questline.toml")


def _is_of_the_base(name: str) -> bool:
    """Say whether the base has a module of this name; namespace packages belong to nobody."""
    try:
        spec = PathFinder.find_spec(name, sys.path)
    except (ImportError, ValueError):
        return False
    return spec is not None and spec.origin is not None
