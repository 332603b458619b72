"""Wheels of small plugins, written by hand: what a build would make of a folder, without one."""

import base64
import hashlib
import zipfile
from collections.abc import Mapping
from pathlib import Path

GROUP = "questline.plugins.v1"
WHEEL = "Wheel-Version: 1.0\nGenerator: questline\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def write_wheel(folder: Path, plugin_id: str, version: str, files: Mapping[str, str]) -> Path:
    """Write the wheel of a plugin.

    Args:
        folder: Where it goes.
        plugin_id: Names the distribution (`questline-<id>`), its package (`questline_<id>`) and the entry point.
        version: The distribution's version.
        files: The package's files by their names in it; `plugin.py` has to define `plugin`.
    """
    package = f"questline_{plugin_id}"
    info = f"{package}-{version}.dist-info"
    contents = {f"{package}/{name}": text for name, text in {"__init__.py": "", **files}.items()} | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: questline-{plugin_id}\nVersion: {version}\n"
        "Requires-Dist: questline-sdk>=0.1,<0.2\n",
        f"{info}/WHEEL": WHEEL,
        f"{info}/entry_points.txt": f"[{GROUP}]\n{plugin_id} = {package}.plugin:plugin\n",
    }
    lines = [f"{name},sha256={_digest(text)},{len(text.encode())}" for name, text in contents.items()]
    contents[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,", ""])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{package}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in contents.items():
            archive.writestr(name, text)
    return path


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
