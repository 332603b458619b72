"""The prebuilt pages in a plugin's package, and whether this host can run them."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from questline_core.plugins.registry import PluginRecord
from questline_core.ui.schemas import UiPlugin
from questline_core.ui.static import child

DIST = Path(__file__).parent / "dist"
"""The built application."""
FOLDER = "ui_dist"
MANIFEST = "plugin.json"


class BundleManifest(msgspec.Struct, frozen=True, kw_only=True):
    """`plugin.json`, as the plugin build kit writes it."""

    id: str
    version: str
    sdk: str
    entry: str
    title: str = ""
    css: list[str] = []
    integrity: str | None = None
    imports: dict[str, list[str]] = {}
    """Per shared module, the names that the plugin's code imports."""
    contributions: dict[str, Any] = {}


class SharedModules(msgspec.Struct, frozen=True, kw_only=True):
    """`shared.json`: what this build of the application shares with plugins."""

    sdk_version: str
    modules: dict[str, list[str]]


class BundleError(Exception):
    """A plugin's pages cannot be used; the message says why."""


def bundle(record: PluginRecord) -> UiPlugin | None:
    """A plugin's pages; None where it has none.

    Raises:
        BundleError: It has some, but they do not fit this host.
    """
    folder = ui_folder(record)
    if folder is None:
        return None
    found = _read(folder, _changed(folder / MANIFEST), _changed(DIST / "shared.json"), record.id)
    if isinstance(found, str):
        raise BundleError(found)
    base = f"/plugins/{record.id}/{record.version}"
    return UiPlugin(
        id=record.id,
        version=record.version,
        title=found.title or record.manifest.title,
        entry=f"{base}/{found.entry}",
        css=[f"{base}/{name}" for name in found.css],
        integrity=found.integrity,
        sdk=found.sdk,
        contributions=found.contributions,
    )


def ui_folder(record: PluginRecord) -> Path | None:
    """The folder of a plugin's built pages; None where it has none."""
    folder = record.package / FOLDER if record.package else None
    return folder if folder is not None and folder.is_dir() else None


def ui_problem(record: PluginRecord) -> str | None:
    """Why a plugin's pages are left out; None where they are shown or there are none."""
    try:
        bundle(record)
    except BundleError as error:
        return f"its pages are left out: {error}"
    return None


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0


@lru_cache(maxsize=512)
def _read(folder: Path, _manifest_changed: int, _shared_changed: int, plugin_id: str) -> BundleManifest | str:
    """The manifest of a folder, or what is wrong with it; read again when either file changes."""
    try:
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=BundleManifest)
    except OSError as error:
        return f"{FOLDER}/{MANIFEST} cannot be read: {error.strerror}"
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return f"{FOLDER}/{MANIFEST}: {error}"
    if manifest.id != plugin_id:
        return f"{FOLDER}/{MANIFEST} belongs to {manifest.id!r}"
    for name in (manifest.entry, *manifest.css):
        if child(folder, name) is None:
            return f"{FOLDER}/{name} is missing"
    return _missing_import(manifest) or manifest


def _missing_import(manifest: BundleManifest) -> str | None:
    if not manifest.imports or not (DIST / "shared.json").is_file():
        return None
    shared = msgspec.json.decode((DIST / "shared.json").read_bytes(), type=SharedModules)
    for module, names in manifest.imports.items():
        if module not in shared.modules:
            return f"they import {module}, which this host does not share"
        missing = sorted(set(names) - set(shared.modules[module]) - {"*"})
        if missing:
            return f"they import {', '.join(missing)} from {module}, which this host does not have"
    return None
