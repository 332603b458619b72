"""Themes: distributions of design tokens, logo and fonts."""

from pathlib import Path

import msgspec


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """A theme package; point the entry-point group `questline.themes.v1` at an instance.

    Args:
        id: Entry-point name.
        title: Name shown to people.
        version: The distribution's version.
        path: Folder with `tokens.json` (W3C design tokens), `logo.svg` and `fonts/`.
    """

    id: str
    title: str
    version: str
    path: Path
