"""Where a plugin under test comes from: an installed distribution, a folder with its source, or a wheel."""

import importlib.util
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import EntryPoint, distributions
from pathlib import Path

import msgspec

from questline_core.plugins.loader import GROUP, installed_plugins
from questline_sdk import Manifest


class NotFoundError(Exception):
    """There is no such plugin; the message says what was looked for."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin's entry point, and those of the installed plugins it may be tested with."""

    entry: EntryPoint
    others: tuple[EntryPoint, ...] = ()

    @property
    def id(self) -> str:
        """The plugin's id."""
        return self.entry.name

    def entries(self) -> list[EntryPoint]:
        """The plugin and, of the others, those it requires or can use, and what these require in turn."""
        by_name = {entry.name: entry for entry in self.others} | {self.id: self.entry}
        chosen: dict[str, EntryPoint] = {}
        waiting = [self.id]
        while waiting:
            name = waiting.pop()
            if name in by_name and name not in chosen:
                chosen[name] = by_name[name]
                waiting += _wanted(by_name[name])
        return [chosen[name] for name in sorted(chosen)]


@contextmanager
def find_plugin(what: str) -> Iterator[Found]:
    """Find a plugin by its id, or make the one in a folder or a wheel importable until the block ends.

    Raises:
        NotFoundError: No such plugin is installed, or the folder or the wheel holds none.
    """
    installed = tuple(installed_plugins())
    entry = next((each for each in installed if each.name == what), None)
    if entry is not None:
        yield Found(entry=entry, others=installed)
        return
    path = Path(what).expanduser()
    if not path.is_dir() and path.suffix != ".whl":
        known = ", ".join(each.name for each in installed) or "none"
        raise NotFoundError(f"no plugin {what!r} is installed (installed: {known}), and there is no such folder")
    with tempfile.TemporaryDirectory(prefix="questline-plugin-") as folder, _importable(path, Path(folder)) as entry:
        yield Found(entry=entry, others=installed)


@contextmanager
def _importable(path: Path, scratch: Path) -> Iterator[EntryPoint]:
    before = set(sys.modules)
    if path.is_dir():
        source = _describe_source(path.resolve(), scratch)
    else:
        if not path.is_file():
            raise NotFoundError(f"there is no wheel {path}")
        with zipfile.ZipFile(path) as wheel:
            wheel.extractall(scratch)
        source = scratch
    entries = [
        entry
        for distribution in distributions(path=[str(scratch)])
        for entry in distribution.entry_points
        if entry.group == GROUP
    ]
    if len(entries) != 1:
        raise NotFoundError(f"{path} declares {len(entries)} plugins in the entry-point group {GROUP}; one is needed")
    sys.path.insert(0, str(source))
    importlib.invalidate_caches()
    try:
        yield entries[0]
    finally:
        sys.path.remove(str(source))
        package = entries[0].module.partition(".")[0]
        for name in set(sys.modules) - before:
            if name.partition(".")[0] == package:
                del sys.modules[name]


def _describe_source(folder: Path, scratch: Path) -> Path:
    """Write the metadata that an installed distribution would have; returns the folder to import from."""
    try:
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise NotFoundError(f"{folder} is no plugin: its pyproject.toml cannot be read ({error})") from None
    points: dict[str, str] = project.get("entry-points", {}).get(GROUP, {})
    name = str(project["name"]).replace("-", "_")
    info = scratch / f"{name}-{project.get('version', '0')}.dist-info"
    info.mkdir()
    requires = "".join(f"Requires-Dist: {line}\n" for line in project.get("dependencies", ()))
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project.get('version', '0')}\n{requires}",
        encoding="utf-8",
    )
    lines = "".join(f"{key} = {value}\n" for key, value in points.items())
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{lines}", encoding="utf-8")
    return folder / "src" if (folder / "src").is_dir() else folder


def _wanted(entry: EntryPoint) -> list[str]:
    spec = importlib.util.find_spec(entry.module.partition(".")[0])
    if spec is None or not spec.submodule_search_locations:
        return []
    try:
        text = (Path(next(iter(spec.submodule_search_locations))) / "plugin.toml").read_bytes()
        manifest = Manifest.decode(text)
    except (OSError, ValueError):
        return []
    return [*manifest.requires, *manifest.optional]
