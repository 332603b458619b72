"""The one name a plugin is given, and every form of it that its files need."""

import re
from importlib.metadata import entry_points

import msgspec

from questline_core.plugins.loader import GROUP as PLUGINS
from questline_core.ui.themes import GROUP as THEMES
from questline_sdk.manifest import ID_PATTERN

LONGEST = 30
RESERVED = frozenset({"core", "cli", "sdk", "public", "information_schema", "theme", "pack", "check", "register"})
"""Schemas of PostgreSQL and core, packages of the platform, and first words of the host's own hooks."""


class NameRefused(Exception):
    """The name cannot be a plugin's; the message says why and what would do."""


class Name(msgspec.Struct, frozen=True):
    """A plugin's id and what follows from it."""

    id: str

    @classmethod
    def parse(cls, text: str) -> "Name":
        """Read a name as a person writes it (`Book club`, `book-club`); raises `NameRefused`."""
        word = re.sub(r"[\s-]+", "_", text.strip()).lower()
        if not ID_PATTERN.fullmatch(word):
            raise NameRefused(f"{text!r} is no name for a plugin: use letters, digits and hyphens, a letter first")
        if len(word) > LONGEST:
            raise NameRefused(f"{text!r} is too long: use at most {LONGEST} characters")
        if word in RESERVED or word.startswith(("pg_", "theme_", "pack_")):
            raise NameRefused(f"{text!r} is reserved; choose another name")
        return cls(word)

    def refuse_installed(self, *, theme: bool = False) -> None:
        """Raise `NameRefused` where a plugin (or theme) of this id is installed: both could not run on one site."""
        taken = entry_points(group=THEMES if theme else PLUGINS, name=self.id)
        for entry in taken:
            where = f" (from {entry.dist.name} {entry.dist.version})" if entry.dist else ""
            raise NameRefused(f"{self.id!r} is installed already{where}; choose another name")

    @property
    def title(self) -> str:
        """The name shown to people: `Book club`."""
        return self.id.replace("_", " ").capitalize()

    @property
    def pascal(self) -> str:
        """The name in class names: `BookClub`."""
        return "".join(part.capitalize() for part in self.id.split("_"))

    @property
    def camel(self) -> str:
        """The name in TypeScript's functions: `bookClub`."""
        return self.pascal[0].lower() + self.pascal[1:]

    @property
    def hyphens(self) -> str:
        """The name in distributions and packages of npm: `book-club`."""
        return self.id.replace("_", "-")
