"""The installed packs; one that cannot be used is listed with the reason."""

import importlib.util
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import EntryPoint
from pathlib import Path

import msgspec
import structlog
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from questline_core.generations.overlay import installed
from questline_sdk.packs import Pack

GROUP = "questline.packs.v1"
log = structlog.get_logger()


class PackRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An installed pack, or the reason why it cannot be used."""

    id: str
    version: str
    package: Path | None = None
    pack: Pack | None = None
    reason: str | None = None

    @property
    def title(self) -> str:
        """The pack's title, else its id."""
        return self.pack.title if self.pack else self.id


class Packs:
    """Every installed pack by id."""

    def __init__(self, entries: Iterable[EntryPoint] | None = None) -> None:
        self._by_id: dict[str, PackRecord] = {}
        for entry in installed(GROUP) if entries is None else entries:
            record = self._by_id[entry.name] = _load(entry)
            if record.reason:
                log.warning("pack not loaded", pack=record.id, reason=record.reason)

    def all(self) -> list[PackRecord]:
        """The packs by id."""
        return [self._by_id[name] for name in sorted(self._by_id)]

    def find(self, pack_id: str) -> PackRecord | None:
        """A pack by id."""
        return self._by_id.get(pack_id)


@lru_cache(maxsize=1)
def installed_packs() -> Packs:
    """The packs of this process, read at the first call."""
    return Packs()


def _load(entry: EntryPoint) -> PackRecord:
    version = entry.dist.version if entry.dist else "unknown"
    try:
        spec = importlib.util.find_spec(entry.module.partition(".")[0])
        folder = Path(spec.origin).parent if spec and spec.origin else None
        return PackRecord(id=entry.name, version=version, package=folder, pack=_checked(entry))
    except BaseException as error:  # noqa: BLE001  a pack may raise anything, SystemExit included
        reason = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
        return PackRecord(id=entry.name, version=version, reason=reason)


def _checked(entry: EntryPoint) -> Pack:
    pack = entry.load()
    if not isinstance(pack, Pack):
        raise TypeError(f"{entry.value} is not a questline_sdk.packs.Pack")
    if pack.id != entry.name:
        raise ValueError(f"id: it is {pack.id!r}, its entry point's name {entry.name!r}")
    for name, versions in (pack.plugins | pack.optional).items():
        try:
            SpecifierSet(versions)
        except InvalidSpecifier:
            raise ValueError(f"plugins: {name}: {versions!r} is not a version range") from None
    return pack
