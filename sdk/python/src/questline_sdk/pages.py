"""Cursor pagination: every list answers with the same envelope."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import msgspec

from questline_sdk.errors import Invalid

T = TypeVar("T")
U = TypeVar("U")

DEFAULT_LIMIT = 20
MAX_LIMIT = 100


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One page of a list; `next_cursor` is null on the last."""

    items: list[T]
    next_cursor: str | None = None
    total: int | None = None


def encode_cursor(*key: Any) -> str:
    """Make the opaque cursor that continues after the row with this sort key."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def decode_cursor(cursor: str, key_type: type[T]) -> T:
    """Read a cursor back into its sort key; raises `Invalid` for one we did not make."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        return msgspec.json.decode(base64.urlsafe_b64decode(padded), type=key_type)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise Invalid.field("cursor", "is not a cursor of this list; leave it out to start again") from None


def paginate(rows: Sequence[T], limit: int, key: Callable[[T], tuple[Any, ...]]) -> Page[T]:
    """Build a page from up to `limit + 1` rows: the extra row only says that there are more."""
    items = list(rows[:limit])
    more = len(rows) > limit
    return Page(items=items, next_cursor=encode_cursor(*key(items[-1])) if more else None)
