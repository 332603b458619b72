"""Hot reads: a `select()` compiled once, run on asyncpg without the ORM, its rows as msgspec Structs."""

from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import Select, String, literal_column
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

T = TypeVar("T")
TENANT = "current_setting('questline.tenant_id')"
READ_AS = "read_as_tenant"
"""The column of every hot read that says as which tenant the database answered."""


class HotQuery(Generic[T]):
    """A compiled statement: its SQL with `$1` parameters, their names in order, and the row's Struct type."""

    def __init__(self, statement: Select[*tuple[Any, ...]], row: type[T]) -> None:
        statement = statement.add_columns(
            literal_column("current_setting('questline.tenant_id')", String).label(READ_AS)
        )
        compiled = statement.compile(dialect=PGDialect_asyncpg())  # type: ignore[no-untyped-call]
        self.sql = str(compiled)
        self.names: tuple[str, ...] = tuple(compiled.positiontup or ())
        required = {name for name, bind in compiled.binds.items() if bind.required}
        self.defaults = {name: value for name, value in compiled.params.items() if name not in required}
        self.row = row
        json_types = {
            column.key: field
            for column in statement.selected_columns
            if type(column.type).__name__ in {"JSON", "JSONB"}
            for field in msgspec.structs.fields(row)  # type: ignore[arg-type]
            if field.name == column.key
        }
        self.decoders = {name: msgspec.json.Decoder(field.type) for name, field in json_types.items()}

    def arguments(self, parameters: dict[str, Any]) -> list[Any]:
        """Put named parameters in the statement's order; raises `TypeError` for a missing or unknown name."""
        unknown = parameters.keys() - set(self.names)
        if unknown:
            raise TypeError(f"unknown parameter: {', '.join(sorted(unknown))}")
        values = self.defaults | parameters
        try:
            return [values[name] for name in self.names]
        except KeyError as missing:
            raise TypeError(f"missing parameter: {missing.args[0]}") from None

    def build(self, record: Any) -> T:
        """Turn one asyncpg record into the row's Struct."""
        values = dict(record)
        values.pop(READ_AS, None)
        for name, decoder in self.decoders.items():
            if values[name] is not None:
                values[name] = decoder.decode(values[name])
        return self.row(**values)


def hot(statement: Select[*tuple[Any, ...]], row: type[T]) -> HotQuery[T]:
    """Compile a `select()` whose column labels are the field names of `row`; use `bindparam` for parameters.

    Example:
        BALANCE = hot(
            select(Account.balance).where(Account.user_id == bindparam("user_id", type_=Uuid)), BalanceRow
        )
        row = await ctx.fetch_one(BALANCE, user_id=ctx.user.id)
    """
    return HotQuery(statement, row)
