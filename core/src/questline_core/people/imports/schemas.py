"""What the API says of imports and takes to begin one."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

ImportState = Literal["running", "finished", "failed", "stopped"]


class StartImport(msgspec.Struct, frozen=True, kw_only=True):
    """A CSV file of people."""

    file_name: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
    content: bytes
    """UTF-8, at most 10 MB and 50,000 rows."""
    dry_run: bool = True
    """Say what would happen; change nothing."""
    invite: bool = False
    """Mail those who are new a link with which they choose a password."""


class RunImport(msgspec.Struct, frozen=True, kw_only=True):
    """How to import a file that has been tried."""

    invite: bool = False


class ImportOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How a file is imported."""

    dry_run: bool
    invite: bool


class ImportCard(msgspec.Struct, frozen=True, kw_only=True):
    """An import, and how far it has come."""

    id: UUID
    file_name: str
    dry_run: bool
    invite: bool
    state: ImportState
    problem: str | None
    """Why it ended early."""
    rows: int
    done: int
    created: int
    updated: int
    unchanged: int
    refused: int
    """Rows that were refused; the others are in."""
    has_file: bool
    """Whether the file is still there, for its report and to be imported after a trial."""
    by: str | None
    created_at: dt.datetime
    finished_at: dt.datetime | None


class ImportProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Why a row was refused."""

    id: UUID
    line: int
    column: str
    code: str
    message: str


class ImportColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column that a file may have."""

    name: str
    also: list[str]
    """Other names it is known by."""
    label: dict[str, str]
    """What a custom field is called, by language; empty for core's own columns."""


class ImportColumns(msgspec.Struct, frozen=True, kw_only=True):
    """Every column that a file may have."""

    columns: list[ImportColumn]


class ImportProgress(msgspec.Struct, frozen=True, kw_only=True):
    """Sent to who imports after each chunk."""

    import_id: UUID
    state: ImportState
    rows: int
    done: int
