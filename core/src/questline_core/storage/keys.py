"""Keys of blobs: relative paths of plain names, safe as file names and as object names."""

import re

from questline_sdk import Invalid

MAX_LENGTH = 512
SUFFIX = ".blob"
"""Ending that local files add to a key; no name in a key may have it, so that a file never meets a folder."""

_NAME = r"[A-Za-z0-9_][A-Za-z0-9._-]*"
_KEY = re.compile(rf"{_NAME}(/{_NAME})*")
_PREFIX = re.compile(rf"(|{_NAME}(/{_NAME})*/?)")


def check_key(key: str) -> str:
    """Return the key; raises `Invalid` for one that could leave the store's folder or that some store cannot keep."""
    if len(key) > MAX_LENGTH or not _KEY.fullmatch(key) or _clashes(key):
        raise Invalid.field("key", "must be names of letters, digits, '.', '_' and '-' joined by '/'")
    return key


def check_prefix(prefix: str) -> str:
    """Return the prefix; raises `Invalid` for one that no key can start with."""
    if len(prefix) > MAX_LENGTH or not _PREFIX.fullmatch(prefix):
        raise Invalid.field("prefix", "must be the beginning of a key")
    return prefix


def _clashes(key: str) -> bool:
    return any(name.endswith(SUFFIX) for name in key.split("/"))
