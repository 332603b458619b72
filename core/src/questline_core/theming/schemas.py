"""What the API says of a tenant's theme and takes as its changes."""

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec

from questline_core.theming.contrast import Pair

Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}$")]
TextKey = Literal["tagline", "promise"]
Text = Annotated[str, msgspec.Meta(max_length=300)]
Strings = dict[Language, dict[TextKey, Text]]
LogoName = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\.(svg|png)$")]
ThemeId = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9-]{1,40}$")]


class ThemeManifest(msgspec.Struct, frozen=True, kw_only=True):
    """A theme: what it is called, and where its logo, illustrations and texts are."""

    id: str
    title: str
    version: str
    summary: str
    logo_url: str | None
    strings: dict[str, dict[str, str]] = {}
    illustrations: dict[str, str] = {}


class ThemeList(msgspec.Struct, frozen=True, kw_only=True):
    """Every installed theme."""

    themes: list[ThemeManifest]


class SetTheme(msgspec.Struct, frozen=True, kw_only=True):
    """The theme to use."""

    theme: str


class ThemeToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token that may be changed, with the theme's own value; a range where a number must stay in one."""

    path: str
    type: str
    value: Any
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    unit: str | None = None


class FontChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A font stack to choose; `theme` is the installed theme that ships its first font, if any."""

    stack: list[str]
    theme: str | None


class ThemeEditor(msgspec.Struct, frozen=True, kw_only=True):
    """The tenant's theme as it is installed, what the tenant changed of it, and the rules for changing more."""

    theme: ThemeManifest
    tokens: list[ThemeToken]
    overrides: dict[str, Any]
    site_name: str
    strings: Strings
    logo: str | None
    logo_url: str | None
    pairs: list[Pair]
    fonts: list[FontChoice]
    version: int
    changed_at: dt.datetime | None
    changed_by: str | None


class SaveTheme(msgspec.Struct, frozen=True, kw_only=True):
    """All of the tenant's changes at once; `version` is that of the editor they were made in."""

    theme: str
    version: int
    tokens: Annotated[dict[str, Any], msgspec.Meta(max_length=500)]
    site_name: Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
    strings: Annotated[Strings, msgspec.Meta(max_length=20)] = {}
    logo: LogoName | None = None


class UploadLogo(msgspec.Struct, frozen=True, kw_only=True):
    """An SVG or PNG file; in JSON its bytes are Base64."""

    content: bytes


class StoredLogo(msgspec.Struct, frozen=True, kw_only=True):
    """A logo that was uploaded; it is shown once a saved theme names it."""

    logo: str
    logo_url: str


class ThemeChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Open browsers fetch the style sheet again."""

    theme: str
    version: int
