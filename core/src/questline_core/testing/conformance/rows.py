"""Made-up rows: one for any table, with a word in every text that is found again wherever it turns up."""

import itertools
import re
import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec

from questline_core.testing.conformance.tables import USERS, Column, Table, read_tables
from questline_core.testing.conformance.verdict import Problem

TRIES = 3000
TEXTS = {"text", "citext", "character varying", "character", "name"}
NUMBERS = {"smallint", "integer", "bigint", "numeric", "double precision", "real"}
FIXED = {
    "boolean": ["true", "false"],
    "date": ["2003-02-01", "2031-12-30"],
    "timestamp with time zone": ["2003-02-01T04:05:06Z", "2031-12-30T01:02:03Z"],
    "timestamp without time zone": ["2003-02-01T04:05:06", "2031-12-30T01:02:03"],
    "time without time zone": ["04:05:06", "07:08:09"],
    "interval": ["7 minutes", "9 days"],
    "inet": ["192.0.2.7", "2001:db8::7"],
    "bytea": ["\\x7a71", "\\x7a72"],
}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A row that was made: its table, what the database has of it as text, and the word each text column holds."""

    table: Table
    values: dict[str, str | None]
    words: dict[str, str]
    filler: "Filler"

    def where(self) -> tuple[str, list[str | None]]:
        """A condition on the key, and its values."""
        names = self.table.key or tuple(self.table.columns)
        condition = " AND ".join(f'"{name}"::text = ${number}' for number, name in enumerate(names, 1))
        return condition, [self.values[name] for name in names]


class Filler:
    """Makes rows of one person in one tenant."""

    def __init__(
        self,
        connection: "asyncpg.Connection[asyncpg.Record]",
        *,
        tenant_id: UUID,
        user_id: UUID,
        examples: Mapping[str, Mapping[str, Any]],
    ) -> None:
        self.connection = connection
        self.tenant_id = tenant_id
        self.user_id = user_id
        self.examples = examples
        self.marker = f"zqx{secrets.token_hex(5)}"
        self._rows: dict[tuple[str, str], Row] = {}
        self._count = 0

    async def row(self, table: Table) -> Row:
        """A row of a table, with the rows it refers to; the same one each time.

        Raises:
            Problem: The table takes nothing that could be thought of.
        """
        name = (table.schema, table.name)
        if name not in self._rows:
            given = await self._references(table)
            self._rows[name] = await self._insert(table, given)
        return self._rows[name]

    async def _references(self, table: Table) -> dict[str, str | None]:
        values: dict[str, str | None] = {"tenant_id": str(self.tenant_id)} if "tenant_id" in table.columns else {}
        for reference in table.references:
            if reference.target == USERS:
                values |= {name: str(self.user_id) for name in reference.columns if name != "tenant_id"}
            elif reference.target == ("core", "tenant"):
                values |= {name: str(self.tenant_id) for name in reference.columns}
            elif reference.target == (table.schema, table.name):
                values |= {name: None for name in reference.columns if not table.columns[name].required}
            else:
                target = await self.row(await self._table(*reference.target))
                pairs = zip(reference.columns, reference.target_columns, strict=True)
                values |= {name: target.values[of] for name, of in pairs}
        for name in table.person_columns:
            values.setdefault(name, str(self.user_id))
        return values

    async def _table(self, schema: str, name: str) -> Table:
        return next(each for each in await read_tables(self.connection, schema) if each.name == name)

    async def _insert(self, table: Table, given: dict[str, str | None]) -> Row:
        words: dict[str, str] = {}
        choices: dict[str, list[str | None]] = {
            name: [value] if value is None or table.columns[name].required else [value, None]
            for name, value in given.items()
        }
        for name, column in table.columns.items():
            if name in choices or column.generated or (name == "id" and column.has_default):
                continue
            self._count += 1
            word = words[name] = f"{self.marker}n{self._count}x"
            choices[name] = self.choices(table, column, word)
        involved: tuple[str, ...] = ()
        tries = 0
        while True:
            wider = involved
            for combination in itertools.product(*(choices[name] for name in involved)):
                tries += 1
                values = {name: options[0] for name, options in choices.items()}
                values |= dict(zip(involved, combination, strict=True))
                try:
                    return await self._try(table, values, words)
                except asyncpg.CheckViolationError as error:
                    limited = next(each for each in table.limits if each.name == error.constraint_name)
                    new = [name for name in limited.columns if name not in involved and name in choices]
                    if new:
                        wider = (*involved, *new)
                        break
                    if tries > TRIES:
                        raise self._refused(table, error) from None
                except asyncpg.PostgresError as error:
                    raise self._refused(table, error) from None
            if wider == involved:
                raise self._refused(table, "no value passes its checks")
            involved = wider

    async def _try(self, table: Table, values: dict[str, str | None], words: dict[str, str]) -> Row:
        names = ", ".join(f'"{name}"' for name in values)
        places = ", ".join(
            f"CAST(${number}::text AS {table.columns[name].type})" for number, name in enumerate(values, 1)
        )
        shown = ", ".join(f'"{name}"::text' for name in table.columns)
        async with self.connection.transaction():
            await self.connection.execute(f"SET LOCAL questline.tenant_id = '{self.tenant_id}'")
            record = await self.connection.fetchrow(
                f"INSERT INTO {table.sql} ({names}) VALUES ({places}) RETURNING {shown}",  # noqa: S608
                *values.values(),
            )
        assert record is not None  # noqa: S101  an insert returns its row
        made: dict[str, str | None] = dict(zip(table.columns, record.values(), strict=True))
        held = {name: word for name, word in words.items() if word in (made[name] or "")}
        return Row(table=table, values=made, words=held, filler=self)

    def _refused(self, table: Table, why: object) -> Problem:
        return Problem(
            f"no row could be made for {table} ({str(why).splitlines()[0]}); name values that it takes in plugin.toml: "
            f"[conformance.examples.{table.name}]"
        )

    def choices(self, table: Table, column: Column, word: str) -> list[str | None]:
        """What a column may be given, the likeliest first."""
        example = self.examples.get(table.name, {}).get(column.name)
        if example is not None:
            text = example if isinstance(example, str) else msgspec.json.encode(example).decode()
            return [text.replace("{marker}", word)]
        definitions = " ".join(limit.definition for limit in table.limits if column.name in limit.columns)
        options = _options(column, word, self._count, definitions)
        return options if column.required else [*options, None]


def _options(column: Column, word: str, number: int, definitions: str) -> list[str | None]:
    kind = column.type.partition("(")[0]
    if column.labels:
        return list(column.labels)
    if kind in TEXTS:
        literals = [text.replace("''", "'") for text in re.findall(r"'((?:[^']|'')*)'", definitions)]
        length = re.search(r"\((\d+)\)", column.type)
        texts = [word, *literals, "a", "en", "Europe/Berlin", "#1a2b3c", f"{word}@example.test"]
        return [text[: int(length[1])] for text in texts] if length else list(texts)
    if kind in NUMBERS:
        known = [str(int(float(each))) for each in re.findall(r"-?\d+(?:\.\d+)?", definitions)]
        return [str(100 + number), "1", "0", "2", "7", "50", *known, "-1"]
    if kind == "uuid":
        return [str(uuid4())]
    if kind in {"json", "jsonb"}:
        return [f'{{"marker": "{word}"}}', f'["{word}"]', "{}", "[]"]
    if kind.endswith("[]"):
        inner = _options(msgspec.structs.replace(column, type=kind[:-2]), word, number, definitions)
        return [f'{{"{inner[0]}"}}', "{}"]
    return list(FIXED.get(kind, [word]))
