"""What the mails say, by language: `texts/<language>.toml`, a table for each kind of mail."""

from functools import cache
from importlib.resources import files

import msgspec

FALLBACK = "en"


class MailText(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one kind of mail; `{{ name }}` stands for a value."""

    subject: str
    paragraphs: list[str]
    button: str | None = None
    """What the link is called; None for a mail without one."""
    small: str | None = None
    """What stands below, in small print."""


class Language(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All words of one language."""

    greeting: str
    greeting_nameless: str
    link_hint: str
    footer: str
    mails: dict[str, MailText]


@cache
def languages() -> dict[str, Language]:
    """Every language that mails are written in."""
    folder = files("questline_core.mail") / "texts"
    return {
        path.name.removesuffix(".toml"): msgspec.toml.decode(path.read_bytes(), type=Language)
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    }


def language_of(locale: str) -> str:
    """The language to write to somebody with this locale: theirs where we have it, else English."""
    code = locale.partition("-")[0].lower()
    return code if code in languages() else FALLBACK
