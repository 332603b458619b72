"""Conditions on events: one field of the data compared with a value, as rules and badge criteria store them."""

import operator
from collections.abc import Callable, Mapping
from typing import Any, Literal

import msgspec

Scalar = str | float | bool
"""`float` takes integers, too; naming both would make `oneOf` in the OpenAPI document match 100 twice."""
Operator = Literal["eq", "ne", "gt", "gte", "lt", "lte", "in"]

ORDERINGS: Mapping[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """Compares one field of an event's data with a value; a field the event does not have never matches.

    Args:
        field: Name of the field in the event's data.
        op: `eq`, `ne`, `gt`, `gte`, `lt`, `lte` (the four orderings take numbers), or `in` (takes a list).
        value: What it is compared with.

    Example:
        Condition(field="percent", op="gte", value=90).matches({"percent": 95})
    """

    field: str
    op: Operator
    value: str | float | bool | list[Scalar]

    def __post_init__(self) -> None:
        """Refuse a value that the operator cannot compare with."""
        if not self.field:
            raise ValueError("field: name a field of the event's data")
        if (self.op == "in") != isinstance(self.value, list):
            raise ValueError("value: `in` takes a list, every other operator one value")
        if self.op in ORDERINGS and not _is_number(self.value):
            raise ValueError(f"value: `{self.op}` takes a number")

    def matches(self, data: Mapping[str, Any]) -> bool:
        """Say whether an event with this data meets the condition."""
        if self.field not in data:
            return False
        actual = data[self.field]
        if isinstance(self.value, list):
            return any(_equal(actual, each) for each in self.value)
        if self.op == "eq":
            return _equal(actual, self.value)
        if self.op == "ne":
            return not _equal(actual, self.value)
        return _is_number(actual) and ORDERINGS[self.op](actual, self.value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _equal(left: Any, right: Any) -> bool:
    """Equality in which `true` is not 1."""
    return isinstance(left, bool) == isinstance(right, bool) and bool(left == right)
