"""Checks of an answer that need no model."""

import re
from functools import cache

import jsonschema_rs
import msgspec
import pyphen  # type: ignore[import-untyped]

from questline_ai.evaluation.suite import Check


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """A model's answer to a case; with an error instead of a text where it gave none."""

    text: str = ""
    cost_micros: int = 0
    currency: str = "USD"
    latency_ms: int = 0
    error: str | None = None


def failure(check: Check, answer: Answered) -> str | None:
    """Why an answer does not pass a check; None where it does."""
    value = getattr(check, check.kind)
    measured = {
        "min_words": len(answer.text.split()),
        "max_words": len(answer.text.split()),
        "max_cost_micros": answer.cost_micros,
        "max_latency_ms": answer.latency_ms,
    }
    if check.kind in measured:
        found = measured[check.kind]
        passes = found >= value if check.kind.startswith("min_") else found <= value
        return None if passes else f"{check.kind} {value}: it is {found}"
    if check.kind == "min_reading_ease":
        ease = reading_ease(answer.text)
        return None if ease >= value else f"reading ease {value}: it is {ease:.0f}"
    if check.kind == "json_schema":
        return _schema_failure(check, answer)
    folded = answer.text.casefold()
    passes = {
        "contains": lambda: value.casefold() in folded,
        "lacks": lambda: value.casefold() not in folded,
        "regex": lambda: re.search(value, answer.text) is not None,
    }[check.kind]()
    return None if passes else f"{check.kind} {value!r}"


def reading_ease(text: str) -> float:
    """Flesch reading ease of an English text: 100 is very easy, 0 very hard; 0 for no text."""
    words = re.findall(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?", text)
    if not words:
        return 0.0
    sentences = max(1, len(re.findall(r"[.!?…]+(?=\s|$)", text)))
    hyphens = _hyphens()
    syllables = sum(len(hyphens.positions(each)) + 1 for each in words)
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)


@cache
def _hyphens() -> pyphen.Pyphen:
    """The dictionary, read when it is first needed."""
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


def _schema_failure(check: Check, answer: Answered) -> str | None:
    try:
        jsonschema_rs.validate(dict(check.json_schema or {}), msgspec.json.decode(answer.text))
    except (msgspec.DecodeError, jsonschema_rs.ValidationError) as error:
        return f"json_schema: {str(error).splitlines()[0]}"
    return None
