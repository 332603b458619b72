"""Puts a generation's packages before the base environment's, so that its plugins are the ones that are found."""

import importlib
import os
import sys
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import msgspec

from questline_core.generations.models import BASE
from questline_core.generations.schemas import MANIFEST, SITE_PACKAGES, GenerationManifest, generation_folder
from questline_core.settings import Settings

ENVIRONMENT = "QUESTLINE_GENERATION"
"""Names the generation to the processes that a server's master starts."""
PREFIXES = {"questline.plugins.v1": "", "questline.themes.v1": "theme:", "questline.packs.v1": "pack:"}
"""The entry-point groups that generations are about, and what goes before an id of theirs among the hidden ones."""


class OverlayError(Exception):
    """A generation cannot be used by this process; the message says why."""


class _Active(msgspec.Struct):
    number: int = BASE
    hidden: frozenset[str] = frozenset()


_active = _Active()


def activate_generation(home: Path, number: int) -> None:
    """Use a generation that is built on this machine. Call it before plugins are discovered, once per process.

    Raises:
        OverlayError: It is not built here, or another one is in use.
    """
    if number == _active.number:
        return
    if _active.number != BASE:
        raise OverlayError(f"this process runs generation {_active.number}; start another one for generation {number}")
    folder = generation_folder(home, number)
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=GenerationManifest)
    except (OSError, msgspec.DecodeError) as error:
        raise OverlayError(f"generation {number} is not built in {folder.parent}: {error}") from error
    sys.path.insert(0, str(folder / SITE_PACKAGES))
    importlib.invalidate_caches()
    _active.number, _active.hidden = number, frozenset(manifest.hidden)


def activate(settings: Settings) -> int:
    """Use the generation that the environment names, if any; returns the number in use.

    Processes that find the wanted generation in the database call `build.activate_wanted` instead.
    """
    named = os.environ.get(ENVIRONMENT, "")
    if named:
        activate_generation(settings.home_path, int(named))
    return _active.number


def active_generation() -> int:
    """The number of the generation this process runs."""
    return _active.number


def installed(group: str) -> list[EntryPoint]:
    """The entry points of a group by name, without those that the generation hides."""
    prefix = PREFIXES.get(group, "")
    found = (entry for entry in entry_points(group=group) if prefix + entry.name not in _active.hidden)
    return sorted(found, key=lambda entry: entry.name)
