"""Released versions of the SDK: their sources out of the repository's history, and wheels built of them."""

import io
import shutil
import site
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
RELEASED: dict[str, str] = tomllib.loads(Path(__file__).with_name("released.toml").read_text())["sdk"]


class NotInThisClone(Exception):
    """The clone lacks a released commit, and could not fetch it."""


def git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)


def is_repository() -> bool:
    return shutil.which("git") is not None and git("rev-parse", "--git-dir").returncode == 0


def tagged_commit(version: str) -> str | None:
    """What the release's tag names; None in a clone without tags."""
    found = git("rev-parse", "--verify", "--quiet", f"sdk-v{version}^{{commit}}")
    return found.stdout.decode().strip() or None


def require_commit(version: str) -> str:
    """The commit of a release, fetched where a shallow clone lacks it; raises `NotInThisClone`."""
    commit = RELEASED[version]
    if git("cat-file", "-e", f"{commit}^{{commit}}").returncode == 0:
        return commit
    fetched = git("fetch", "--quiet", "--depth=1", "origin", commit)
    if fetched.returncode != 0:
        raise NotInThisClone(
            f"SDK {version} is commit {commit[:12]}, which this clone lacks; run `git fetch --unshallow` "
            f"(git fetch said: {fetched.stderr.decode().strip() or 'nothing'})"
        )
    return commit


def extract(version: str, folder: str, target: Path) -> Path:
    """Write a folder of the released commit to disk; returns it."""
    archive = git("archive", "--format=zip", require_commit(version), folder)
    if archive.returncode != 0:
        raise NotInThisClone(archive.stderr.decode().strip())
    with zipfile.ZipFile(io.BytesIO(archive.stdout)) as unpacked:
        unpacked.extractall(target)
    return target / folder


def folders(version: str, pattern: str) -> list[str]:
    """The folders `<pattern>/<name>` of a released commit that are distributions."""
    listed = git("ls-tree", "-r", "--name-only", require_commit(version), "--", pattern).stdout.decode().splitlines()
    return sorted(
        name.removesuffix("/pyproject.toml") for name in listed if name.count("/") == 2 and "pyproject" in name
    )


def build_wheel(source: Path, target: Path) -> Path:
    """Build a wheel without a network."""
    command = [uv(), "build", "--quiet", "--wheel", "--offline", "--no-build-isolation", "--python", sys.executable]
    done = subprocess.run([*command, "--out-dir", target, source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = target.glob(f"{wheel_prefix(source)}-*.whl")
    return wheel


def wheel_prefix(source: Path) -> str:
    name: str = tomllib.loads((source / "pyproject.toml").read_text())["project"]["name"]
    return name.replace("-", "_")


def layered(folder: Path) -> Path:
    """A virtual environment that finds everything of the present one behind its own packages; its interpreter."""
    venv.create(folder, with_pip=False, symlinks=True)
    (own,) = folder.glob("lib/python*/site-packages")
    for number, path in enumerate(site.getsitepackages()):
        (own / f"behind{number}.pth").write_text(f"import site; site.addsitedir({path!r})\n")
    return folder / "bin" / "python"


def install(python: Path, *wheels: Path) -> None:
    """Install wheels, and nothing that they depend on."""
    command = [uv(), "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python]
    done = subprocess.run([*command, *wheels], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def uv() -> str:
    return shutil.which("uv", path=sysconfig.get_path("scripts")) or shutil.which("uv") or "uv"
