"""Writes a new folder in one piece: all of its files or none."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


class FolderRefused(Exception):
    """The folder cannot be written; the message says why."""


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder that does not exist yet (or is empty); raises `FolderRefused`."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderRefused(f"{folder} exists already; choose another name or --dir")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise FolderRefused(f"{folder.parent} cannot be written: {error.strerror}") from error
    try:
        for name, text in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        beside.chmod(0o755)
        beside.rename(folder)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise FolderRefused(f"{folder} cannot be written: {error.strerror}") from error
