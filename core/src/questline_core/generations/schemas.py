"""What is kept about a generation: its wheels, and which of the base environment's plugins it hides."""

from pathlib import Path

import msgspec

FOLDER = "generations"
MANIFEST = "generation.json"
SITE_PACKAGES = "site-packages"


class LockedWheel(msgspec.Struct, frozen=True, kw_only=True):
    """One wheel of a generation, pinned by its hash."""

    name: str
    version: str
    sha256: str
    filename: str
    plugin_ids: tuple[str, ...] = ()
    """What it adds to the site: plugin ids, `theme:<id>`, `pack:<id>`; empty for a third-party dependency."""
    source: str = ""
    """What the operator named, or whose dependency it is."""


class GenerationManifest(msgspec.Struct, frozen=True, kw_only=True):
    """`generation.json` beside a generation's packages."""

    number: int
    plan: tuple[LockedWheel, ...] = ()
    hidden: tuple[str, ...] = ()


def generation_folder(home: Path, number: int) -> Path:
    """Where a generation lies on this machine."""
    return home / FOLDER / str(number)
