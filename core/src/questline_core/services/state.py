"""Small files that remember ports, places and secrets."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

from questline_core.services.errors import ServiceError


def explain(error: OSError, path: Path) -> ServiceError:
    """Turn an error of the file system into one line that names the path."""
    where = error.filename2 or error.filename or path
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ServiceError(f"The disk is full: no room for {where}.")
    if error.errno in {errno.EEXIST, errno.ENOTDIR}:
        return ServiceError(f"Cannot use {path}: {where} is in the way, it is not a directory.")
    return ServiceError(f"Cannot use {where}: {(error.strerror or str(error)).lower()}.")


def make_directory(path: Path, mode: int = 0o755) -> Path:
    """Create a directory with exactly this mode unless it is there, and return it."""
    try:
        if not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.mkdir()
            path.chmod(mode)
    except OSError as error:
        raise explain(error, path) from error
    return path


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file, empty when the file is missing or damaged."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    except OSError as error:
        raise explain(error, path) from error
    return value if isinstance(value, dict) else {}


def write_private(path: Path, text: str) -> None:
    """Replace a file readable by its owner only, in one step that survives a crash."""
    scratch = path.with_name(f"{path.name}.new")
    try:
        scratch.unlink(missing_ok=True)
        scratch.touch(mode=0o600, exist_ok=False)
        with scratch.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError as error:
        raise explain(error, path) from error


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Replace a JSON file readable by its owner only."""
    write_private(path, json.dumps(value, indent=2) + "\n")


def new_secret() -> str:
    """Return a password that needs no quoting in a URL, in SQL or in a configuration file."""
    return secrets.token_hex(24)


def remove_tree(path: Path) -> None:
    """Remove a directory with everything in it; one that is not there is fine."""
    try:
        shutil.rmtree(path)
    except FileNotFoundError:
        return
    except OSError as error:
        raise explain(error, path) from error


def require_space(path: Path, megabytes: int, purpose: str) -> None:
    """Refuse when the disk has less room than this left for us."""
    try:
        free = shutil.disk_usage(path).free // 1_000_000
    except OSError as error:
        raise explain(error, path) from error
    if free < megabytes:
        raise ServiceError(f"The disk is full: {path} has {free} MB left and {purpose} needs {megabytes} MB.")
