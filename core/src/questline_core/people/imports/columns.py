"""The columns a file of people may have, by any of the names that are used for them."""

import difflib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from questline_sdk import FieldError
from questline_sdk.profiles import ProfileField

ALIASES: Mapping[str, tuple[str, ...]] = {
    "email": ("e_mail", "mail", "email_address", "e_mail_address", "e_mail_adresse"),
    "display_name": ("name", "full_name", "anzeigename"),
    "given_name": ("first_name", "firstname", "vorname"),
    "family_name": ("last_name", "lastname", "surname", "nachname"),
    "external_id": ("id", "employee_id", "personalnummer"),
    "role": ("rolle",),
    "status": ("state",),
    "locale": ("language", "sprache"),
    "time_zone": ("timezone", "zeitzone"),
    "groups": ("group", "cohorts", "gruppen"),
}
"""Each column with the other names it is known by; capitals, spaces and hyphens do not matter."""
REPORTED = {"import_line", "import_problem"}
"""What a report of refused rows adds; a corrected report can be imported as it is."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a file, and how it is headed there."""

    name: str
    header: str


def read_header(cells: Sequence[str], fields: Iterable[ProfileField]) -> tuple[list[Column | None], list[FieldError]]:
    """Which column each place of a file's first line stands for, None for one to be ignored, and what is wrong."""
    known = {alias: name for name, aliases in ALIASES.items() for alias in (name, *aliases)}
    known |= {field.name: field.name for field in fields}
    columns: list[Column | None] = []
    problems: list[FieldError] = []
    for place, cell in enumerate(cells, start=1):
        header = cell.strip()
        word = plain(header)
        if word in REPORTED or (not header and place == len(cells)):
            columns.append(None)
            continue
        name = known.get(word)
        if name is None:
            problems.append(FieldError(f"line 1, column {header or place}", _unknown(word, known)))
        elif any(each is not None and each.name == name for each in columns):
            problems.append(FieldError(f"line 1, column {header}", f"is the column {name} once more; leave one out"))
        columns.append(Column(name=name, header=header) if name else None)
    if not any(each is not None and each.name == "email" for each in columns) and not problems:
        problems.append(FieldError("line 1", "has no column email; add one with everybody's e-mail address"))
    return columns, problems


def plain(header: str) -> str:
    """A header without what does not matter in it."""
    return header.strip().casefold().replace(" ", "_").replace("-", "_")


def _unknown(word: str, known: Mapping[str, str]) -> str:
    if "passw" in word:
        return "cannot be imported: people choose their passwords themselves; remove the column"
    near = difflib.get_close_matches(word, known, n=1)
    if near:
        return f"is not known; did you mean {known[near[0]]}?"
    return f"is not known; use {', '.join([*ALIASES, *(name for name in known.values() if '.' in name)])}"
