"""What a plugin's files say of it, read without running any of them: manifest, permissions, revisions."""

import ast
from collections.abc import Iterator
from configparser import ConfigParser, Error
from pathlib import Path
from typing import Protocol

import msgspec

from questline_core.generations.overlay import PREFIXES
from questline_sdk import Manifest

PLUGINS = "questline.plugins.v1"
RESERVED = ("core", "queue", "public", "information_schema", "questline", "theme", "pack")
"""Schemas and prefixes that are not a plugin's to take; so is every name that begins with `pg_`."""


class ContentError(Exception):
    """A plugin's files say something that cannot be; the message says what."""


class Files(Protocol):
    """Files by their names relative to where packages lie."""

    @property
    def names(self) -> list[str]:
        """Every file."""
        ...

    def read(self, name: str) -> bytes:
        """A file's content; raises `KeyError` or `OSError`."""
        ...


class Folder:
    """The files of an installed package."""

    def __init__(self, package: Path) -> None:
        self._root = package.parent
        self._package = package

    @property
    def names(self) -> list[str]:
        """Every file of the package."""
        found = (each for each in self._package.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
        return [each.relative_to(self._root).as_posix() for each in found]

    def read(self, name: str) -> bytes:
        """A file's content."""
        return (self._root / name).read_bytes()


class Revision(msgspec.Struct, frozen=True):
    """One step of a plugin's migrations."""

    revision: str
    down: str | None


class PluginContents(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin as its files describe it."""

    manifest: Manifest
    permissions: tuple[str, ...]
    """The names written out in its code; what it registers when it runs is compared with these."""
    revisions: tuple[str, ...]
    """In the order they are applied."""


def provided(entry_points: str) -> dict[str, str]:
    """What an `entry_points.txt` adds to a site: ids (themes and packs with their prefix) with their package."""
    parser = ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    try:
        parser.read_string(entry_points)
    except Error as error:
        raise ContentError(f"entry_points.txt: {error}") from None
    return {
        prefix + name: value.partition(":")[0].partition(".")[0].strip()
        for group, prefix in PREFIXES.items()
        if parser.has_section(group)
        for name, value in parser.items(group)
    }


def read_plugin(files: Files, package: str, plugin_id: str) -> PluginContents:
    """Read a plugin's files; raises `ContentError`."""
    try:
        manifest = Manifest.decode(files.read(f"{package}/plugin.toml"))
    except (KeyError, OSError):
        raise ContentError(f"it has no {package}/plugin.toml") from None
    except ValueError as error:
        raise ContentError(str(error)) from None
    if manifest.id != plugin_id:
        raise ContentError(f"plugin.toml says id {manifest.id!r}, the entry point {plugin_id!r}")
    if plugin_id in RESERVED or plugin_id.startswith("pg_"):
        raise ContentError(f"the id {plugin_id!r} is reserved")
    names = files.names
    versions = f"{package}/migrations/versions/"
    scripts = [name for name in names if name.startswith(versions) and name.endswith(".py")]
    python = [name for name in names if name.endswith(".py") and name not in scripts]
    return PluginContents(
        manifest=manifest,
        permissions=tuple(sorted({found for name in python for found in _permissions(_parse(files, name))})),
        revisions=_chain([_revision(_parse(files, name), name) for name in scripts]),
    )


def _parse(files: Files, name: str) -> ast.Module:
    try:
        return ast.parse(files.read(name))
    except (SyntaxError, ValueError) as error:
        raise ContentError(f"{name} is not Python: {error}") from None


def _constants(module: ast.Module) -> Iterator[tuple[str, str | None]]:
    """The module's names that are bound to a string or to None."""
    for node in module.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str | None):
                yield target.id, value.value


def _permissions(module: ast.Module) -> Iterator[str]:
    constants = dict(_constants(module))
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or getattr(node.func, "attr", getattr(node.func, "id", "")) != "Permission":
            continue
        for keyword in node.keywords:
            if keyword.arg != "name":
                continue
            value = keyword.value
            found = constants.get(value.id) if isinstance(value, ast.Name) else getattr(value, "value", None)
            if isinstance(found, str):
                yield found


def _revision(module: ast.Module, name: str) -> Revision:
    constants = dict(_constants(module))
    revision = constants.get("revision")
    if not revision or "down_revision" not in constants:
        raise ContentError(f'{name} must say `revision = "..."` and `down_revision = ...`')
    return Revision(revision, constants["down_revision"])


def _chain(revisions: list[Revision]) -> tuple[str, ...]:
    """Order a linear history; raises `ContentError` where it forks or breaks."""
    after: dict[str | None, list[str]] = {}
    for each in revisions:
        after.setdefault(each.down, []).append(each.revision)
    chain: list[str] = []
    while following := after.pop(chain[-1] if chain else None, []):
        if len(following) > 1:
            raise ContentError(f"its migrations have {len(following)} heads ({', '.join(sorted(following))}), not one")
        chain += following
    if after:
        raise ContentError(f"its migrations name {min(map(str, after))!r} as a predecessor, which is not there")
    return tuple(chain)
