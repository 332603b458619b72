"""The installed themes; one that cannot be read is left out, and the site looks like the default."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import msgspec
import structlog

from questline_core.ui.schemas import ThemeManifest
from questline_core.ui.tokens import theme_css
from questline_sdk.themes import Theme

GROUP = "questline.themes.v1"
DEFAULT = "aurora"
log = structlog.get_logger()


class LoadedTheme(msgspec.Struct, frozen=True, kw_only=True):
    """A theme with its style sheet."""

    manifest: ThemeManifest
    path: Path
    css: bytes
    etag: str


class Themes:
    """Every installed theme by id."""

    def __init__(self, entries: Iterable[EntryPoint] | None = None) -> None:
        self._by_id: dict[str, LoadedTheme] = {}
        for entry in entry_points(group=GROUP) if entries is None else entries:
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
    manifest = ThemeManifest(
        id=theme.id,
        title=theme.title,
        version=theme.version,
        summary=str(tokens.get("$description", "")),
        logo_url=f"{base}/logo.svg" if (theme.path / "logo.svg").is_file() else None,
    )
    return LoadedTheme(manifest=manifest, path=theme.path, css=css, etag=f'W/"{hashlib.sha256(css).hexdigest()[:32]}"')
