"""Folders of wheels for the resolver: stand-ins for what the base has, and what the running generation consists of.

The base environment's own wheels are not at hand (it may have been installed from anywhere), and the resolver only
reads their metadata. So each gets a stand-in of a few hundred bytes, which is never installed.
"""

import zipfile
from pathlib import Path

from packaging.requirements import Requirement

from questline_core.generations.environment import InstalledDistribution

BASE_FOLDER = "base"


def write_stand_ins(folder: Path, base: dict[str, InstalledDistribution]) -> None:
    """Write a stand-in for each distribution of the base."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in base.values():
        stem = f"{each.name.replace('-', '_')}-{each.version}"
        with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
            info = f"{stem}.dist-info"
            wheel.writestr(f"{info}/METADATA", _metadata(each))
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")


def _metadata(distribution: InstalledDistribution) -> str:
    """Name, version and requirements; of what is no plugin only those of extras: the others are installed with it."""
    lines = ["Metadata-Version: 2.1", f"Name: {distribution.name}", f"Version: {distribution.version}"]
    extras: set[str] = set()
    for line in distribution.requires:
        own = _extras(line)
        extras.update(own)
        if distribution.provides or own:
            lines.append(f"Requires-Dist: {line}")
    lines += [f"Provides-Extra: {extra}" for extra in sorted(extras)]
    return "\n".join(lines) + "\n"


def _extras(line: str) -> list[str]:
    if "extra" not in line:
        return []
    marker = str(Requirement(line).marker or "")
    return [part.split('"')[1] for part in marker.split("extra ==")[1:] if part.count('"') >= 2]
