"""Pages of plugins in another version than this process runs.

While processes are replaced, a browser that got its list from a new one may ask an old one for a file, and a tab that
was open before still wants the files of the version it began with. Both lie in a generation on this machine.
"""

import asyncio
import sys
from importlib.machinery import PathFinder
from importlib.metadata import distributions
from pathlib import Path

import msgspec

from questline_core.generations.schemas import FOLDER, MANIFEST, SITE_PACKAGES, GenerationManifest
from questline_core.ui.bundles import FOLDER as PAGES

GROUP = "questline.plugins.v1"


async def pages_of(home: Path, plugin_id: str, version: str) -> Path | None:
    """The folder of a version's built pages, in a generation of this machine or under one in the base environment."""
    return await asyncio.to_thread(_find, home, plugin_id, version)


def _find(home: Path, plugin_id: str, version: str) -> Path | None:
    generations = home / FOLDER
    base = [place for place in sys.path if not Path(place).is_relative_to(generations)]
    for path in generations.glob(f"*/{MANIFEST}"):
        overlay = [str(path.parent / SITE_PACKAGES)]
        for name in _distributions(path, plugin_id):
            found = _pages(overlay, name, plugin_id, version) or _pages(base, name, plugin_id, version)
            if found is not None:
                return found
    return None


def _distributions(path: Path, plugin_id: str) -> list[str]:
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=GenerationManifest)
    except (OSError, msgspec.DecodeError):  # it is being removed
        return []
    return [wheel.name for wheel in manifest.plan if plugin_id in wheel.plugin_ids]


def _pages(places: list[str], name: str, plugin_id: str, version: str) -> Path | None:
    for distribution in distributions(name=name, path=places):
        if distribution.version != version:
            continue
        for entry in distribution.entry_points.select(group=GROUP, name=plugin_id):
            spec = PathFinder.find_spec(entry.module.partition(".")[0], places)
            for folder in (spec and spec.submodule_search_locations) or ():
                if (Path(folder) / PAGES).is_dir():
                    return Path(folder) / PAGES
    return None
