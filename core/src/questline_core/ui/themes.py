"""The installed themes; one that cannot be read is left out, and the site looks like the default."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import msgspec
import structlog

from questline_core.generations.overlay import installed
from questline_core.theming.schemas import Strings, ThemeManifest
from questline_core.ui.tokens import fonts_of, theme_css
from questline_sdk.themes import Theme

GROUP = "questline.themes.v1"
DEFAULT = "aurora"
LOGOS = ("logo.svg", "logo.png")
ILLUSTRATIONS = {".svg", ".png", ".webp"}
log = structlog.get_logger()


class LoadedTheme(msgspec.Struct, frozen=True, kw_only=True):
    """A theme with its tokens and its style sheet."""

    manifest: ThemeManifest
    path: Path
    tokens: dict[str, Any]
    fonts_url: str
    families: frozenset[str]
    logo: str | None
    css: bytes
    etag: str


class Themes:
    """Every installed theme by id."""

    def __init__(self, entries: Iterable[EntryPoint] | None = None) -> None:
        self._by_id: dict[str, LoadedTheme] = {}
        for entry in installed(GROUP) if entries is None else entries:
            try:
                self._by_id[entry.name] = _load(entry)
            except Exception as error:  # noqa: BLE001  a theme may raise anything
                log.warning("theme not loaded", theme=entry.name, reason=f"{type(error).__name__}: {error}")

    def all(self) -> list[LoadedTheme]:
        """The themes by id."""
        return [self._by_id[name] for name in sorted(self._by_id)]

    def find(self, theme_id: str) -> LoadedTheme | None:
        """A theme by id."""
        return self._by_id.get(theme_id)

    def choose(self, theme_id: str) -> LoadedTheme | None:
        """A theme by id, else the default, else any; None where none is installed."""
        return self._by_id.get(theme_id) or self._by_id.get(DEFAULT) or next(iter(self.all()), None)


@lru_cache(maxsize=1)
def installed_themes() -> Themes:
    """The themes of this process, read at the first call."""
    return Themes()


def _load(entry: EntryPoint) -> LoadedTheme:
    theme = entry.load()
    if not isinstance(theme, Theme):
        raise TypeError(f"{entry.value} is not a questline_sdk.themes.Theme")
    if theme.id != entry.name:
        raise ValueError(f"its id is {theme.id!r}, its entry point's name {entry.name!r}")
    tokens = msgspec.json.decode((theme.path / "tokens.json").read_bytes(), type=dict)
    base = f"/themes/{theme.id}/{theme.version}"
    css = theme_css(tokens, fonts_url=f"{base}/fonts").encode()
    logo = next((name for name in LOGOS if (theme.path / name).is_file()), None)
    manifest = ThemeManifest(
        id=theme.id,
        title=theme.title,
        version=theme.version,
        summary=str(tokens.get("$description", "")),
        logo_url=f"{base}/{logo}" if logo else None,
        strings=_strings(theme.path / "strings.json"),
        illustrations={path.stem: f"{base}/illustrations/{path.name}" for path in _illustrations(theme.path)},
    )
    return LoadedTheme(
        manifest=manifest,
        path=theme.path,
        tokens=tokens,
        fonts_url=f"{base}/fonts",
        families=frozenset(font["family"] for font in fonts_of(tokens)),
        logo=logo,
        css=css,
        etag=f'W/"{hashlib.sha256(css).hexdigest()[:32]}"',
    )


def _strings(path: Path) -> dict[str, dict[str, str]]:
    if not path.is_file():
        return {}
    return msgspec.to_builtins(msgspec.json.decode(path.read_bytes(), type=Strings))  # type: ignore[no-any-return]


def _illustrations(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("illustrations/*") if path.suffix in ILLUSTRATIONS)
