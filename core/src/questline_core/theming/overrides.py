"""A tenant's own values for tokens: which may be changed, within which range, and the theme with them in it."""

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from questline_core.theming.schemas import ThemeToken
from questline_core.ui.tokens import TokenError, token_css
from questline_sdk import FieldError

Tokens = dict[str, Any]
LIMITS: dict[str, tuple[float, float, float, str]] = {
    "radius.pill": (0, 999, 1, "px"),
    "radius.": (0, 64, 1, "px"),
    "border.": (0, 12, 0.5, "px"),
    "font.weight.": (100, 900, 10, ""),
    "font.tracking.": (-0.1, 0.3, 0.002, "em"),
    "font.reading.size": (15, 28, 0.5, "px"),
    "font.reading.measure": (40, 90, 1, "ch"),
    "motion.duration.": (0, 2000, 10, "ms"),
}
"""Least, most, step and unit by the beginning of a token's path; the first that fits."""
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)([a-z%]*)")


def walk(tokens: Tokens, path: tuple[str, ...] = ()) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every token of a `tokens.json` with its path, names joined by dots."""
    for name, value in tokens.items():
        if name.startswith("$") or not isinstance(value, dict):
            continue
        if "$value" in value:
            yield ".".join((*path, name)), value
        else:
            yield from walk(value, (*path, name))


def editable(tokens: Tokens) -> list[ThemeToken]:
    """The tokens that a tenant may change, in the theme's order."""
    return [_editable(path, token) for path, token in walk(tokens)]


def _editable(path: str, token: dict[str, Any]) -> ThemeToken:
    low, high, step, unit = _limits(path) or (None, None, None, None)
    return ThemeToken(
        path=path, type=str(token.get("$type")), value=token["$value"], minimum=low, maximum=high, step=step, unit=unit
    )


def _limits(path: str) -> tuple[float, float, float, str] | None:
    return next((limits for start, limits in LIMITS.items() if path.startswith(start)), None)


def problems(tokens: Tokens, values: Mapping[str, Any]) -> list[FieldError]:
    """What is wrong with values for tokens, each problem under the token's path."""
    own = dict(walk(tokens))
    found = []
    for path, value in values.items():
        message = _problem(path, value, own.get(path))
        if message:
            found.append(FieldError(path[:120], message))
    return found


def _problem(path: str, value: Any, token: dict[str, Any] | None) -> str | None:
    if token is None:
        return "the theme has no such token"
    kind = token.get("$type")
    try:
        token_css(path, {"$type": kind, "$value": value})
    except TokenError:
        return f"is not a {kind}"
    if kind == "color" and len(value) != len(token["$value"]):
        return "must be written #rrggbb" if len(value) > 7 else "must be written #rrggbbaa"
    if kind == "fontFamily" and not (1 <= len(value) <= 8):
        return "must be one to eight names"
    limits = _limits(path)
    match = _NUMBER.fullmatch(str(value)) if limits else None
    if limits and match:
        low, high, _, unit = limits
        if match[2] != unit or not low <= float(match[1]) <= high:
            return f"must be from {low:g}{unit} to {high:g}{unit}"
    elif limits:
        return f"is not a {kind}"
    return None


def changed_only(tokens: Tokens, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that differ from the theme's own."""
    own = dict(walk(tokens))
    return {path: value for path, value in values.items() if own[path]["$value"] != value}


def merged(tokens: Tokens, values: Mapping[str, Any]) -> Tokens:
    """The theme's tokens with these values in them, without those that do not fit the theme as it is installed."""
    result = copy.deepcopy(tokens)
    for path, token in walk(result):
        if path in values and _problem(path, values[path], token) is None:
            token["$value"] = values[path]
    return result


def colors(tokens: Tokens, scheme: str) -> dict[str, str]:
    """The colours of a scheme by name."""
    group = tokens.get(scheme, {}).get("color", {})
    return {name: token["$value"] for name, token in group.items() if isinstance(token, dict) and "$value" in token}


def changed_colors(values: Mapping[str, Any], scheme: str) -> frozenset[str]:
    """The names of a scheme's colours among the paths of changed tokens."""
    start = f"{scheme}.color."
    return frozenset(path.removeprefix(start) for path in values if path.startswith(start))


def families(values: Mapping[str, Any]) -> set[str]:
    """The font families that changed tokens name."""
    return {name for path, value in values.items() if path.startswith("font.family.") for name in value}
