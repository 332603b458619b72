"""Reading a file of people: its encoding, its delimiter, its lines."""

import codecs
import csv
import io
from collections.abc import Mapping, Sequence

import msgspec

from questline_core.people.imports.columns import Column, read_header
from questline_sdk import FieldError, Invalid
from questline_sdk.profiles import ProfileField

MAX_BYTES = 10_000_000
MAX_ROWS = 50_000
MAX_CELL = 10_000
DELIMITERS = (",", ";", "\t", "|")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
OTHER_ENCODINGS = ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"), (b"PK\x03\x04", "a workbook"))


class Row(msgspec.Struct, frozen=True):
    """A row of a file: the line it begins on, and what its columns hold, without what is empty."""

    line: int
    cells: dict[str, str]
    """By the name of the column."""
    raw: list[str]
    extra: bool = False
    """Whether it has more cells than the file has columns."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A file of people."""

    delimiter: str
    headers: list[str]
    columns: list[Column | None]
    rows: list[Row]
    repeated: dict[tuple[int, str], int]
    """By line and column: the earlier line that has the same address or external id."""


def read_sheet(content: bytes, fields: Mapping[str, ProfileField]) -> Sheet:
    """Read a file as a whole; raises `Invalid` where it is none that can be imported, with everything that is wrong."""
    if len(content) > MAX_BYTES:
        raise _wrong("content", f"is larger than {MAX_BYTES // 1_000_000} MB; split it")
    text = _decode(content)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[Column | None] = []
    headers: list[str] = []
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if headers and any(cell.strip() for cell in cells):
                rows.append(_row(line, cells, columns))
            elif not headers:
                headers = cells
                columns, problems = read_header(cells, fields.values())
                if problems:
                    raise Invalid("The first line names columns that cannot be imported.", errors=problems)
            line = reader.line_num + 1
            if len(rows) > MAX_ROWS:
                raise _wrong("content", f"has more than {MAX_ROWS:,} rows; split it")
    except csv.Error as error:
        raise _wrong(f"line {line}", f"is not CSV ({error}); is a quotation mark missing?") from None
    if not rows:
        raise _wrong("content", "has no rows below its first line")
    return Sheet(delimiter=delimiter, headers=headers, columns=columns, rows=rows, repeated=_repeated(rows))


def unescaped(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def escaped(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _decode(content: bytes) -> str:
    for mark, name in OTHER_ENCODINGS:
        if content.startswith(mark):
            raise _wrong("content", f"is {name}, not UTF-8 text; save it as 'CSV UTF-8 (comma delimited)'")
    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _wrong(f"line {line}", "is not UTF-8; save the file as 'CSV UTF-8 (comma delimited)'") from None
    if "\0" in text:
        raise _wrong(f"line {text.count(chr(10), 0, text.index(chr(0))) + 1}", "holds a NUL character: no text file")
    return text


def _delimiter(text: str) -> str:
    """The delimiter that parts the first line into most cells."""
    first = text.partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _row(line: int, cells: Sequence[str], columns: Sequence[Column | None]) -> Row:
    found = {
        column.name: value
        for column, cell in zip(columns, cells, strict=False)
        if column is not None and (value := unescaped(cell.strip()).strip())
    }
    extra = any(cell.strip() for cell in cells[len(columns) :])
    return Row(line=line, cells=found, raw=list(cells), extra=extra)


def _repeated(rows: Sequence[Row]) -> dict[tuple[int, str], int]:
    first: dict[tuple[str, str], int] = {}
    repeated: dict[tuple[int, str], int] = {}
    for row in rows:
        for column in ("email", "external_id"):
            value = row.cells.get(column)
            if value is not None:
                value = value.lower() if column == "email" else value
                earlier = first.setdefault((column, value), row.line)
                if earlier != row.line:
                    repeated[row.line, column] = earlier
    return repeated


def _wrong(where: str, message: str) -> Invalid:
    return Invalid(f"{where}: {message}", errors=[FieldError(where, message)])
