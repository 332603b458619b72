"""Design tokens to CSS variables, by the table in themes/README.md.

The format is that of the Design Tokens Community Group: https://www.designtokens.org/tr/drafts/format/
"""

import re
from collections.abc import Callable, Container, Iterator
from typing import Any

SCHEMES = ("light", "dark")
_PLAIN_NAME = re.compile(r"[a-z-]+", re.IGNORECASE)
_COLOR = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")
_LENGTH = re.compile(r"-?\d+(\.\d+)?[a-z%]*")
_UNICODE_RANGE = re.compile(r"U\+[0-9A-Fa-f?-]+(, *U\+[0-9A-Fa-f?-]+)*")
_FONT_FILE = re.compile(r"[A-Za-z0-9._-]+\.woff2")
_WEIGHT = re.compile(r"\d{1,4}( \d{1,4})?")


class TokenError(ValueError):
    """A token cannot be turned into CSS; the message names it."""


def theme_css(tokens: dict[str, Any], *, fonts_url: str) -> str:
    """The style sheet of a theme: its font faces and its variables for light and for dark."""
    shared = {name: group for name, group in tokens.items() if name not in SCHEMES and not name.startswith("$")}
    light = [*_variables(shared, ()), *_variables(tokens.get("light", {}), ())]
    dark = _variables(tokens.get("dark", {}), ())
    return (
        f"{font_faces(tokens, fonts_url=fonts_url)}:root{{color-scheme:light;{''.join(light)}}}\n"
        f'[data-color-scheme="dark"]{{color-scheme:dark;{"".join(dark)}}}\n'
    )


def fonts_of(tokens: dict[str, Any]) -> list[dict[str, str]]:
    """The font faces that a theme ships."""
    fonts: list[dict[str, str]] = tokens.get("$extensions", {}).get("questline", {}).get("fonts", [])
    return fonts


def font_faces(tokens: dict[str, Any], *, fonts_url: str, families: Container[str] | None = None) -> str:
    """The `@font-face` rules of a theme; of these families only, where they are given."""
    return "".join(
        _font_face(font, fonts_url)
        for font in fonts_of(tokens)
        if families is None or font.get("family", "") in families
    )


def token_css(path: str, token: dict[str, Any]) -> str:
    """A token's value as CSS; raises `TokenError` naming the path, names joined by dots."""
    return _css(tuple(path.split(".")), token)


def _variables(group: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    for name, value in group.items():
        if name.startswith("$") or not isinstance(value, dict):
            continue
        here = (*path, name)
        if "$value" in value:
            yield f"--ql-{_name(here)}:{_css(here, value)};"
        else:
            yield from _variables(value, here)


def _name(path: tuple[str, ...]) -> str:
    name = "-".join(path)
    if not re.fullmatch(r"[a-z0-9-]+", name):
        raise TokenError(f"{'.'.join(path)}: a name may have small letters, digits and hyphens")
    return name


def _css(path: tuple[str, ...], token: dict[str, Any]) -> str:
    kind, value = token.get("$type"), token["$value"]
    write = _WRITERS.get(str(kind))
    if write is None:
        raise TokenError(f"{'.'.join(path)}: unknown $type {kind!r}")
    try:
        return write(value)
    except (TokenError, TypeError, KeyError, ValueError, OverflowError) as error:
        raise TokenError(f"{'.'.join(path)}: {value!r} is not a {kind}") from error


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise TokenError(value)
    return value


def _color(value: Any) -> str:
    return _matching(_COLOR, value)


def _length(value: Any) -> str:
    return _matching(_LENGTH, value)


def _number(value: Any) -> str:
    return f"{float(value):g}"


def _family(value: Any) -> str:
    if not isinstance(value, list):
        raise TokenError(value)
    return ", ".join(_quoted(name) for name in value)


def _quoted(name: str) -> str:
    if not re.fullmatch(r"[\w -]+", name):
        raise TokenError(name)
    return name if _PLAIN_NAME.fullmatch(name) else f'"{name}"'


def _bezier(value: Any) -> str:
    first, second, third, fourth = (f"{float(each):g}" for each in value)
    return f"cubic-bezier({first}, {second}, {third}, {fourth})"


def _shadow(value: Any) -> str:
    layers = value if isinstance(value, list) else [value]
    return ", ".join(
        " ".join((*(_length(layer[part]) for part in ("offsetX", "offsetY", "blur", "spread")), _color(layer["color"])))
        for layer in layers
    )


_WRITERS: dict[str, Callable[[Any], str]] = {
    "color": _color,
    "cubicBezier": _bezier,
    "dimension": _length,
    "duration": _length,
    "fontFamily": _family,
    "fontWeight": _number,
    "number": _number,
    "shadow": _shadow,
}


def _font_face(font: dict[str, str], fonts_url: str) -> str:
    try:
        url = f"{fonts_url}/{_matching(_FONT_FILE, font['file'])}"
        unicode_range = font.get("unicode_range")
        return (
            f"@font-face{{font-family:{_quoted(font['family'])};font-style:{_quoted(font.get('style', 'normal'))};"
            f"font-weight:{_matching(_WEIGHT, font.get('weight', '400'))};font-display:swap;"
            f'src:url("{url}") format("woff2")'
            + (f";unicode-range:{_matching(_UNICODE_RANGE, unicode_range)}" if unicode_range else "")
            + "}\n"
        )
    except (TokenError, KeyError) as error:
        raise TokenError(f"$extensions.questline.fonts: {font!r} is not a font face") from error
