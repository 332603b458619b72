"""Reads wheels, and refuses one whose files would land elsewhere, are not what its RECORD says, or are too many."""

import base64
import binascii
import csv
import hashlib
import io
import stat
import zipfile
from email.message import Message
from email.parser import HeaderParser
from functools import cached_property
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

MAX_FILES = 20_000
MAX_BYTES = 300_000_000
"""Unpacked, of one wheel."""
UNHASHED = (".dist-info/RECORD", ".dist-info/RECORD.jws", ".dist-info/RECORD.p7s")


def normal_name(name: str) -> str:
    """A distribution's name as names are compared."""
    return str(canonicalize_name(name))


class WheelError(Exception):
    """A wheel cannot be used; the message names the wheel and says why."""


class WheelFile:
    """A checked wheel in memory; raises `WheelError` where it is not one to install."""

    def __init__(self, filename: str, content: bytes) -> None:
        self.filename = filename
        self.content = content
        self.sha256 = hashlib.sha256(content).hexdigest()
        try:
            name, version, _, _ = parse_wheel_filename(filename)
        except InvalidWheelFilename as error:
            raise WheelError(f"{filename} is not a wheel: {error}") from None
        self.name: str = name
        self.version = str(version)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._check_entries()
            self._check_record()
            self._check_metadata()
        except (
            zipfile.BadZipFile,
            EOFError,
            UnicodeDecodeError,
            csv.Error,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise WheelError(f"{filename} is damaged: {error}") from error

    @property
    def names(self) -> list[str]:
        """The files in it."""
        return [each.filename for each in self._zip.infolist() if not each.is_dir()]

    def read(self, name: str) -> bytes:
        """A file's content; raises `KeyError`."""
        return self._zip.read(name)

    @cached_property
    def requires(self) -> list[Requirement]:
        """What it asks for."""
        return [Requirement(line) for line in self._metadata.get_all("Requires-Dist") or []]

    @cached_property
    def entry_points(self) -> str:
        """The text of its `entry_points.txt`; empty where it has none."""
        name = f"{self._info}/entry_points.txt"
        return self.read(name).decode() if name in self.names else ""

    @cached_property
    def top_levels(self) -> set[str]:
        """The packages and modules it brings."""
        found = set()
        for name in self.names:
            first, *rest = PurePosixPath(name).parts
            if first.endswith(".data") and len(rest) > 1 and rest[0] in {"purelib", "platlib"}:
                first = rest[1]
            if not first.endswith((".dist-info", ".data")):
                found.add(first.partition(".")[0])
        return found

    @cached_property
    def _info(self) -> str:
        folders = {name.partition("/")[0] for name in self.names if name.endswith(".dist-info/METADATA")}
        if len(folders) != 1:
            raise WheelError(f"{self.filename} is damaged: it needs exactly one .dist-info/METADATA")
        return folders.pop()

    @cached_property
    def _metadata(self) -> Message:
        return HeaderParser().parsestr(self.read(f"{self._info}/METADATA").decode())

    def _check_entries(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MAX_FILES or sum(each.file_size for each in entries) > MAX_BYTES:
            raise WheelError(f"{self.filename} is too large: at most {MAX_FILES} files and {MAX_BYTES // 10**6} MB")
        seen = set()
        for entry in entries:
            name = entry.filename
            parts = name.rstrip("/").split("/")
            if name.startswith("/") or "\\" in name or "\0" in name or ":" in parts[0] or {"", ".", ".."} & set(parts):
                raise WheelError(f"{self.filename} is refused: its file {name!r} would land outside of its folder")
            if stat.S_ISLNK(entry.external_attr >> 16):
                raise WheelError(f"{self.filename} is refused: its file {name!r} is a link")
            if name in seen:
                raise WheelError(f"{self.filename} is damaged: it has {name!r} twice")
            seen.add(name)

    def _check_record(self) -> None:
        if f"{self._info}/RECORD" not in self.names:
            raise WheelError(f"{self.filename} is damaged: it has no RECORD")
        rows = csv.reader(io.StringIO(self.read(f"{self._info}/RECORD").decode()))
        recorded = {row[0]: row[1] for row in rows if len(row) >= 2}
        for name in self.names:
            if name.endswith(UNHASHED):
                continue
            if name not in recorded:
                raise WheelError(f"{self.filename} is damaged: {name} is not in its RECORD")
            if not _matches(recorded[name], self.read(name)):
                raise WheelError(f"{self.filename} is damaged: {name} is not what its RECORD says")
        missing = recorded.keys() - set(self.names)
        if missing:
            raise WheelError(f"{self.filename} is damaged: {min(missing)} of its RECORD is missing")

    def _check_metadata(self) -> None:
        said = f"{normal_name(self._metadata['Name'] or '')} {self._metadata['Version']}"
        if said != f"{self.name} {self.version}":
            raise WheelError(f"{self.filename} is damaged: its METADATA says {said}")


def wheels_in(folder: Path) -> list[Path]:
    """The wheels of a wheelhouse, the newest version of each distribution last."""
    found = []
    for path in folder.glob("*.whl"):
        try:
            name, version, _, _ = parse_wheel_filename(path.name)
        except ValueError:
            continue
        found.append((name, version, path))
    return [path for _, _, path in sorted(found, key=lambda each: each[:2])]


def _matches(recorded: str, content: bytes) -> bool:
    algorithm, _, digest = recorded.partition("=")
    if algorithm not in {"sha256", "sha384", "sha512"}:
        return False
    try:
        expected = base64.urlsafe_b64decode(digest + "=" * (-len(digest) % 4))
    except (binascii.Error, ValueError):
        return False
    return hashlib.new(algorithm, content).digest() == expected
