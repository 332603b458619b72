"""Builds a generation on this machine from the wheels in the database; every node does so for itself."""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

import asyncpg
import msgspec
import psutil

from questline_core.generations.models import BASE
from questline_core.generations.overlay import activate_generation
from questline_core.generations.schemas import (
    MANIFEST,
    SITE_PACKAGES,
    GenerationManifest,
    LockedWheel,
    generation_folder,
)
from questline_core.generations.uv import UvError, cause, run_uv
from questline_core.generations.wanted import wanted_generation

BUILDING = ".building-"
WHEELS = "wheels"
REQUIREMENTS = "requirements.txt"


class BuildError(Exception):
    """A generation cannot be built; the message says why."""


async def ensure_built(home: Path, database_url: str, number: int) -> None:
    """Build a generation in `<home>/generations` unless it lies there already; the base needs nothing.

    Any number of processes may do so at once: each builds aside and the first to finish is taken.

    Raises:
        BuildError: There is no such generation, a wheel is missing or wrong, or there is no room.
    """
    if number == BASE:
        return
    manifest, wheels = await _read(home, database_url, number)
    if wheels is not None:
        await build(home, manifest, wheels)


async def activate_wanted(home: Path, database_url: str) -> int:
    """Build and use the generation that the site wants; returns its number."""
    number = await wanted_generation(database_url)
    await ensure_built(home, database_url, number)
    activate_generation(home, number)
    return number


def is_built(home: Path, manifest: GenerationManifest) -> bool:
    """Say whether exactly this generation lies on this machine."""
    try:
        found = (generation_folder(home, manifest.number) / MANIFEST).read_bytes()
        return msgspec.json.decode(found, type=GenerationManifest) == manifest
    except (OSError, msgspec.DecodeError):
        return False


async def build(home: Path, manifest: GenerationManifest, wheels: dict[str, bytes]) -> None:
    """Install a generation's wheels, given by their hashes, into a folder of its own; all of it or nothing."""
    aside = _folder_aside(home, manifest.number)
    try:
        await asyncio.to_thread(_write_wheels, aside, manifest, wheels)
        if manifest.plan:
            await _install(aside)
        await asyncio.to_thread(_move, home, aside, manifest)
    except OSError as error:
        raise BuildError(f"cannot build generation {manifest.number}: {error.strerror or error}") from error
    except UvError as error:
        raise BuildError(f"cannot build generation {manifest.number}: {cause(error)}") from error
    finally:
        await asyncio.to_thread(shutil.rmtree, aside, ignore_errors=True)


def remove(home: Path, number: int) -> None:
    """Remove a generation from this machine."""
    shutil.rmtree(generation_folder(home, number), ignore_errors=True)


def _folder_aside(home: Path, number: int) -> Path:
    folder = generation_folder(home, number).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f"{BUILDING}{number}-{os.getpid()}-", dir=folder))
        aside.chmod(0o755)
    except OSError as error:
        raise BuildError(f"cannot write to {folder}: {error.strerror}") from error
    return aside


def _write_wheels(aside: Path, manifest: GenerationManifest, wheels: dict[str, bytes]) -> None:
    (aside / SITE_PACKAGES).mkdir()
    (aside / WHEELS).mkdir()
    for each in manifest.plan:
        (aside / WHEELS / each.filename).write_bytes(wheels[each.sha256])
    lines = (f"{each.name}=={each.version} --hash=sha256:{each.sha256}\n" for each in manifest.plan)
    (aside / REQUIREMENTS).write_text("".join(lines), encoding="utf-8")


async def _install(aside: Path) -> None:
    await run_uv(
        *("pip", "install", "--quiet", "--no-deps", "--require-hashes", "--no-index", "--no-cache", "--no-config"),
        *("--find-links", str(aside / WHEELS), "--requirement", str(aside / REQUIREMENTS)),
        *("--target", str(aside / SITE_PACKAGES), "--link-mode", "copy", "--compile-bytecode"),
    )


def _move(home: Path, aside: Path, manifest: GenerationManifest) -> None:
    """Put a finished folder in its place, unless another process was faster."""
    target = generation_folder(home, manifest.number)
    shutil.rmtree(aside / WHEELS)
    (aside / REQUIREMENTS).unlink()
    (aside / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    try:
        if not is_built(home, manifest):
            shutil.rmtree(target, ignore_errors=True)
            aside.rename(target)
    except OSError:
        if not is_built(home, manifest):
            raise


async def _read(home: Path, database_url: str, number: int) -> tuple[GenerationManifest, dict[str, bytes] | None]:
    """A generation as the database has it, and its wheels where it is not built here."""
    connection = await asyncpg.connect(database_url)
    try:
        row = await connection.fetchrow("SELECT plan, hidden FROM core.generation WHERE number = $1", number)
        if row is None:
            raise BuildError(f"there is no generation {number}")
        manifest = GenerationManifest(
            number=number,
            plan=msgspec.json.decode(row["plan"], type=tuple[LockedWheel, ...]),
            hidden=msgspec.json.decode(row["hidden"], type=tuple[str, ...]),
        )
        if is_built(home, manifest):
            return manifest, None
        hashes = [each.sha256 for each in manifest.plan]
        rows = await connection.fetch("SELECT sha256, content FROM core.wheel WHERE sha256 = ANY($1)", hashes)
        wheels = {each["sha256"]: each["content"] for each in rows}
        for each in manifest.plan:
            if each.sha256 not in wheels:
                raise BuildError(f"the wheel {each.filename} of generation {number} is not in the database")
        return manifest, wheels
    finally:
        await connection.close(timeout=2)


def is_being_built(folder: Path) -> bool:
    """Say whether the process that builds in this folder still lives."""
    pid = folder.name.removeprefix(BUILDING).split("-")[1]
    return psutil.pid_exists(int(pid))
