"""What an operator names: a distribution, the id of a plugin, a wheel, or a folder with a plugin's source."""

import importlib.util
import tempfile
from pathlib import Path

import msgspec
from packaging.requirements import InvalidRequirement, Requirement

from questline_cli.site import run
from questline_core.generations.contents import provided
from questline_core.generations.environment import installed_distributions
from questline_core.generations.errors import OperationError
from questline_core.generations.uv import UvError, cause, run_uv
from questline_core.generations.wheels import WheelError, WheelFile, normal_name, wheels_in


def read_sources(names: list[str], wheelhouse: Path | None) -> tuple[tuple[str, ...], tuple[WheelFile, ...]]:
    """Sort what was named into requirements and wheels; folders are built."""
    targets, given = [], []
    for name in names:
        path = Path(name)
        if path.suffix == ".whl":
            given.append(read_wheel(path))
        elif "/" in name or (path.is_dir() and (path / "pyproject.toml").is_file()):
            given.append(build_wheel(path))
        else:
            targets.append(requirement(name, wheelhouse))
    return tuple(targets), tuple(given)


def read_wheel(path: Path) -> WheelFile:
    """A wheel from a file; raises `WheelError` or `OperationError`."""
    try:
        return WheelFile(path.name, path.read_bytes())
    except OSError as error:
        raise OperationError(f"{path} cannot be read: {error.strerror}") from error


def build_wheel(folder: Path) -> WheelFile:
    """Build a plugin's folder into a wheel; its pages must be built already."""
    if not (folder / "pyproject.toml").is_file():
        raise OperationError(f"{folder} has no pyproject.toml; name a distribution, a wheel, or a plugin's folder")
    if (folder / "ui" / "package.json").is_file() and not any(folder.glob("src/*/ui_dist/plugin.json")):
        raise OperationError(f"the pages of {folder} are not built; run `npm run build` in {folder / 'ui'} first")
    with tempfile.TemporaryDirectory(prefix="questline-") as built:
        try:
            options = ("--wheel", "--quiet", "--out-dir", built, *_isolation(folder))
            run(run_uv("build", *options, str(folder.absolute())))
        except UvError as error:
            raise OperationError(f"{folder} cannot be built: {cause(error)}") from error
        (path,) = Path(built).glob("*.whl")
        return read_wheel(path)


def _isolation(folder: Path) -> tuple[str, ...]:
    """Build with the backend that is installed here, where it is: then no network is needed."""
    try:
        project = msgspec.toml.decode((folder / "pyproject.toml").read_bytes())
        backend = str(project["build-system"]["build-backend"]).partition(".")[0]
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError, OSError):
        return ()
    return ("--no-build-isolation",) if importlib.util.find_spec(backend) else ()


def requirement(name: str, wheelhouse: Path | None) -> str:
    """A requirement; where the name is a plugin's id, that of its distribution."""
    try:
        asked = Requirement(name)
    except InvalidRequirement as error:
        raise OperationError(f"{name!r} is no name with a range of versions: {str(error).splitlines()[0]}") from None
    found = distribution_of(asked.name, wheelhouse)
    return f"{found}{asked.specifier}" if found else name


def distribution_of(plugin_id: str, wheelhouse: Path | None) -> str | None:
    """The distribution of a plugin's id, among what is installed and what lies in the wheelhouse."""
    for each in installed_distributions().values():
        if plugin_id in each.provides:
            return each.name
    for path in reversed(list(wheels_in(wheelhouse)) if wheelhouse else []):
        try:
            wheel = WheelFile(path.name, path.read_bytes())
        except (WheelError, OSError):
            continue
        if normal_name(plugin_id) == wheel.name:
            return None
        if plugin_id in provided(wheel.entry_points):
            return wheel.name
    return None
