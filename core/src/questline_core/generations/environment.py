"""What is installed: the base environment's distributions, and the plugins of a generation; nothing is imported."""

import sys
from collections.abc import Container, Iterable
from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.metadata import Distribution, distributions
from pathlib import Path

import msgspec
from packaging.utils import canonicalize_name

from questline_core.db.migrate import Owner
from questline_core.generations.contents import ContentError, Folder, PluginContents, provided, read_plugin
from questline_core.generations.models import BASE
from questline_core.generations.schemas import SITE_PACKAGES, generation_folder


class InstalledDistribution(msgspec.Struct, frozen=True, kw_only=True):
    """A distribution that lies on a path."""

    name: str
    version: str
    requires: tuple[str, ...] = ()
    provides: dict[str, str] = {}
    """The ids it adds to a site, with their packages."""


class SitePlugin(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin, theme or pack of a generation (or its base), as it lies on disk."""

    id: str
    distribution: str
    version: str
    package: Path | None
    contents: PluginContents | None
    problem: str | None = None

    @property
    def owner(self) -> Owner | None:
        """The plugin as an owner of migrations; None without tables."""
        if self.package is None or not (self.package / "migrations" / "versions").is_dir():
            return None
        return Owner(schema=self.id, scripts=self.package / "migrations")

    @property
    def revisions(self) -> tuple[str, ...]:
        """Its migrations in order."""
        return self.contents.revisions if self.contents else ()


def installed_distributions(path: Iterable[str] | None = None) -> dict[str, InstalledDistribution]:
    """The distributions on a path (this process's by default) by their normal name; the first of a name counts."""
    found: dict[str, InstalledDistribution] = {}
    for each in distributions(path=list(sys.path if path is None else path)):
        name = canonicalize_name(each.metadata["Name"] or "")
        if name and name not in found:
            found[name] = InstalledDistribution(
                name=name, version=each.version, requires=tuple(each.requires or ()), provides=_provides(each)
            )
    return found


@lru_cache(maxsize=1)
def base_distributions() -> dict[str, InstalledDistribution]:
    """The distributions of the base environment; this process must run no generation on top of it."""
    return installed_distributions()


def site_entries(home: Path, number: int, hidden: Iterable[str]) -> dict[str, SitePlugin]:
    """The plugins, themes and packs of a generation by id, without those it hides."""
    left_out = set(hidden)
    own = [] if number == BASE else [str(generation_folder(home, number) / SITE_PACKAGES)]
    brought = installed_distributions(own)
    stays = {entry_id: entry for entry_id, entry in _base_entries().items() if entry.distribution not in brought}
    found = stays | _entries(brought, [*own, *sys.path])
    return {entry_id: entry for entry_id, entry in found.items() if entry_id not in left_out}


@lru_cache(maxsize=1)
def _base_entries() -> dict[str, SitePlugin]:
    return _entries(base_distributions(), list(sys.path))


def site_plugins_here(wanted: Container[str]) -> dict[str, SitePlugin]:
    """Of the plugins of the generation that this process runs, those that are wanted, by id."""
    return _entries(installed_distributions(), list(sys.path), wanted)


def _entries(
    installed: dict[str, InstalledDistribution], path: list[str], wanted: Container[str] | None = None
) -> dict[str, SitePlugin]:
    return {
        entry_id: _site_plugin(entry_id, package, each, path)
        for each in installed.values()
        for entry_id, package in each.provides.items()
        if wanted is None or entry_id in wanted
    }


def _provides(distribution: Distribution) -> dict[str, str]:
    text = distribution.read_text("entry_points.txt")
    try:
        return provided(text) if text and "questline." in text else {}
    except ContentError:
        return {}


def _site_plugin(plugin_id: str, package: str, distribution: InstalledDistribution, path: list[str]) -> SitePlugin:
    spec = PathFinder.find_spec(package, path)
    folder = Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None
    contents, problem = None, None
    try:
        if folder is None:
            raise ContentError(f"package {package!r} is not there")
        if ":" not in plugin_id:
            contents = read_plugin(Folder(folder), package, plugin_id)
    except ContentError as error:
        problem = str(error)
    return SitePlugin(
        id=plugin_id,
        distribution=distribution.name,
        version=distribution.version,
        package=folder,
        contents=contents,
        problem=problem,
    )
