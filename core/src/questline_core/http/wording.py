"""What is wrong with a value, in words for whoever filled in a form: msgspec names types and expressions."""

import re
from collections.abc import Callable, Sequence

NAMES = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "nothing",
    "uuid": "an id",
    "datetime": "a time",
}
BOUNDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}

Wording = Callable[[re.Match[str]], str]


def in_words(message: str) -> str:
    """Say a message of msgspec's in plain words; one that is not known stays as it is."""
    for pattern, wording in WORDINGS:
        match = pattern.match(message)
        if match:
            return wording(match)
    return message


def _length(match: re.Match[str]) -> str:
    unit = "item" if match["type"].startswith("array") else "character"
    plural = "" if match["number"] == "1" else "s"
    return f"must have {BOUNDS[match['bound']]} {match['number']} {unit}{plural}"


def _kind(match: re.Match[str]) -> str:
    wanted = " or ".join(NAMES.get(each, each) for each in match["type"].split(" | ") if each != "null")
    return f"must be {wanted}, not {NAMES.get(match['got'], match['got'])}"


WORDINGS: Sequence[tuple[re.Pattern[str], Wording]] = [
    (re.compile(r"Expected `(?P<type>[^`]+)` of length (?P<bound>[<>]=?) (?P<number>\d+)$"), _length),
    (re.compile(r"Expected `[^`]+` matching regex "), lambda _: "does not have the form that is needed here"),
    (
        re.compile(r"Expected `(?:int|float)(?: \| \w+)*` (?P<bound>[<>]=?) (?P<number>\S+)$"),
        lambda match: f"must be {BOUNDS[match['bound']]} {match['number']}",
    ),
    (re.compile(r"Expected `(?P<type>[^`]+)`, got `(?P<got>\w+)`$"), _kind),
    (
        re.compile(r"Invalid enum value (?P<value>.+)$"),
        lambda match: f"{match['value']} is none of the possible values",
    ),
    (re.compile(r"Invalid UUID$"), lambda _: "must be an id"),
    (re.compile(r"Invalid RFC3339"), lambda _: "must be a time such as 2026-05-31T12:00:00Z"),
]
