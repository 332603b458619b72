"""Personal data: declared beside the column, in the user's export, gone when the user is erased."""

import importlib
import pkgutil
import re
from typing import Any

import asyncpg
import msgspec
import structlog

from questline_core.plugins.personal import declarations, mapped_tables
from questline_core.privacy.person import erase_user, export_user
from questline_core.testing.conformance.rows import Row
from questline_core.testing.conformance.subject import Planted, Subject
from questline_core.testing.conformance.tables import Table, of_persons
from questline_core.testing.conformance.verdict import Absent, Problem
from questline_sdk.db.personal import NotPersonal, PersonalData

FREE = ("text", "citext", "character", "json", "inet", "cidr", "macaddr", "bytea", "xml")
"""Beginnings of the types that can hold what a person wrote or what says who they are."""
TELLING = re.compile(
    r"(^|_)(e?mail|phone|mobile|first_name|last_name|full_name|display_name|nick_?name|pseudonym|birth\w*|gender"
    r"|street|postcode|zip_code|ip|ip_address|user_agent|iban|avatar\w*)($|_)"
)
"""Names that say a person's data in any table."""
log = structlog.get_logger()


async def declared(subject: Subject) -> None:
    """Every column that looks like personal data says what it is."""
    tables = await subject.tables()
    said = _declarations(subject)
    persons = of_persons(tables)
    open_questions = [
        f"{table}.{name}" for table in tables for name in suspicious(table, persons) if f"{table}.{name}" not in said
    ]
    if open_questions:
        raise Problem(
            f"{', '.join(open_questions)}: looks like personal data; declare it with "
            "mapped_column(info=personal(category=..., purpose=...)), or info=not_personal('why it is none')"
        )
    astray = [
        name
        for name, what in said.items()
        if isinstance(what, PersonalData)
        and name.split(".")[1] not in persons
        and name.startswith(f"{subject.schema}.")
    ]
    if astray:
        raise Problem(f"{', '.join(astray)} is declared personal, but no column says whose it is; add refs.user()")


def suspicious(table: Table, persons: set[str]) -> list[str]:
    """The columns that look like personal data: free text in the rows of a user, or a telling name anywhere."""
    found = []
    for name, column in table.columns.items():
        if name == "tenant_id" or name in table.person_columns or table.refers(name) or column.generated:
            continue
        free = column.type.startswith(FREE) and not table.is_one_of(name)
        if (free and table.name in persons) or TELLING.search(name):
            found.append(name)
    return found


async def exported(subject: Subject) -> None:
    """What a declared column holds is in the export of the user it belongs to."""
    columns = await _personal(subject)
    planted = await subject.plant(await subject.new_tenant())
    async with subject.superuser() as connection:
        shown = await _export(subject, planted)
        missing = [
            f"{row.table}.{name}"
            for row in planted.rows
            for name in columns.get(row.table.name, ())
            if not await _is_exported(subject, connection, row, name, shown, planted)
        ]
    if missing:
        raise Problem(f"{', '.join(missing)} is not in what personal_data returns; add it there")


async def _is_exported(
    subject: Subject,
    connection: "asyncpg.Connection[asyncpg.Record]",
    row: Row,
    name: str,
    shown: str,
    planted: Planted,
) -> bool:
    """Say whether the word is in the export; for what holds none, whether the export changes with the column."""
    if name in row.words:
        return row.words[name] in shown
    condition, key = row.where()
    kind = row.table.columns[name].type
    number = len(key) + 1
    update = f'UPDATE {row.table.sql} SET "{name}" = CAST(${number}::text AS {kind}) WHERE {condition}'  # noqa: S608
    options = row.filler.choices(row.table, row.table.columns[name], f"{row.filler.marker}other")
    for option in options:
        if option is None or option == row.values[name]:
            continue
        try:
            await connection.execute(update, *key, option)
        except asyncpg.IntegrityConstraintViolationError:
            continue
        changed = await _export(subject, planted)
        await connection.execute(update, *key, row.values[name])
        if changed != shown:
            return True
    return f'"{name}"' in shown


async def erased(subject: Subject) -> None:
    """Of an erased user no row and no word is left; another user's rows are."""
    columns = await _personal(subject, needed=False)
    tenant = await subject.new_tenant()
    person, other = await subject.plant(tenant), await subject.plant(tenant)
    persons = of_persons(await subject.tables())
    async with subject.site.context(tenant.id) as ctx:
        try:
            await erase_user(ctx, person.user_id)
        except Exception as error:
            log.warning("erasing failed", plugin=subject.id, exc_info=error)
            raise Problem(f"erasing a user fails: {type(error).__name__}: {error}") from error
    await subject.site.drain()
    async with subject.superuser() as connection:
        for row in person.rows:
            own = columns.get(row.table.name, ())
            words = [word for name, word in row.words.items() if row.table.name in persons and name in own]
            for what, needle in [("id", str(person.user_id)), *(("data", word) for word in words)]:
                if await _count(connection, row.table, needle):
                    raise Problem(
                        f"{row.table} still holds an erased user's {what}; remove or pseudonymise it in "
                        "erase_personal_data, or reference the user with refs.user()"
                    )
        lost = [
            str(row.table)
            for row in other.rows
            if row.table.person_columns and not await _count(connection, row.table, str(other.user_id))
        ]
    if lost:
        raise Problem(f"erasing one user removes another's rows from {', '.join(lost)}")


async def _count(connection: "asyncpg.Connection[asyncpg.Record]", table: Table, needle: str) -> int:
    statement = f"SELECT count(*) FROM {table.sql} t WHERE position($1 IN t::text) > 0"  # noqa: S608
    return int(await connection.fetchval(statement, needle))


async def _export(subject: Subject, planted: Planted) -> str:
    async with subject.site.context(planted.tenant.id) as ctx:
        try:
            data: dict[str, Any] = await export_user(ctx, planted.user_id)
        except Exception as error:
            log.warning("an export failed", plugin=subject.id, exc_info=error)
            raise Problem(
                f"exporting a user fails: {type(error).__name__}: {error}; where the plugin cannot read a made-up "
                "value, name one in plugin.toml: [conformance.examples]"
            ) from error
    try:
        return msgspec.json.encode(data["plugins"].get(subject.id, {})).decode()
    except (TypeError, ValueError) as error:
        raise Problem(f"personal_data returns what is no JSON: {error}") from None


async def _personal(subject: Subject, *, needed: bool = True) -> dict[str, list[str]]:
    """The declared columns by table."""
    tables = await subject.tables()
    found: dict[str, list[str]] = {}
    for name, said in _declarations(subject).items():
        schema, table, column = name.split(".")
        if isinstance(said, PersonalData) and schema == subject.schema:
            found.setdefault(table, []).append(column)
    if not found and (needed or not of_persons(tables)):
        raise Absent("it keeps no personal data")
    return found


def _declarations(subject: Subject) -> dict[str, PersonalData | NotPersonal]:
    package = subject.found.entry.module.partition(".")[0]
    for info in pkgutil.iter_modules([str(subject.record.package)]):
        if info.name == "models":
            importlib.import_module(f"{package}.models")
    return declarations(mapped_tables(package))
