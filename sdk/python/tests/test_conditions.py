"""Conditions compare one field of an event's data with a value."""

import msgspec
import pytest

from questline_sdk.conditions import Condition

DATA = {"percent": 80, "first_pass": True, "kind": "quiz"}


@pytest.mark.parametrize(
    ("field", "op", "value", "expected"),
    [
        ("percent", "eq", 80, True),
        ("percent", "ne", 80, False),
        ("percent", "gt", 80, False),
        ("percent", "gte", 80, True),
        ("percent", "lt", 80.5, True),
        ("percent", "lte", 79, False),
        ("kind", "in", ["quiz", "lesson"], True),
        ("kind", "in", [], False),
        ("kind", "gt", 3, False),
        ("first_pass", "eq", True, True),
        ("first_pass", "eq", 1, False),
        ("first_pass", "gte", 1, False),
        ("missing", "ne", 1, False),
    ],
)
def test_a_condition_matches(field, op, value, expected):
    assert Condition(field=field, op=op, value=value).matches(DATA) is expected


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "", "op": "eq", "value": 1},
        {"field": "a", "op": "in", "value": 1},
        {"field": "a", "op": "eq", "value": [1]},
        {"field": "a", "op": "lt", "value": "x"},
        {"field": "a", "op": "lt", "value": True},
        {"field": "a", "op": "like", "value": "x"},
    ],
)
def test_a_condition_that_cannot_be_is_refused(wrong):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, Condition)
