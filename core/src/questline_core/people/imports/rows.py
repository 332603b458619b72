"""What a row asks for, checked by itself: every cell that is not accepted is named, with what would be."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from questline_core.auth.accounts import time_zones
from questline_core.auth.policy import RoleName
from questline_core.auth.schemas import DisplayName, Email, Locale, StatusName
from questline_core.people.fields import read_value
from questline_core.people.imports.reading import MAX_CELL, Row, Sheet
from questline_core.people.schemas import ExternalId, NamePart
from questline_sdk.profiles import ProfileField

KINDS: Mapping[str, tuple[Any, str]] = {
    "email": (Email, "is not an e-mail address; write it like ada@example.com"),
    "display_name": (DisplayName, "must have 1 to 80 characters, without line breaks"),
    "given_name": (NamePart, "must have at most 80 characters, without line breaks"),
    "family_name": (NamePart, "must have at most 80 characters, without line breaks"),
    "external_id": (ExternalId, "must have at most 200 characters, without line breaks"),
    "role": (RoleName, "must be guest, learner, instructor, author, admin or owner"),
    "status": (StatusName, "must be active or suspended"),
    "locale": (Locale, "must be a language tag such as en, de or pt-BR"),
}
LOWER = {"email", "role", "status"}
SLUG = re.compile(r"[|,;]")


class Problem(msgspec.Struct, frozen=True):
    """Why a row is refused: its line, the column, a word for programs, a sentence for people."""

    line: int
    column: str
    code: str
    message: str


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a row asks for; what it leaves empty is not in it."""

    line: int
    email: str
    user: dict[str, Any]
    """Columns of the account."""
    fields: dict[str, Any]
    groups: list[str]


def read_row(row: Row, sheet: Sheet, fields: Mapping[str, ProfileField]) -> tuple[Wanted | None, list[Problem]]:
    """Check a row by itself."""
    problems = _of_the_whole(row, sheet)
    values: dict[str, Any] = {}
    for name, cell in row.cells.items():
        try:
            values[name] = _read_cell(name, cell, fields)
        except ValueError as error:
            problems.append(Problem(row.line, name, "not_accepted", str(error)))
    if problems:
        return None, problems
    return Wanted(
        line=row.line,
        email=values["email"],
        user={name: value for name, value in values.items() if name in KINDS or name == "time_zone"},
        fields={name: value for name, value in values.items() if name in fields},
        groups=values.get("groups", []),
    ), []


def _of_the_whole(row: Row, sheet: Sheet) -> list[Problem]:
    problems = []
    if row.extra:
        message = "has more cells than the first line; is a delimiter inside a cell not quoted?"
        problems.append(Problem(row.line, "", "too_many_cells", message))
    if "email" not in row.cells:
        problems.append(Problem(row.line, "email", "missing", "is empty; every row needs an e-mail address"))
    for column in ("email", "external_id"):
        earlier = sheet.repeated.get((row.line, column))
        if earlier is not None:
            message = f"is the same as on line {earlier}; remove one of the two rows"
            problems.append(Problem(row.line, column, "repeated", message))
    return problems


def _read_cell(name: str, cell: str, fields: Mapping[str, ProfileField]) -> Any:
    """What a cell stands for; raises `ValueError`, whose message says what would be accepted."""
    if len(cell) > MAX_CELL:
        raise ValueError(f"must have at most {MAX_CELL:,} characters")
    if name == "groups":
        return list(dict.fromkeys(slug.strip().lower() for slug in SLUG.split(cell) if slug.strip()))
    if name == "time_zone":
        if cell not in time_zones():
            raise ValueError("must be an IANA time zone such as Europe/Berlin or UTC")
        return cell
    if name not in KINDS:
        return read_value(fields[name], cell)
    kind, message = KINDS[name]
    try:
        return msgspec.convert(cell.lower() if name in LOWER else cell, kind)
    except msgspec.ValidationError:
        raise ValueError(message) from None
