"""A plugin's folder, read without importing the plugin, and made to count as installed."""

import shutil
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from questline_core.plugins.loader import GROUP


class NotAPlugin(Exception):
    """The folder holds no plugin; the message says what is missing."""


class PluginSource(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin under development.

    Args:
        id: The plugin's id.
        folder: Where its `pyproject.toml` lies.
        packages: The folder that is put on Python's path.
        project: The table `[project]`.
    """

    id: str
    folder: Path
    packages: Path
    project: dict[str, Any]

    @classmethod
    def read(cls, folder: Path) -> "PluginSource":
        """Read a folder; raises `NotAPlugin`."""
        folder = folder.resolve()
        try:
            project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
            raise NotAPlugin(f"{folder} has no pyproject.toml of a plugin: {error}") from error
        entries = project.get("entry-points", {}).get(GROUP, {})
        if len(entries) != 1:
            raise NotAPlugin(f"{folder / 'pyproject.toml'} must name one plugin under entry points {GROUP!r}")
        packages = folder / "src" if (folder / "src").is_dir() else folder
        return cls(id=next(iter(entries)), folder=folder, packages=packages, project=project)

    @property
    def ui(self) -> Path | None:
        """The folder of its user interface; None where it has none."""
        return self.folder / "ui" if (self.folder / "ui" / "vite.config.ts").is_file() else None

    def install(self, target: Path) -> list[Path]:
        """Describe the plugin as an installed distribution in a folder; returns what must be on Python's path."""
        name = str(self.project["name"])
        version = str(self.project.get("version", "0.0.0"))
        shutil.rmtree(target, ignore_errors=True)  # it may describe an older version
        info = target / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True, exist_ok=True)
        required = "".join(f"Requires-Dist: {each}\n" for each in self.project.get("dependencies", []))
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{required}")
        lines = [f"[{GROUP}]", *(f"{key} = {value}" for key, value in self.project["entry-points"][GROUP].items())]
        (info / "entry_points.txt").write_text("\n".join(lines) + "\n")
        return [self.packages, target]
