"""Sealed columns: declared in the model, encrypted in the database under a key of the row's tenant."""

from typing import Any

import msgspec
from sqlalchemy import LargeBinary
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeDecorator

DOMAIN = "core.sealed"
"""The column's type in the database; by it a key's rotation finds every sealed column."""


class SealedError(Exception):
    """A sealed value does not open: its key is gone, or it was altered or belongs to another row."""


class Ciphertext(bytes):
    """What the database holds of a sealed value."""

    def __repr__(self) -> str:
        return f"<sealed, {len(self)} bytes>"


class Lost:
    """Stands for a value that does not open; whatever needs the value itself raises `SealedError`."""

    def __init__(self, why: str) -> None:
        self.why = why

    def __repr__(self) -> str:
        return f"<lost: {self.why}>"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise SealedError(self.why)

    def __str__(self) -> str:
        raise SealedError(self.why)

    def __bytes__(self) -> bytes:
        raise SealedError(self.why)

    def __len__(self) -> int:
        raise SealedError(self.why)

    def __iter__(self) -> Any:
        raise SealedError(self.why)

    def __getitem__(self, key: Any) -> Any:
        raise SealedError(self.why)


class Sealed(TypeDecorator[Any]):
    """The type of a sealed column: text, or whatever msgspec turns into JSON and back.

    Objects of the ORM carry the plain value; the database gets AES-256-GCM under the tenant's key, bound to the row.
    Statements that are not about objects (`insert(...)`, `update(...)`, hot reads) neither write nor read it, and
    nothing can be searched by it.

    Args:
        kind: The value's Python type: `str`, `bytes`, a Struct, `dict[str, Any]`, ...

    Example:
        class Endpoint(TenantMixin, Base):
            __tablename__ = "endpoint"
            secret: Mapped[str] = mapped_column(Sealed(), info=not_personal("signs what we send"))

        # in the migration
        sa.Column("secret", Sealed(), nullable=False)
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, kind: Any = str) -> None:
        super().__init__()
        self.kind = kind

    @property
    def python_type(self) -> type[Any]:
        """The plain value's type."""
        return self.kind if isinstance(self.kind, type) else object

    def to_bytes(self, value: Any) -> bytes:
        """A plain value as the bytes that are encrypted; raises `TypeError` for one of another type."""
        if self.kind is bytes and isinstance(value, bytes):
            return value
        if self.kind is str and isinstance(value, str):
            return value.encode()
        try:
            return msgspec.json.encode(msgspec.convert(value, self.kind, from_attributes=False))
        except msgspec.ValidationError as error:
            raise TypeError(f"a sealed column cannot hold this: {error}") from None

    def from_bytes(self, plain: bytes) -> Any:
        """The value that decrypted bytes stand for."""
        if self.kind is bytes:
            return plain
        return plain.decode() if self.kind is str else msgspec.json.decode(plain, type=self.kind)

    def process_bind_param(self, value: Any, dialect: Any) -> bytes | None:
        """Pass on what has been sealed."""
        if value is None or isinstance(value, Ciphertext):
            return value
        raise TypeError("a sealed column is written through an object of the ORM")

    def process_result_value(self, value: Any, dialect: Any) -> Ciphertext | None:
        """Keep apart what is still sealed."""
        return None if value is None else Ciphertext(value)


@compiles(Sealed)
def _type_in_the_database(_type: Sealed, _compiler: Any, **_: Any) -> str:
    return DOMAIN
