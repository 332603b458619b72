"""The register of data processing, generated from what columns declare."""

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from questline_core.plugins.personal import declarations, mapped_tables
from questline_sdk import hooks
from questline_sdk.db.personal import PersonalData

if TYPE_CHECKING:
    from questline_core.plugins.registry import Registry

CORE_PACKAGE = "questline_core"


class RegisterEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What one column keeps of people, for what and how long."""

    owner: str
    table: str
    column: str
    category: str
    purpose: str
    retention: str
    exported: bool
    erased: bool


def packages(registry: "Registry") -> dict[str, str]:
    """Whose models are in which package, by owner."""
    plugins = {
        record.id: type(record.plugin).__module__.partition(".")[0]
        for record in registry.active
        if record.plugin is not None
    }
    return {"core": CORE_PACKAGE, **plugins}


def register(registry: "Registry") -> list[RegisterEntry]:
    """Every declared column of core and of the plugins in service."""
    entries = []
    for owner, package in packages(registry).items():
        for name, said in sorted(declarations(mapped_tables(package)).items()):
            schema, table, column = name.split(".")
            if isinstance(said, PersonalData) and schema == owner:
                entries.append(
                    RegisterEntry(
                        owner=owner,
                        table=table,
                        column=column,
                        category=said.category,
                        purpose=said.purpose,
                        retention=said.retention,
                        exported=owner == "core" or _implements(registry, owner, "personal_data"),
                        erased=owner == "core" or _implements(registry, owner, "erase_personal_data"),
                    )
                )
    return entries


def _implements(registry: "Registry", owner: str, hook: str) -> bool:
    plugin = registry.records[owner].plugin
    return hasattr(getattr(plugin, hook, None), f"{hooks.PROJECT}_impl")


def notes_of(registry: "Registry", owner: str) -> dict[str, str]:
    """What an owner's columns are for, by the column's name."""
    notes: dict[str, str] = {}
    for each in register(registry):
        if each.owner == owner:
            notes.setdefault(each.column, f"{each.category}: {each.purpose}")
    return notes


def as_csv(entries: Iterable[RegisterEntry]) -> str:
    """The register as CSV; a cell that a spreadsheet would take for a formula is quoted with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text)
    names = RegisterEntry.__struct_fields__
    writer.writerow(names)
    for entry in entries:
        cells = (getattr(entry, name) for name in names)
        writer.writerow("yes" if cell is True else "no" if cell is False else _harmless(cell) for cell in cells)
    return text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
