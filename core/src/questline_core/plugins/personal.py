"""The tables that a plugin's models describe, and the personal data they declare."""

import sys
from typing import Any

from sqlalchemy import MetaData, Table

from questline_sdk.db.personal import NotPersonal, PersonalData, declaration


def mapped_tables(package: str) -> dict[str, Table]:
    """The tables in the metadata of a package's imported modules, by `schema.name`."""
    found: dict[str, Table] = {}
    for name, module in list(sys.modules.items()):
        if name == package or name.startswith(f"{package}."):
            for value in list(vars(module).values()):
                for table in _tables(value):
                    found[f"{table.schema}.{table.name}"] = table
    return found


def declarations(tables: dict[str, Table]) -> dict[str, PersonalData | NotPersonal]:
    """What columns declare, by `schema.table.column`."""
    return {
        f"{name}.{column.name}": said
        for name, table in tables.items()
        for column in table.columns
        if (said := declaration(column.info)) is not None
    }


def personal_columns(package: str, schema: str) -> list[str]:
    """The columns of a schema that a package declares as personal data, as `schema.table.column`."""
    return sorted(
        name
        for name, said in declarations(mapped_tables(package)).items()
        if isinstance(said, PersonalData) and name.startswith(f"{schema}.")
    )


def _tables(value: Any) -> list[Table]:
    if isinstance(value, Table):
        return [value]
    metadata = value if isinstance(value, MetaData) else getattr(value, "metadata", None)
    if isinstance(metadata, MetaData) and (isinstance(value, type | MetaData)):
        return list(metadata.tables.values())
    return []
