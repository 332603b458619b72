"""Runs `uv`, which resolves, builds and installs."""

import asyncio
import ctypes
import os
import shutil
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

TIMEOUT = 300.0
"""Seconds `uv` may take, downloads included."""
PR_SET_PDEATHSIG = 1
NOISE = ("error:", "cause:", "hint:")


class UvError(Exception):
    """`uv` failed; the message is its own, on as many lines as it wrote."""


def find_uv() -> str:
    """The path of `uv`; raises `UvError` where there is none."""
    beside = Path(sys.executable).parent / "uv"
    found = str(beside) if beside.is_file() else shutil.which("uv")
    if found is None:
        raise UvError("`uv` is not installed; `pip install uv` into the environment that Questline runs in")
    return found


async def run_uv(*arguments: str, text: str = "", folder: Path | None = None) -> str:
    """Run `uv` for this process's Python and return what it prints; it ends when we do."""
    kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    process = await asyncio.create_subprocess_exec(
        *(find_uv(), *arguments),
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        cwd=folder,
        env=kept | {"UV_PYTHON": sys.executable, "UV_NO_PROGRESS": "1", "NO_COLOR": "1"},
        preexec_fn=end_with_the_parent if sys.platform == "linux" else None,
    )
    try:
        async with asyncio.timeout(TIMEOUT):
            printed, said = await process.communicate(text.encode())
    except TimeoutError:
        raise UvError(f"`uv {arguments[0]}` did not finish in {TIMEOUT:g} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise UvError(said.decode(errors="replace").strip() or f"`uv` ended with status {process.returncode}")
    return printed.decode()


def cause(error: UvError) -> str:
    """The innermost cause on one line, however many it was written on."""
    said = str(error)
    _, mark, after = said.rpartition("cause:")
    found = " ".join(after.partition("hint:")[0].split()) if mark else _last_line(said)
    for word in NOISE:
        found = found.removeprefix(word).strip()
    return found or "`uv` failed"


def _last_line(said: str) -> str:
    return next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")


def end_with_the_parent() -> None:
    """Make this process end when the one that started it does, however that happens (Linux)."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
