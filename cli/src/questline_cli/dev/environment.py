"""The environment of every process that runs with the plugin: the site's settings, the plugin in front."""

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from questline_core.settings import ENVIRONMENT_PREFIX, Settings


class Failed(Exception):
    """A command failed; the message is what it said."""


def environment(settings: Settings, path: list[Path]) -> dict[str, str]:
    """The variables; bytecode is not written, for an edit within a second of the last would be missed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ENVIRONMENT_PREFIX)}
    given = {name: value for name, value in msgspec.structs.asdict(settings).items() if _is_plain(value)}
    own = {f"{ENVIRONMENT_PREFIX}{name.upper()}": _text(value) for name, value in given.items()}
    # Node, too, comes from the environment that this interpreter belongs to.
    kept["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", os.defpath)])
    python_path = os.pathsep.join([*map(str, path), *filter(None, [os.environ.get("PYTHONPATH")])])
    return kept | own | {"PYTHONPATH": python_path, "PYTHONDONTWRITEBYTECODE": "1"}


async def command(*arguments: str, variables: Mapping[str, str]) -> str:
    """Run a Python module to its end; raises `Failed` with its last lines."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *arguments,
        env=dict(variables),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    if process.returncode:
        raise Failed((errors or output).decode(errors="replace").strip())
    return output.decode()


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | bool)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
